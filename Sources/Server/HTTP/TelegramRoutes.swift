import Channels
import Conversation
import HTTPTypes
import Hummingbird
import Storage
import Transport

/// `POST /gateway/webhook/telegram`: verified before it is parsed, answered once it is durable.
struct TelegramRoutes: Sendable {
  /// An update is far smaller; Telegram sends files by reference.
  static let bodyBytesMax = 1 << 20

  let service: ConversationService
  let secret: String?

  func add(to router: Router<AppContext>) {
    router.post("/gateway/webhook/telegram") { request, _ in try await receive(request) }
  }

  private func receive(_ request: Request) async throws -> Response {
    guard let secret else { throw HTTPFault.forbidden }
    guard let given = request.headers[.telegramSecret], Secrets.equal(given, secret) else {
      throw HTTPFault.unauthorised
    }
    try request.requireJSON()
    let bytes = try await request.body(bytesMax: Self.bodyBytesMax)
    switch try decode(bytes) {
    case .ignored: return Self.taken
    case .inbound(let inbound):
      do {
        try await service.accept(inbound, payload: String(decoding: bytes, as: UTF8.self))
        return Self.taken
      } catch let error as StorageError where error.meansTryAgain {
        throw HTTPFault.unavailable
      }
    }
  }

  private func decode(_ bytes: [UInt8]) throws(HTTPFault) -> TelegramUpdate.Decoded {
    do {
      return try TelegramUpdate.decode(bytes)
    } catch {
      switch error {
      case .notJSON: throw .notDecodable("it is not JSON")
      case .missingFields: throw .missingFields("it is not an update")
      }
    }
  }

  private static var taken: Response { .json("{\"success\":true,\"data\":null}") }
}
