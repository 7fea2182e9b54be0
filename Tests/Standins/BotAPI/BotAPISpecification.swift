package import Foundation

/// Telegram's published description of its Bot API, as far as requests can be held against it.
package struct BotAPISpecification: Sendable {
  struct Field: Decodable, Sendable {
    let name: String
    let types: [String]
    let required: Bool
    /// The one value it may have: `Type of the result, must be photo`.
    let constant: String?
    /// `Required if chat_id and message_id are not specified`.
    let requiredWithout: [String]

    private enum CodingKeys: String, CodingKey {
      case name, types, required, description
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      types = try container.decode([String].self, forKey: .types)
      required = try container.decode(Bool.self, forKey: .required)
      let description = try container.decode(String.self, forKey: .description)
      constant =
        required && (name == "type" || name == "source")
        ? description.firstMatch(of: #/(?:must be|always) "?([a-z0-9_]+)"?\.?$/#)
          .map { String($0.1) } : nil
      let condition = description.firstMatch(
        of: #/[Rr]equired if (\w+)(?: and (\w+))? (?:is not|isn't|are not) specified/#)
      requiredWithout = [condition?.1, condition?.2].compactMap { $0 }.map(String.init)
    }
  }

  struct Shape: Decodable, Sendable {
    let fields: [Field]?
    let subtypes: [String]?
  }

  struct Limit: Decodable, Sendable {
    let min: Int
    let max: Int
    let unit: String
    let isAfterParsing: Bool

    private enum CodingKeys: String, CodingKey {
      case min, max, unit
      case isAfterParsing = "after_entities_parsing"
    }
  }

  private struct Description: Decodable {
    let methods: [String: Shape]
    let types: [String: Shape]
  }

  private struct Limits: Decodable {
    let limits: [String: Limit]
  }

  let methods: [String: Shape]
  let types: [String: Shape]
  let limits: [String: Limit]

  /// Reads `telegram-bot-api.json` and `telegram.limits.json` from a folder.
  package init(folder: URL) throws {
    let decoder = JSONDecoder()
    let description = try decoder.decode(
      Description.self,
      from: Data(contentsOf: folder.appending(path: "telegram-bot-api.json")))
    methods = description.methods
    types = description.types
    limits = try decoder.decode(
      Limits.self, from: Data(contentsOf: folder.appending(path: "telegram.limits.json"))
    ).limits
  }

  /// The specification that lies beside the package (`../shared/specs`) or under
  /// `PARLANCE_SHARED`; nil when there is none, which is said once. One that is there but cannot
  /// be read is an error.
  package static func located() throws -> BotAPISpecification? {
    try loaded.get()
  }

  /// What is wrong with a request that is sent as JSON.
  package func violations(
    in method: String, _ parameters: [String: JSONValue]
  ) -> [BotAPIViolation] {
    BotAPIValidator.violations(
      in: BotAPIRequest(method: method, parameters: parameters), self)
  }

  // Read once in a process: it is more than half a megabyte.
  private static let loaded = Result { try load() }

  private static func load() throws -> BotAPISpecification? {
    guard let folder = specificationFolder() else {
      print("Requests to the Bot API are not validated: no specification beside the package.")
      return nil
    }
    return try BotAPISpecification(folder: folder)
  }

  private static func specificationFolder() -> URL? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["PARLANCE_SHARED"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "specs")
    let description = folder.appending(path: "telegram-bot-api.json")
    return FileManager.default.fileExists(atPath: description.path) ? folder : nil
  }
}

/// One way in which a request is not what the specification asks for.
package struct BotAPIViolation: Sendable, Equatable, CustomStringConvertible {
  package enum Fault: Sendable, Equatable {
    case cannotParseEntities(String)
    case missing
    case notExactlyOneAction
    case tooLong(count: Int, max: Int)
    case tooShort(count: Int, min: Int)
    case undecodable
    case unknownMethod
    case unknownParameter
    case unknownValue(String)
    case wrongType(expected: String)
  }

  package let method: String
  /// Where in the parameters, like `reply_markup.inline_keyboard[0][1].callback_data`.
  package let path: String
  package let fault: Fault

  package var description: String { "\(method) \(path): \(fault)" }
}
