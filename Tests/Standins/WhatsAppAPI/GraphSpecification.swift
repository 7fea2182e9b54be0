package import Foundation

/// Meta's published description of the Cloud API, as far as requests can be held against it.
package struct GraphSpecification: Sendable {
  private static let schemasPath = "#/components/schemas/"

  let schemas: [String: JSONValue]

  /// Reads `whatsapp-cloud-api.trimmed.json` from a folder.
  package init(folder: URL) throws {
    let file = folder.appending(path: "whatsapp-cloud-api.trimmed.json")
    let description = try JSONValue(parsing: Array(Data(contentsOf: file)))
    guard case .object(let schemas) = description["components"]?["schemas"] else {
      throw CocoaError(.fileReadCorruptFile)
    }
    self.schemas = schemas
  }

  /// The specification that lies beside the package (`../shared/specs`) or under
  /// `PARLANCE_SHARED`; nil when there is none, which is said once.
  package static func located() throws -> GraphSpecification? { try loaded.get() }

  func schema(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix(Self.schemasPath) else { return nil }
    return schemas[String(reference.dropFirst(Self.schemasPath.count))]
  }

  private static let loaded = Result { try load() }

  private static func load() throws -> GraphSpecification? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PARLANCE_SHARED"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "specs")
    let file = folder.appending(path: "whatsapp-cloud-api.trimmed.json")
    guard FileManager.default.fileExists(atPath: file.path) else {
      print("Requests to WhatsApp are not validated: no specification beside the package.")
      return nil
    }
    return try GraphSpecification(folder: folder)
  }
}
