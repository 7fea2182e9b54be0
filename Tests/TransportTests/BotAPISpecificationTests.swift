import Standins
import Testing
import Transport

/// Skipped where the published specification is not at hand.
@Suite(.timeLimit(.minutes(1)), .enabled(if: try BotAPISpecification.located() != nil))
struct BotAPISpecificationTests {
  private func faults(
    _ method: String, _ json: String
  ) throws -> [String: BotAPIViolation.Fault] {
    guard case .object(let parameters) = try JSONValue(parsing: Array(json.utf8)) else {
      return [:]
    }
    return try faults(method, parameters)
  }

  private func faults(
    _ method: String, _ parameters: [String: JSONValue]
  ) throws -> [String: BotAPIViolation.Fault] {
    let specification = try #require(try BotAPISpecification.located())
    let violations = specification.violations(in: method, parameters)
    return Dictionary(violations.map { ($0.path, $0.fault) }) { first, _ in first }
  }

  private func keyboard(_ button: JSONValue) -> JSONValue {
    let first: JSONValue = ["text": "One", "callback_data": "1"]
    return ["inline_keyboard": .array([.array([first, button])])]
  }

  private static let allowed: [(String, String)] = [
    ("sendMessage", #"{"chat_id":7,"text":"سلام"}"#),
    ("sendMessage", #"{"chat_id":"@channel","text":"a < b"}"#),
    (
      "sendMessage",
      #"{"chat_id":7,"text":"<b>Hi</b> <a href='https://example.org'>&lt;you&gt;</a>","#
        + #""parse_mode":"HTML","reply_markup":"#
        + #"{"inline_keyboard":[[{"text":"One","callback_data":"1"}]]}}"#
    ),
    ("sendMessage", #"{"chat_id":7,"text":"x","reply_markup":{"remove_keyboard":true}}"#),
    ("sendVoice", #"{"chat_id":7,"voice":"file-id"}"#),
    ("sendChatAction", #"{"chat_id":7,"action":"typing"}"#),
    ("editMessageText", #"{"chat_id":7,"message_id":3,"text":"x"}"#),
    ("editMessageReplyMarkup", #"{"inline_message_id":"abc"}"#),
    (
      "setMyCommands",
      #"{"commands":[{"command":"menu","description":"What I can do"}],"#
        + #""scope":{"type":"all_private_chats"},"language_code":"fa"}"#
    ),
    ("getUpdates", #"{"offset":5,"timeout":30,"allowed_updates":["message"]}"#),
  ]

  @Test(arguments: allowed)
  func `what the specification allows passes`(method: String, parameters: String) throws {
    #expect(try faults(method, parameters) == [:])
  }

  private struct Forbidden: Sendable {
    let method: String
    let parameters: String
    let path: String
    let fault: BotAPIViolation.Fault

    init(
      _ method: String, _ parameters: String, _ path: String, _ fault: BotAPIViolation.Fault
    ) {
      self.method = method
      self.parameters = parameters
      self.path = path
      self.fault = fault
    }
  }

  private static let forbidden: [Forbidden] = [
    Forbidden("sendMesage", "{}", "", .unknownMethod),
    Forbidden("sendMessage", #"{"text":"x"}"#, "chat_id", .missing),
    Forbidden("sendMessage", #"{"chat_id":7,"text":"x","txt":"y"}"#, "txt", .unknownParameter),
    Forbidden("sendMessage", #"{"chat_id":7,"text":5}"#, "text", .wrongType(expected: "String")),
    Forbidden(
      "sendMessage", #"{"chat_id":1.5,"text":"x"}"#, "chat_id", .wrongType(expected: "Integer")),
    Forbidden(
      "sendMessage", #"{"chat_id":7,"text":"x","protect_content":"true"}"#, "protect_content",
      .wrongType(expected: "Boolean")),
    Forbidden("sendMessage", #"{"chat_id":7,"text":""}"#, "text", .tooShort(count: 0, min: 1)),
    Forbidden("sendMessage", #"{"chat_id":7,"text":" "}"#, "text", .tooShort(count: 0, min: 1)),
    Forbidden(
      "sendMessage", #"{"chat_id":7,"text":"x","parse_mode":"BBCode"}"#, "parse_mode",
      .unknownValue("BBCode")),
    Forbidden("sendVoice", #"{"chat_id":7}"#, "voice", .missing),
    Forbidden(
      "sendChatAction", #"{"chat_id":7,"action":"sing"}"#, "action", .unknownValue("sing")),
    Forbidden("editMessageText", #"{"chat_id":7,"text":"x"}"#, "message_id", .missing),
    Forbidden(
      "setMyCommands", #"{"commands":[{"command":"Menu","description":"x"}]}"#,
      "commands[0].command", .unknownValue("Menu")),
    Forbidden(
      "setMyCommands",
      #"{"commands":[{"command":"menu","description":"x"}],"scope":{"type":"nobody"}}"#,
      "scope.type", .unknownValue("nobody")),
  ]

  @Test(arguments: forbidden)
  private func `what the specification forbids is found`(_ request: Forbidden) throws {
    #expect(try faults(request.method, request.parameters)[request.path] == request.fault)
  }

  @Test func `text is counted in UTF-16 units`() throws {
    let longest = String(repeating: "a", count: 4_096)
    #expect(try faults("sendMessage", ["chat_id": 7, "text": .string(longest)]) == [:])
    let oneMore = try faults("sendMessage", ["chat_id": 7, "text": .string(longest + "a")])
    #expect(oneMore["text"] == .tooLong(count: 4_097, max: 4_096))
    let emoji = String(repeating: "🙂", count: 2_049)
    let emojiFaults = try faults("sendMessage", ["chat_id": 7, "text": .string(emoji)])
    #expect(emojiFaults["text"] == .tooLong(count: 4_098, max: 4_096))
  }

  @Test func `markup does not count, and only after it is parsed`() throws {
    let html = "<b>" + String(repeating: "&lt;", count: 4_096) + "</b>"
    let good: [String: JSONValue] = ["chat_id": 7, "text": .string(html), "parse_mode": "HTML"]
    #expect(try faults("sendMessage", good) == [:])
    let plain: [String: JSONValue] = ["chat_id": 7, "text": .string(html)]
    #expect(
      try faults("sendMessage", plain)["text"] == .tooLong(count: 16_391, max: 4_096))
  }

  @Test(arguments: [
    "a < b", "<h1>big</h1>", "<b>open", "<b><i>crossed</b></i>", "</b>", "<br>",
    "<span>no class</span>", "<a href=\"x>broken</a>",
  ])
  func `markup that Telegram would not parse is found`(html: String) throws {
    let parameters: [String: JSONValue] = [
      "chat_id": 7, "text": .string(html), "parse_mode": "HTML",
    ]
    guard case .cannotParseEntities = try faults("sendMessage", parameters)["text"] else {
      Issue.record("nothing wrong was found in \(html)")
      return
    }
  }

  @Test func `callback data has 1 to 64 bytes`() throws {
    func faults(_ data: String) throws -> [String: BotAPIViolation.Fault] {
      let markup = keyboard(["text": "Two", "callback_data": .string(data)])
      return try self.faults(
        "sendMessage", ["chat_id": 7, "text": "x", "reply_markup": markup])
    }
    let path = "reply_markup.inline_keyboard[0][1].callback_data"
    #expect(try faults(String(repeating: "a", count: 64)) == [:])
    #expect(
      try faults(String(repeating: "a", count: 65))[path] == .tooLong(count: 65, max: 64))
    #expect(try faults(String(repeating: "س", count: 33))[path] == .tooLong(count: 66, max: 64))
    #expect(try faults("")[path] == .tooShort(count: 0, min: 1))
  }

  @Test func `a button does exactly one thing`() throws {
    for button: JSONValue in [
      ["text": "Nothing"], ["text": "Two", "callback_data": "x", "url": "https://example.org"],
    ] {
      let parameters: [String: JSONValue] = [
        "chat_id": 7, "text": "x", "reply_markup": keyboard(button),
      ]
      #expect(
        try faults("sendMessage", parameters)["reply_markup.inline_keyboard[0][1]"]
          == .notExactlyOneAction)
    }
  }
}
