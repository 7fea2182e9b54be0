import Channels
import Conversation
import HTTPTypes
import Hummingbird
import Storage

/// The web chat's doors. Who knows a chat's id, 128 random bits made by the page, is its visitor.
struct WebChatRoutes: Sendable {
  static let bodyBytesMax = 64 * 1024
  static let perChat = AddressLimiter.Rate(perSecond: 20, burst: 60)
  static let perAddress = AddressLimiter.Rate(perSecond: 200, burst: 1_000)
  static let uploadsPerChat = AddressLimiter.Rate(perSecond: 0.5, burst: 20)
  /// Each is held in memory while it comes in.
  static let uploadsAtOnceMax = 16

  let service: ConversationService
  let hub: WebChatHub
  let addresses: AddressLimiter
  let chats: AddressLimiter
  private let uploads: AddressLimiter
  private let uploadPlaces = Places(count: Self.uploadsAtOnceMax)

  init(_ program: Program) {
    service = program.service
    hub = program.hub
    let proxies = program.settings.trustedProxies
    addresses = AddressLimiter(Self.perAddress, trustedProxies: proxies)
    chats = AddressLimiter(Self.perChat, trustedProxies: proxies)
    uploads = AddressLimiter(Self.uploadsPerChat, trustedProxies: proxies)
  }

  func add(to router: Router<AppContext>) {
    let chat = router.group("/gateway/webchat/:chatId")
    chat.get("/messages") { request, context in try await messages(request, context) }
    chat.post("/send") { request, context in try await send(request, context) }
    chat.get("/media/:id") { request, context in try await file(request, context) }
    chat.get("/stream") { request, context in try await stream(request, context) }
  }

  private func messages(_ request: Request, _ context: AppContext) async throws -> Response {
    let chat = try admit(request, context)
    let after = request.uri.queryParameters["after"].flatMap { Int($0) }
    let messages = try await history(of: chat, after: after)
    let list = messages.map(\.json).joined(separator: ",")
    return .json("{\"success\":true,\"messages\":[\(list)],\"data\":{\"messages\":[\(list)]}}")
  }

  private func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let chat = try admit(request, context)
    try chats.admit(chat, at: service.time.now())
    if request.isMultipart { return try await upload(request, chat) }
    try request.requireJSON()
    let bytes = try await request.body(bytesMax: Self.bodyBytesMax)
    let inbound = try decode(bytes, chat, request)
    return try await accept(inbound, payload: String(decoding: bytes, as: UTF8.self))
  }

  /// A message with a file, as a form.
  private func upload(_ request: Request, _ chat: String) async throws -> Response {
    try uploads.admit(chat, at: service.time.now())
    guard uploadPlaces.take() else { throw HTTPFault.tooManyRequests(retryAfterSeconds: 2) }
    defer { uploadPlaces.giveBack() }
    let bytes = try await request.body(bytesMax: WebChatUpload.bodyBytesMax)
    let upload: WebChatUpload
    do throws(WebChatUpload.Fault) {
      upload = try WebChatUpload.decode(
        bytes, contentType: request.headers[.contentType] ?? "", chatID: chat,
        languageHint: request.headers[.acceptLanguage])
    } catch {
      throw HTTPFault(error)
    }
    return try await accept(upload.inbound, payload: upload.logged, file: upload.file)
  }

  private func accept(
    _ inbound: Inbound, payload: String, file: ReceivedFile? = nil
  ) async throws -> Response {
    do {
      let receipt = try await service.accept(inbound, payload: payload, file: file)
      return .success("{\"status\":\"\(receipt.outcome.label)\"}")
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
  }

  private func stream(_ request: Request, _ context: AppContext) async throws -> Response {
    let chat = try admit(request, context)
    guard let signals = hub.listen(to: chat) else {
      throw HTTPFault.tooManyRequests(retryAfterSeconds: 5)
    }
    let last = request.headers[.lastEventID].flatMap { Int($0) }
    let asked = request.uri.queryParameters["after"].flatMap { Int($0) }
    let events = EventStream(signals: signals) { after in
      try await history(of: chat, after: after)
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        .accelBuffering: "no",
      ],
      body: events.body(after: last ?? asked ?? 0))
  }

  /// The file of one message of this chat.
  private func file(_ request: Request, _ context: AppContext) async throws -> Response {
    let chat = try admit(request, context)
    guard let position = Int(try context.parameters.require("id")) else {
      throw HTTPFault.notFound
    }
    let file = try await service.database.read {
      try ChatHistory.file(channel: .webchat, chatID: chat, position: position, in: $0)
    }
    guard let file else { throw HTTPFault.notFound }
    return .file(file, range: request.headers[.range])
  }

  /// The chat's id, once it is one and its visitor does not hurry too much.
  private func admit(_ request: Request, _ context: AppContext) throws -> String {
    try addresses.admit(addresses.address(of: request, context), at: service.time.now())
    let chat = try context.parameters.require("chatId")
    guard WebChat.isChatID(chat) else {
      throw HTTPFault.missingFields("a chat id is 16 to 128 of A-Z a-z 0-9 - _")
    }
    return chat
  }

  private func decode(
    _ bytes: [UInt8], _ chat: String, _ request: Request
  ) throws(HTTPFault) -> Inbound {
    do {
      return try WebChatMessage.decode(
        bytes, chatID: chat, languageHint: request.headers[.acceptLanguage])
    } catch {
      switch error {
      case .notJSON: throw .notDecodable("it is not JSON")
      case .missingFields:
        throw .missingFields("send an id, and either a text of 1 to 4000 characters or a choice")
      }
    }
  }

  private func history(
    of chat: String, after: Int?
  ) async throws -> [(position: Int, json: String)] {
    try await service.database.read { transaction in
      try ChatHistory.messages(
        channel: .webchat, chatID: chat, after: after, in: transaction
      ).map { ($0.position, WebChatView.json($0, chatID: chat)) }
    }
  }
}

extension HTTPFault {
  fileprivate init(_ fault: WebChatUpload.Fault) {
    switch fault {
    case .notAForm: self = .notDecodable("it is not a whole form")
    case .missingFields:
      self = .missingFields("send an id and a file, and a text of at most 4000 characters")
    case .tooLarge: self = .tooLarge
    case .unsupportedType: self = .unsupportedType
    }
  }
}

extension Receipt.Outcome {
  var label: String {
    switch self {
    case .handled: "handled"
    case .duplicate: "duplicate"
    case .failed: "failed"
    }
  }
}

extension HTTPField.Name {
  static var accelBuffering: HTTPField.Name { named("X-Accel-Buffering") }
  static var lastEventID: HTTPField.Name { named("Last-Event-ID") }

  private static func named(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else {
      preconditionFailure("\(name) is a valid field name")
    }
    return field
  }
}
