import Feedback
import Foundation

/// The check with the lexicon of this repository. Its data is read once for all tests.
enum Checking {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
  static let root = folder.deletingLastPathComponent().deletingLastPathComponent()
  static let lexicon = root.appending(path: "Lexicon")
  /// Nil when it cannot be opened: then every check throws.
  static let checker = try? TextChecker(lexicon: lexicon)

  static func check(_ text: String, _ mode: CheckMode = .chat) throws -> TextCheck {
    guard let checker else { throw LexiconFault.unreadable(file: "Lexicon") }
    return checker.check(text, mode: mode)
  }

  /// The text with all replacements put in by their ranges.
  static func applied(_ findings: [Finding], to text: String) -> String {
    var units = Array(text.utf16)
    for finding in findings.reversed() {
      units.replaceSubrange(finding.range, with: Array(finding.replacement.utf16))
    }
    return String(decoding: units, as: UTF16.self)
  }
}
