import Channels
import Server
import Standins
import Storage
import Testing
import Transport

/// A person on WhatsApp in front of the whole program, through its real door.
struct WhatsAppVisitor {
  static let appSecret = "app-secret-0123456789"
  static let verifyToken = "meatyhamhock"
  static let person = "989120000417"

  let running: RunningProgram
  let standin: WhatsAppAPIStandin
  private(set) var sentCount = 0

  init(_ running: RunningProgram, _ standin: WhatsAppAPIStandin) {
    self.running = running
    self.standin = standin
  }

  static func settings(_ standin: WhatsAppAPIStandin) -> [String: String] {
    [
      "WHATSAPP_ACCESS_TOKEN": WhatsAppAPIStandin.accessToken,
      "WHATSAPP_PHONE_NUMBER_ID": WhatsAppAPIStandin.phoneNumberID,
      "WHATSAPP_APP_SECRET": appSecret, "WHATSAPP_VERIFY_TOKEN": verifyToken,
      "WHATSAPP_API_URL": standin.url, "WHATSAPP_MESSAGES_PER_SECOND": "1000",
    ]
  }

  static func with(
    _ body: (inout WhatsAppVisitor) async throws -> Void
  ) async throws {
    let home = try TemporaryHome()
    try await WhatsAppAPIStandin.with { standin in
      try await RunningProgram.with(home: home, settings: settings(standin)) { running in
        var visitor = WhatsAppVisitor(running, standin)
        try await body(&visitor)
      }
      #expect(standin.violations == [])
    }
  }

  // MARK: Writing

  mutating func say(_ text: String) async throws -> WhatsAppCall {
    try await answer(to: ["type": "text", "text": ["body": .string(text)]])
  }

  mutating func press(_ choice: (id: String, title: String)) async throws -> WhatsAppCall {
    let reply: JSONValue = ["id": .string(choice.id), "title": .string(choice.title)]
    return try await answer(to: [
      "type": "interactive", "interactive": ["type": "button_reply", "button_reply": reply],
    ])
  }

  /// Sends a message and waits for the last message of its answer.
  private mutating func answer(to content: [String: JSONValue]) async throws -> WhatsAppCall {
    sentCount += 1
    let message = Self.message(content, id: "wamid.\(sentCount)")
    let taken = try await post(Self.post([message]))
    #expect(taken.status == 200)
    let position = try await running.program.database.read {
      try $0.first("SELECT max(position) AS p FROM deliveries")?.value("p", as: Int.self)
    }
    let mark = ".\(try #require(position))."
    return try await standin.call { call in
      call.body["biz_opaque_callback_data"]?.string?.contains(mark) == true
    }
  }

  func post(_ body: JSONValue) async throws -> HTTPResponse { try await post(body.encoded()) }

  /// - Parameter signature: nil for the right one.
  func post(
    _ body: [UInt8], signature: String? = nil, contentType: String = "application/json"
  ) async throws -> HTTPResponse {
    let right = WhatsAppSignature(appSecret: Self.appSecret).header(for: body)
    return try await running.client.send(
      HTTPRequest(
        method: .post, url: running.url + "/gateway/webhook/whatsapp",
        headers: ["Content-Type": contentType, "X-Hub-Signature-256": signature ?? right],
        body: body))
  }

  func count(_ table: SQL) async throws -> Int {
    try await running.program.database.read {
      try $0.first("SELECT count(*) AS n FROM \(sql: table)")?.value("n") ?? 0
    }
  }

  /// Of the newest message of the bot.
  func deliveryState() async throws -> String? {
    try await running.program.database.read {
      try $0.first("SELECT state FROM deliveries ORDER BY position DESC LIMIT 1")?.value("state")
    }
  }

  // MARK: Posts

  static func message(
    _ content: [String: JSONValue], id: String, from: String = person
  ) -> JSONValue {
    .object(
      content.merging([
        "id": .string(id), "from": .string(from), "timestamp": "1767255001",
      ]) { $1 })
  }

  static func text(_ text: String, id: String, from: String = person) -> JSONValue {
    message(["type": "text", "text": ["body": .string(text)]], id: id, from: from)
  }

  static func post(
    _ messages: [JSONValue], statuses: [JSONValue] = [],
    number: String = WhatsAppAPIStandin.phoneNumberID
  ) -> JSONValue {
    let value: JSONValue = [
      "messaging_product": "whatsapp", "metadata": ["phone_number_id": .string(number)],
      "messages": .array(messages), "statuses": .array(statuses),
    ]
    return [
      "object": "whatsapp_business_account",
      "entry": [["id": "1", "changes": [["field": "messages", "value": value]]]],
    ]
  }
}
