import Channels
import Conversation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage
import Transport

/// `/gateway/webhook/whatsapp`: the handshake, and posts that are verified over their bytes before
/// they are parsed and answered once all that is in them is durable.
struct WhatsAppRoutes: Sendable {
  /// Meta posts at most 3 MB.
  static let bodyBytesMax = 3 << 20
  static let challengeBytesMax = 1_024
  /// The people of one post whose messages are taken in at the same time.
  static let sendersMax = 32

  let service: ConversationService
  let door: WhatsAppDoor?
  let logger: Logger

  func add(to router: Router<AppContext>) {
    router.get("/gateway/webhook/whatsapp") { request, _ in try shakeHands(request) }
    router.post("/gateway/webhook/whatsapp") { request, _ in try await receive(request) }
  }

  private func shakeHands(_ request: Request) throws -> Response {
    let query = request.uri.queryParameters
    guard let expected = door?.verifyToken, query["hub.mode"] == "subscribe",
      let given = query["hub.verify_token"], Secrets.equal(String(given), expected)
    else { throw HTTPFault.forbidden }
    guard let challenge = query["hub.challenge"], !challenge.isEmpty,
      challenge.utf8.count <= Self.challengeBytesMax
    else { throw HTTPFault.missingFields("hub.challenge") }
    return Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(substring: challenge)))
  }

  private func receive(_ request: Request) async throws -> Response {
    guard let door else { throw HTTPFault.forbidden }
    guard let signature = request.headers[.hubSignature] else { throw HTTPFault.unauthorised }
    let bytes = try await request.body(bytesMax: Self.bodyBytesMax)
    guard door.signature.isValid(signature, for: bytes) else { throw HTTPFault.unauthorised }
    try request.requireJSON()
    let post = try decode(bytes, door)
    do {
      try await take(post, bytes, door)
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
    for code in post.errorCodes {
      logger.warning("WhatsApp reports an error", metadata: ["code": "\(code)"])
    }
    // The sound part is kept; a repeat of it is harmless.
    guard post.malformedCount == 0 else {
      throw HTTPFault.missingFields("\(post.malformedCount) messages are not of their form")
    }
    return .json("{\"success\":true,\"data\":null}")
  }

  private func decode(
    _ bytes: [UInt8], _ door: WhatsAppDoor
  ) throws(HTTPFault) -> WhatsAppPost.Decoded {
    do {
      return try WhatsAppPost.decode(bytes, phoneNumberID: door.phoneNumberID)
    } catch {
      switch error {
      case .notJSON: throw .notDecodable("it is not JSON")
      case .missingFields: throw .missingFields("it is not a notification")
      }
    }
  }

  private func take(
    _ post: WhatsAppPost.Decoded, _ bytes: [UInt8], _ door: WhatsAppDoor
  ) async throws {
    for move in post.moves {
      try await service.move(from: move.from, to: move.to, on: .whatsapp)
    }
    if !post.reports.isEmpty { try await service.report(post.reports) }
    if post.messages.count == 1, let message = post.messages.first {
      let isAlone = post.reports.isEmpty && post.moves.isEmpty
      let payload = isAlone ? String(decoding: bytes, as: UTF8.self) : message.payload
      return try await take(message, payload: payload, door)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      var rest = conversations(of: post.messages)[...]
      for messages in rest.prefix(Self.sendersMax) {
        group.addTask { try await take(messages, door) }
      }
      rest = rest.dropFirst(Self.sendersMax)
      while try await group.next() != nil {
        guard let messages = rest.popFirst() else { continue }
        group.addTask { try await take(messages, door) }
      }
    }
  }

  /// One person's messages stay in their order.
  private func conversations(of messages: [WhatsAppPost.Message]) -> [[WhatsAppPost.Message]] {
    var places: [String: Int] = [:]
    var conversations: [[WhatsAppPost.Message]] = []
    for message in messages {
      let sender = message.inbound.sender
      let ids = [sender.externalID] + sender.otherIDs
      let place = ids.compactMap { places[$0] }.first ?? conversations.count
      if place == conversations.count { conversations.append([]) }
      conversations[place].append(message)
      for id in ids { places[id] = place }
    }
    return conversations
  }

  private func take(_ messages: [WhatsAppPost.Message], _ door: WhatsAppDoor) async throws {
    for message in messages { try await take(message, payload: message.payload, door) }
  }

  private func take(
    _ message: WhatsAppPost.Message, payload: String, _ door: WhatsAppDoor
  ) async throws {
    let receipt = try await service.accept(message.inbound, payload: payload)
    if receipt.outcome != .duplicate { door.readMarks.note(message) }
  }
}
