import Foundation

/// The word lists and pairs of the rules, read from `tables.txt`.
struct RuleTables {
  private var lists: [String: Set<String>] = [:]
  private var maps: [String: [String: String]] = [:]
  /// Multi-word phrases by their first word, longest first.
  private(set) var phrases: [String: [(wrong: [String], right: [String])]] = [:]

  init(_ folder: URL) throws(LexiconFault) {
    let file = try LexiconFile(folder, "tables.txt")
    var name = ""
    try file.eachLine { line, number throws(LexiconFault) in
      let text = line.string
      if text.hasPrefix("["), text.hasSuffix("]") {
        name = String(text.dropFirst().dropLast())
      } else if let sign = text.range(of: " = ") {
        let wrong = String(text[..<sign.lowerBound])
        let right = String(text[sign.upperBound...])
        if name == "phrases" || name == "joins" {
          addPhrase(wrong, right)
        } else {
          maps[name, default: [:]][wrong] = right
        }
      } else if name.hasSuffix("-phrases") {
        lists[name, default: []].insert(text)
      } else if !name.isEmpty {
        lists[name, default: []].formUnion(text.split(separator: " ").map(String.init))
      } else {
        throw file.malformed(number)
      }
    }
    for key in phrases.keys {
      phrases[key]?.sort { $0.wrong.count > $1.wrong.count }
    }
  }

  func list(_ name: String) -> Set<String> { lists[name] ?? [] }
  func pairs(_ name: String) -> [String: String] { maps[name] ?? [:] }

  private mutating func addPhrase(_ wrong: String, _ right: String) {
    let words = wrong.split(separator: " ").map(String.init)
    guard let first = words.first else { return }
    phrases[first, default: []].append((words, right.split(separator: " ").map(String.init)))
  }
}
