import Foundation
import Rehearsal
import Standins

/// JSON as text a reader can judge: strings as they stand, marks of direction made visible.
enum GoldenText {
  /// What is longer shows its ends and its length.
  private static let lengthMax = 600
  private static let shownLength = 40
  private static let marks: [Unicode.Scalar: String] = [
    "\u{200E}": "⟦LRM⟧", "\u{200F}": "⟦RLM⟧", "\u{2066}": "⟦LRI⟧", "\u{2069}": "⟦PDI⟧",
    "\u{200C}": "⟦ZWNJ⟧",
  ]
  private static let rewritingSwitch = "PARLANCE_REWRITE_GOLDEN"

  static var isRewriting: Bool {
    ProcessInfo.processInfo.environment[rewritingSwitch] != nil
  }

  static func file(_ kind: ReplyKind) -> URL {
    Project.root.appending(path: "Tests/ChannelsTests/Rendering/Golden/\(kind.rawValue).txt")
  }

  static func lines(_ value: JSONValue, indent: String = "") -> [String] {
    switch value {
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { key, value in
        block(key + ":", value, indent)
      }
    case .array(let items): items.flatMap { block("-", $0, indent) }
    case .string(let text): shown(text).map { indent + $0 }
    case .null: [indent + "null"]
    case .bool(let value): [indent + String(value)]
    case .integer(let value): [indent + String(value)]
    case .number(let value): [indent + String(value)]
    }
  }

  private static func block(_ head: String, _ value: JSONValue, _ indent: String) -> [String] {
    let inner = lines(value, indent: indent + "  ")
    guard inner.count == 1, let only = inner.first, !isCollection(value) else {
      return [indent + head] + inner
    }
    return [indent + head + " " + only.dropFirst(indent.count + 2)]
  }

  private static func isCollection(_ value: JSONValue) -> Bool {
    switch value {
    case .array, .object: true
    case .null, .bool, .integer, .number, .string: false
    }
  }

  private static func shown(_ text: String) -> [String] {
    var visible = ""
    for scalar in text.unicodeScalars {
      if let mark = marks[scalar] { visible += mark } else { visible.unicodeScalars.append(scalar) }
    }
    guard text.utf16.count > lengthMax else {
      return visible.split(separator: "\n", omittingEmptySubsequences: false).map { "|" + $0 }
    }
    return [
      "|\(visible.prefix(shownLength))", "… \(text.utf16.count) UTF-16 units …",
      "\(visible.suffix(shownLength))|",
    ].map { $0.replacing("\n", with: "⏎") }
  }
}
