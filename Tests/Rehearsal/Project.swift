package import Conversation
package import Foundation

/// Where the project's data lies, seen from a test.
package enum Project {
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The specifications, payloads and vectors kept beside the project; nil when they are absent.
  package static var shared: URL? {
    let named = ProcessInfo.processInfo.environment["PARLANCE_SHARED"].map {
      URL(fileURLWithPath: $0)
    }
    let folder = named ?? root.deletingLastPathComponent().appendingPathComponent("shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  /// What the bot says in all its languages, one catalogue each; read once for all tests.
  package static let catalogues = Result {
    try ["en", "fa", "ar"].map {
      try PhraseCatalogue(yaml: text("Prompts/\($0).yaml"), file: "\($0).yaml")
    }
  }

  package static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
