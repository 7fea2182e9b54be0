/// One breach of a house rule, written as editors and terminals expect it: `path:line: message`.
struct Finding: Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}
