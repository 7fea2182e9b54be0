package import Foundation
import Synchronization
package import Transport

/// Plays Twilio on loopback: takes messages, lists them, tells of their ends, holds every request
/// against the published specification, and fails when a test tells it to.
package final class TwilioStandin: Sendable {
  package static let accountSID = "AC" + String(repeating: "a", count: 32)
  package static let authToken = "0123456789abcdef0123456789abcdef"
  package static let number = "+15005550006"

  /// One request that has arrived.
  package struct Call: Sendable {
    /// `POST Messages`, `GET Messages`, `GET Balance`
    package let operation: String
    package let form: [FormPair]
    package let isAnswered: Bool
  }

  package struct Message: Sendable, Equatable {
    package let sid: String
    package let to: String
    package let body: String
    package let statusCallback: String?
    package var status = "queued"
    package let createdAt: Date
  }

  private struct World: Sendable {
    var faults = SMSFaults()
    var messages: [Message] = []
    var violations: [String] = []
    var callbackTarget: String?
    var callbackFirst: String?
    var callbackStatuses: [Int] = []
  }

  package let calls = CallLog<Call>()
  private let world = Mutex(World())
  private let server: Mutex<LoopbackServer?>
  private let client = HTTPClient()

  package static func with<Value>(
    port: Int = 0, _ body: (TwilioStandin) async throws -> Value
  ) async throws -> Value {
    let standin = try await TwilioStandin(port: port)
    do {
      let value = try await body(standin)
      await standin.stop()
      return value
    } catch {
      await standin.stop()
      throw error
    }
  }

  package init(port: Int = 0) async throws {
    server = Mutex(nil)
    let specification = try TwilioSpecification.located()
    let started = try await LoopbackServer.start(port: port) { [weak self] request in
      try await self?.answer(request, specification) ?? .close
    }
    server.withLock { $0 = started }
  }

  package func stop() async {
    await server.withLock { $0 }?.stop()
    await client.shutdown()
  }

  /// The base to which a client adds `/2010-04-01/…`.
  package var url: String { "http://127.0.0.1:\(server.withLock { $0?.port ?? 0 })" }

  package var messages: [Message] { world.withLock(\.messages) }
  /// Where requests were not what the specification asks for; tests want none.
  package var violations: [String] { world.withLock(\.violations) }
  /// How the door has answered callbacks sent before a response.
  package var callbackStatuses: [Int] { world.withLock(\.callbackStatuses) }

  package func script(_ fault: SMSFault, operation: String = "POST Messages", times: Int = 1) {
    world.withLock { $0.faults.add(fault, operation, times: times) }
  }

  package func removeScripts() { world.withLock { $0.faults.removeAll() } }

  /// From now on the status of every message is told before the call for it is answered.
  ///
  /// - Parameter target: where the address in `StatusCallback` is to be reached on this machine.
  package func callBackFirst(_ status: String, to target: String) {
    world.withLock {
      $0.callbackFirst = status
      $0.callbackTarget = target
    }
  }

  package func setStatus(_ status: String, of sid: String) {
    world.withLock { world in
      for index in world.messages.indices where world.messages[index].sid == sid {
        world.messages[index].status = status
      }
    }
  }

  // MARK: Posting to the door

  /// Posts a form as Twilio would.
  ///
  /// - Parameters:
  ///   - url: the address Twilio knows, which is signed.
  ///   - target: where that is on this machine, without path and query.
  package func post(
    _ form: [FormPair], to url: String, at target: String, signature: String? = nil
  ) async throws -> HTTPResponse {
    let path = url.split(separator: "/", maxSplits: 2).dropFirst(2).first.map { "/\($0)" } ?? "/"
    let body = form.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
      .joined(separator: "&")
    return try await client.send(
      HTTPRequest(
        method: .post, url: target + path,
        headers: [
          "Content-Type": "application/x-www-form-urlencoded",
          "X-Twilio-Signature": signature ?? Self.signature(url, form),
        ], body: Array(body.utf8)))
  }

  package static func signature(_ url: String, _ form: [FormPair]) -> String {
    let names = Set(form.map(\.name)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let fields = names.map { name in
      Set(form.filter { $0.name == name }.map(\.value))
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { name + $0 }.joined()
    }.joined()
    return Data(HMAC.sha1(Array((url + fields).utf8), key: Array(authToken.utf8)))
      .base64EncodedString()
  }

  /// A message somebody has sent, as the fields of its post.
  package static func inbound(
    _ body: String, from: String, sid: String, media: [(url: String, type: String)] = []
  ) -> [FormPair] {
    [
      ("ToCountry", "US"), ("SmsMessageSid", sid), ("NumMedia", "\(media.count)"),
      ("SmsSid", sid), ("SmsStatus", "received"), ("Body", body), ("To", number),
      ("NumSegments", "1"), ("MessageSid", sid), ("AccountSid", accountSID), ("From", from),
      ("ApiVersion", "2010-04-01"), ("FromCity", ""),
    ].map { FormPair(name: $0.0, value: $0.1) }
      + media.enumerated().flatMap { index, file in
        [
          FormPair(name: "MediaUrl\(index)", value: file.url),
          FormPair(name: "MediaContentType\(index)", value: file.type),
        ]
      }
  }

  /// A status, as the fields of its post.
  package static func status(
    _ status: String, of message: Message, errorCode: Int? = nil
  ) -> [FormPair] {
    [
      ("SmsSid", message.sid), ("SmsStatus", status), ("MessageStatus", status),
      ("To", message.to), ("MessageSid", message.sid), ("AccountSid", accountSID),
      ("From", number), ("ApiVersion", "2010-04-01"),
    ].map { FormPair(name: $0.0, value: $0.1) }
      + (errorCode.map { [FormPair(name: "ErrorCode", value: "\($0)")] } ?? [])
  }

  private static func encoded(_ text: String) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    return (text.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
      .replacing("%20", with: "+")
  }

  // MARK: Answers

  private func answer(
    _ request: ReceivedRequest, _ specification: TwilioSpecification?
  ) async throws -> StandinAnswer {
    let basic = Data("\(Self.accountSID):\(Self.authToken)".utf8).base64EncodedString()
    guard request.authorisation == "Basic \(basic)" else {
      return Self.refusal(status: 401, code: 20003)
    }
    let prefix = "/2010-04-01/Accounts/\(Self.accountSID)/"
    guard request.path.hasPrefix(prefix), request.path.hasSuffix(".json") else {
      return Self.refusal(status: 404, code: 20404)
    }
    let resource = request.path.dropFirst(prefix.count).dropLast(".json".count)
    let operation = "\(request.method) \(resource)"
    let form = request.method == "POST" ? request.form : request.queryForm
    let found = specification?.violations(request, form) ?? []
    let (fault, first) = world.withLock { world in
      world.violations += found
      return (world.faults.take(operation), world.callbackFirst)
    }
    defer { calls.add(Call(operation: operation, form: form, isAnswered: fault == nil)) }
    switch fault {
    case .refuse(let status, let code)?: return Self.refusal(status: status, code: code)
    case .answer(let status, let value)?: return .json(status: status, value)
    case .closeBefore?: return .close
    case .closeAfter?:
      _ = perform(operation, form)
      return .close
    case .garbageAfter(let status)?:
      _ = perform(operation, form)
      return .html(status: status)
    case nil: break
    }
    let answer = perform(operation, form)
    if operation == "POST Messages", let first { try await callBack(first) }
    return answer
  }

  private func callBack(_ status: String) async throws {
    let (message, target) = world.withLock { ($0.messages.last, $0.callbackTarget) }
    guard let message, let url = message.statusCallback, let target else { return }
    let answer = try await post(Self.status(status, of: message), to: url, at: target)
    world.withLock { $0.callbackStatuses.append(answer.status) }
  }

  private func perform(_ operation: String, _ form: [FormPair]) -> StandinAnswer {
    switch operation {
    case "POST Messages": return create(form)
    case "GET Messages":
      let found = messages.reversed().filter { form["To"] == nil || $0.to == form["To"] }
        .prefix(Int(form["PageSize"] ?? "") ?? 50)
      return .json(
        status: 200, ["messages": .array(found.map(Self.json)), "page": 0, "next_page_uri": nil])
    case "GET Balance":
      return .json(
        status: 200,
        ["account_sid": .string(Self.accountSID), "balance": "10.5", "currency": "USD"])
    default: return Self.refusal(status: 404, code: 20404)  // any other operation
    }
  }

  private func create(_ form: [FormPair]) -> StandinAnswer {
    guard let to = form["To"], to.wholeMatch(of: #/\+[1-9]\d{7,14}/#) != nil else {
      return Self.refusal(status: 400, code: 21211)
    }
    let body = form["Body"] ?? ""
    guard body.utf16.count <= 1_600 else { return Self.refusal(status: 400, code: 21617) }
    let message = world.withLock { world in
      let number = String(world.messages.count + 1, radix: 16)
      let message = Message(
        sid: "SM" + String(repeating: "0", count: 32 - number.count) + number, to: to, body: body,
        statusCallback: form["StatusCallback"], createdAt: Date())
      world.messages.append(message)
      return message
    }
    return .json(status: 201, Self.json(message))
  }

  private static func json(_ message: Message) -> JSONValue {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
    return [
      "sid": .string(message.sid), "status": .string(message.status), "to": .string(message.to),
      "from": .string(number), "body": .string(message.body), "num_segments": "1",
      "num_media": "0", "direction": "outbound-api", "error_code": nil, "error_message": nil,
      "date_created": .string(formatter.string(from: message.createdAt)), "date_sent": nil,
      "account_sid": .string(accountSID), "api_version": "2010-04-01",
    ]
  }

  private static func refusal(status: Int, code: Int) -> StandinAnswer {
    .json(
      status: status,
      [
        "code": .integer(Int64(code)), "message": "refused", "status": .integer(Int64(status)),
        "more_info": .string("https://www.twilio.com/docs/errors/\(code)"),
      ])
  }
}
