import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TelegramJourneyTests {
  static let chat: Int64 = 5_000_000_001

  @Test func `a message by webhook is answered through the Bot API, and a press settles`()
    async throws
  {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        try await bot.call(of: "setWebhook")
        let taken = try await running.postUpdate(Self.update(1, text: "hello"))
        #expect(taken.status == 200)
        let first = try await bot.call(of: "sendMessage")
        #expect(first.chat == Self.chat)

        let button = try #require(Self.button(of: first))
        let message = try #require(first.messageID)
        let press = Self.update(2, press: button, message: message)
        #expect(try await running.postUpdate(press).status == 200)
        try await bot.call(of: "answerCallbackQuery")
        try await bot.call(2, of: "sendMessage")
        let edit = try await bot.call(of: "editMessageText")
        #expect(edit.parameters["message_id"]?.integer == message)
        #expect(edit.parameters["reply_markup"] == nil)
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `without a public address updates are polled`() async throws {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot, hasPublicURL: false) { _ in
        bot.push(BotAPIUpdate.text("سلام", chat: Self.chat))
        let answer = try await bot.call(of: "sendMessage")
        #expect(answer.chat == Self.chat)
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `a person's data comes as a document`() async throws {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        for (number, text) in ["hello", "privacy", "download"].enumerated() {
          let update = Self.update(number + 1, text: text)
          #expect(try await running.postUpdate(update).status == 200)
        }
        let sent = try await bot.call(of: "sendDocument")
        let file = try #require(sent.files["document"])
        #expect(file.fileName == "parlance-data.json")
        let data = try JSONValue(parsing: file.bytes)
        #expect(data["format"]?.string == "parlance-person-1")
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `a repeated update is taken again and changes nothing`() async throws {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        let update = Self.update(7, text: "hello")
        for _ in 0..<3 { #expect(try await running.postUpdate(update).status == 200) }
        #expect(try await running.postUpdate(Self.update(8, text: "again")).status == 200)
        try await bot.call(of: "sendMessage")
        let logs = try await running.get(
          "/gateway/webhook-logs?provider=telegram",
          headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
        #expect(try logs.json()["data"]?["logs"]?.items.count == 2)
      }
    }
  }

  @Test func `an answer that Telegram refuses to take now is sent again`() async throws {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      bot.script(.serverError, method: "sendMessage")
      try await RunningProgram.with(home: home, bot: bot) { running in
        #expect(try await running.postUpdate(Self.update(1, text: "hello")).status == 200)
        let again = try await bot.call(2, of: "sendMessage")
        #expect(again.treatment == .done)
      }
    }
  }

  @Test func `what was acknowledged before a stop is answered after the next start`()
    async throws
  {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      bot.script(.serverError, method: "sendMessage", times: 1_000)
      try await RunningProgram.with(home: home, bot: bot) { running in
        #expect(try await running.postUpdate(Self.update(1, text: "hello")).status == 200)
        try await bot.call(of: "sendMessage")
      }
      bot.removeScripts()
      try await RunningProgram.with(home: home, bot: bot) { _ in
        try await bot.call(of: "sendMessage") { $0.treatment == .done }
      }
    }
  }

  @Test(arguments: ["wrong", ""])
  func `a wrong secret is refused before anything is read`(secret: String) async throws {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        let refused = try await running.postUpdate("not even JSON", secret: secret)
        #expect(refused.status == 401)
        #expect(try refused.json()["error"]?["code"]?.string == "unauthorised")
      }
    }
  }

  static func update(_ id: Int, text: String) -> String {
    """
    {"update_id":\(id),"message":{"message_id":\(id),"date":1760000000,"text":"\(text)",
    "chat":{"id":\(chat),"type":"private","first_name":"Sara"},
    "from":{"id":\(chat),"is_bot":false,"first_name":"Sara","language_code":"en"}}}
    """
  }

  static func update(_ id: Int, press token: String, message: Int64) -> String {
    """
    {"update_id":\(id),"callback_query":{"id":"query-\(id)","chat_instance":"1",
    "data":"\(token)","from":{"id":\(chat),"is_bot":false,"first_name":"Sara"},
    "message":{"message_id":\(message),"date":1760000000,
    "chat":{"id":\(chat),"type":"private","first_name":"Sara"}}}}
    """
  }

  /// The first button that answers the question rather than going elsewhere.
  private static func button(of call: BotAPICall) -> String? {
    let rows = call.parameters["reply_markup"]?["inline_keyboard"]?.items ?? []
    return rows.flatMap(\.items).compactMap { $0["callback_data"]?.string }
      .first { !$0.hasPrefix("/") }
  }
}
