import Foundation

/// A text file of the repository: its path from the root and its content.
struct SourceFile: Sendable {
  let path: String
  let text: String
  /// What of a Swift file is code and what is comment; nil for every other kind of file.
  let swift: SwiftText?

  init(path: String, text: String) {
    self.path = path
    self.text = text
    swift = path.hasSuffix(".swift") ? SwiftText(text) : nil
  }

  var lines: [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  var isTest: Bool { path.hasPrefix("Tests/") }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder below `Sources`, which is the target.
  var target: String? {
    let parts = path.split(separator: "/")
    guard parts.count > 2, parts[0] == "Sources" else { return nil }
    return String(parts[1])
  }

  func finding(_ line: Int, _ message: String) -> Finding {
    Finding(path: path, line: line, message: message)
  }
}
