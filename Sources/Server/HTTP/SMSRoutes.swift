import Channels
import Conversation
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Transport

/// `POST /gateway/webhook/sms/twilio` and `POST /gateway/webhook/sms/kavenegar`: verified, then
/// decoded, answered once it is durable.
struct SMSRoutes: Sendable {
  let service: ConversationService
  let kavenegarSecret: String?
  let signature: TwilioSignature?
  let publicURL: String?
  let trustedProxies: Set<String>

  init(_ program: Program) {
    service = program.service
    kavenegarSecret = program.settings.sms.kavenegar?.webhookSecret
    signature = program.settings.sms.twilio.map { TwilioSignature(authToken: $0.authToken) }
    publicURL = program.settings.publicURL
    trustedProxies = program.settings.trustedProxies
  }

  func add(to router: Router<AppContext>) {
    router.post("/gateway/webhook/sms/twilio") { request, context in
      try await receiveFromTwilio(request, context)
    }
    router.post("/gateway/webhook/sms/kavenegar") { request, _ in
      try await receiveFromKavenegar(request)
    }
    // Which of the two Kavenegar uses is set in its panel.
    router.get("/gateway/webhook/sms/kavenegar") { request, _ in
      try await receiveFromKavenegar(request)
    }
  }

  // MARK: Twilio

  private func receiveFromTwilio(
    _ request: Request, _ context: AppContext
  ) async throws -> Response {
    guard let signature else { throw HTTPFault.forbidden }
    guard let given = request.headers[.twilioSignature] else { throw HTTPFault.unauthorised }
    let url = address(of: request, context)
    guard request.isForm else {
      // Other products of Twilio's post JSON, signed in another way: what is theirs is taken.
      let bytes = try await request.body(bytesMax: FormFields.bytesMax)
      guard signature.isValid(given, url: url, body: bytes) else {
        throw HTTPFault.unsupportedType
      }
      return Self.nothingToSay
    }
    let bytes = try await request.body(bytesMax: FormFields.bytesMax)
    let form = try Self.form(bytes)
    guard signature.isValid(given, url: url, form: form) else { throw HTTPFault.unauthorised }
    let query = try Self.form(Array((request.uri.query ?? "").utf8))
    return try await Self.durably {
      switch try Self.decoded({ try TwilioInbound.decode(form, query: query, at: $0) }, service) {
      case .inbounds(let inbounds):
        // The form is logged with the first file only.
        for (index, inbound) in inbounds.enumerated() {
          let payload = index == 0 ? String(decoding: bytes, as: UTF8.self) : nil
          try await service.accept(inbound, payload: payload)
        }
        return Self.noReply
      case .report(let report, let key):
        try await SMSDoor.take([(report, key: key)], by: .twilio, service)
        return Self.nothingToSay
      case .ignored(let sid, let key):
        if let sid, let key {
          try await service.database.write { try SMSLedger.learn(sid, of: key, in: $0) }
        }
        return Self.nothingToSay
      }
    }
  }

  /// As Twilio asked for it. Without a public address it is put together from what the request
  /// says, and from what a proxy says only if we trust it.
  private func address(of request: Request, _ context: AppContext) -> String {
    let target = request.uri.string
    if let publicURL { return publicURL + target }
    let peer = context.remoteAddress?.ipAddress ?? "unknown"
    let isVouchedFor = trustedProxies.contains(peer)
    let scheme = isVouchedFor ? request.headers[.forwardedProtocol] : nil
    let host = isVouchedFor ? request.headers[.forwardedHost] : nil
    return "\(scheme ?? "http")://\(host ?? request.head.authority ?? "")\(target)"
  }

  private static var noReply: Response {
    Response(
      status: .ok, headers: [.contentType: "text/xml; charset=utf-8"],
      body: ResponseBody(
        byteBuffer: ByteBuffer(
          string: "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>")))
  }

  private static var nothingToSay: Response { Response(status: .noContent) }

  // MARK: Kavenegar

  private func receiveFromKavenegar(_ request: Request) async throws -> Response {
    guard let kavenegarSecret else { throw HTTPFault.forbidden }
    let query = request.uri.queryParameters
    guard let given = query["secret"], Secrets.equal(String(given), kavenegarSecret) else {
      throw HTTPFault.unauthorised
    }
    let bytes: [UInt8]
    if request.method == .get {
      bytes = Array((request.uri.query ?? "").utf8)
    } else {
      guard request.isForm else { throw HTTPFault.unsupportedType }
      bytes = try await request.body(bytesMax: FormFields.bytesMax)
    }
    let form = try Self.form(bytes)
    return try await Self.durably {
      switch try Self.decoded({ try KavenegarInbound.decode(form, at: $0) }, service) {
      case .inbound(let inbound):
        try await service.accept(
          inbound, payload: request.method == .get ? nil : String(decoding: bytes, as: UTF8.self))
      case .report(let report, let isFinal):
        try await SMSDoor.take(
          [(report, key: nil)], by: .kavenegar, isFinal: isFinal, service)
      case .ignored: break
      }
      return .json("{\"success\":true,\"data\":null}")
    }
  }

  // MARK: Both

  private static func form(_ bytes: [UInt8]) throws(HTTPFault) -> FormFields {
    do {
      return try FormFields(bytes)
    } catch {
      throw .notDecodable("it is not a form")
    }
  }

  private static func decoded<Decoded>(
    _ decode: (Timestamp) throws -> Decoded, _ service: ConversationService
  ) throws -> Decoded {
    do {
      return try decode(service.time.now())
    } catch let fault as DecodingFault {
      switch fault {
      case .notJSON: throw HTTPFault.notDecodable("a field comes twice")
      case .missingFields: throw HTTPFault.missingFields("it is neither a message nor a status")
      }
    }
  }

  private static func durably(_ body: () async throws -> Response) async throws -> Response {
    do {
      return try await body()
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
  }
}

extension Request {
  var isForm: Bool {
    let type = headers[.contentType]?.split(separator: ";").first?.lowercased()
      .filter { !$0.isWhitespace }
    return type == "application/x-www-form-urlencoded"
  }
}
