/// A fault in a file of content, told so that an author finds it.
package struct ContentFault: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let problem: String

  package init(file: String, line: Int, problem: String) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  package var description: String { "\(file):\(line): \(problem)" }
}

/// Everything that is wrong with some content, told at once.
package struct ContentFaults: Error, Equatable, Sendable, CustomStringConvertible {
  package let all: [ContentFault]

  package init(_ all: [ContentFault]) { self.all = all }

  package var description: String { all.map(\.description).joined(separator: "\n") }
}
