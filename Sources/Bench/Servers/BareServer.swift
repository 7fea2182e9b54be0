import Hummingbird
import Logging
import NIOCore

/// The ceiling to measure against: the same HTTP server, the same body decoded by Codable, and
/// nothing else.
package enum BareServer {
  /// The hidden subcommand that runs it, with `--port`.
  package static let commandName = "bare-server"

  /// Serves on 127.0.0.1 until the task is cancelled or the process ends; tells the port it got,
  /// which matters when 0 was asked for.
  package static func run(
    port: Int, onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) async throws {
    let router = Router()
    router.get("health") { _, _ in HTTPResponse.Status.ok }
    router.post("gateway/webhook/telegram") { request, context in
      let update = try await request.decode(as: BareUpdate.self, context: context)
      return update.message == nil ? HTTPResponse.Status.badRequest : .ok
    }
    var logger = Logger(label: "bare")
    logger.logLevel = .error
    let application = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
      logger: logger)
    try await application.run()
  }
}

/// An update as a program would declare it that handles text, without any cleverness.
private struct BareUpdate: Decodable {
  let updateID: Int
  let message: Message?

  struct Message: Decodable {
    let messageID: Int
    let from: User?
    let chat: Chat
    let date: Int
    let text: String?
    let entities: [Entity]?

    enum CodingKeys: String, CodingKey {
      case messageID = "message_id"
      case from, chat, date, text, entities
    }
  }

  struct User: Decodable {
    let id: Int
    let isBot: Bool
    let firstName: String
    let lastName: String?
    let username: String?
    let languageCode: String?

    enum CodingKeys: String, CodingKey {
      case id, username
      case isBot = "is_bot"
      case firstName = "first_name"
      case lastName = "last_name"
      case languageCode = "language_code"
    }
  }

  struct Chat: Decodable {
    let id: Int
    let type: String
    let firstName: String?
    let lastName: String?
    let username: String?

    enum CodingKeys: String, CodingKey {
      case id, type, username
      case firstName = "first_name"
      case lastName = "last_name"
    }
  }

  struct Entity: Decodable {
    let offset: Int
    let length: Int
    let type: String
  }

  enum CodingKeys: String, CodingKey {
    case updateID = "update_id"
    case message
  }
}
