import Foundation

/// The providers' specifications that lie beside the package (`../shared/specs`) or under
/// `PARLANCE_SHARED`.
enum SpecificationFolder {
  /// - Returns: nil when there is none, which is said.
  static func json(_ name: String) throws -> JSONValue? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PARLANCE_SHARED"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    let file = shared.appending(path: "specs").appending(path: name)
    guard FileManager.default.fileExists(atPath: file.path) else {
      print("Requests are not validated: \(name) is not beside the package.")
      return nil
    }
    return try JSONValue(parsing: Array(try Data(contentsOf: file)))
  }
}
