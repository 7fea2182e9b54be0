import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Testing
import Transport

struct TelegramPortTests {
  private static let chat = TelegramTalk.chat

  @Test func `a question arrives with its buttons and without a preview of links`() async throws {
    try await BotAPIStandin.with { standin in
      let reply = Reply(
        "**Tea** or _coffee_? See `https://example.org` \\*",
        choices: [
          Choice("tea", "Tea"), Choice("coffee", "Coffee"), .command("menu", "Menu"),
        ])
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      let call = try #require(standin.calls(of: "sendMessage").first)
      #expect(
        call.text == "<b>Tea</b> or <i>coffee</i>? See <code>https://example.org</code> *")
      #expect(call.parameters["parse_mode"] == "HTML")
      #expect(call.parameters["link_preview_options"] == ["is_disabled": true])
      #expect(
        call.parameters["reply_markup"] == [
          "inline_keyboard": [
            [
              ["text": "Tea", "callback_data": "2:tea"],
              ["text": "Coffee", "callback_data": "2:coffee"],
            ],
            [["text": "Menu", "callback_data": "/menu"]],
          ]
        ])
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `long titles get a row each`() async throws {
    try await BotAPIStandin.with { standin in
      let reply = Reply("?", choices: [Choice("a", "A"), Choice("b", "Thirteen letters")])
      _ = try await TelegramTalk(TestTelegram.port(standin.url), saying: reply).deliver()
      let rows = standin.calls.first?.parameters["reply_markup"]?["inline_keyboard"]?.items
      #expect(rows?.map(\.items.count) == [1, 1])
    }
  }

  @Test func `the longest id still fits a button far into a conversation`() async throws {
    try await BotAPIStandin.with { standin in
      let id = String(repeating: "x", count: Choice.idLengthMax)
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: Reply("?", choices: [Choice(id, "X")]))
      try talk.rehearsal.database.writeBlocking {
        try $0.execute("UPDATE conversations SET position = 9007199254740993")
      }
      try talk.rehearsal.say("/menu")
      #expect(try await talk.deliver().count >= 2)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [
    String(repeating: "a", count: 4_096), String(repeating: "<", count: 4_096),
    String(repeating: "😀", count: 2_048), "Tom & Jerry <b>not bold</b> &amp; \"quoted\"\u{1}",
    "سلام **دنیا** this is English\nHello سلام\n<script>alert(1)</script>",
  ])
  func `whatever is said, people see just that`(_ text: String) async throws {
    try await BotAPIStandin.with { standin in
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: Reply(text), language: "fa")
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      let shown = standin.messages(in: Self.chat).first?.text
        .replacing(#/</?(b|i|code)>/#, with: "")
        .replacing(#/[\u{200F}\u{2066}\u{2069}]/#, with: "")
        .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
      #expect(shown == Markup.plain(text))
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `more than a message holds is parted, in order`() async throws {
    try await BotAPIStandin.with { standin in
      let words = (1...2_000).map { "word\($0)" }.joined(separator: " ")
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply(words))
      #expect(try await talk.deliver().count > 2)
      let sent = standin.messages(in: Self.chat).map(\.text).joined(separator: " ")
      #expect(sent.split(separator: " ").joined(separator: " ") == words)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [
    (
      "fa", "Hello یعنی سلام\nسلام means hello\nplain English\n**Bold** و",
      [true, false, false, true]
    ),
    ("en", "Hello یعنی سلام", [false]),
  ])
  func `lines of mixed scripts keep the direction of the conversation`(
    _ language: String, _ text: String, _ marked: [Bool]
  ) async throws {
    try await BotAPIStandin.with { standin in
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: Reply(text), language: language)
      _ = try await talk.deliver()
      let lines = standin.calls.first?.text?.split(separator: "\n") ?? []
      #expect(lines.map { $0.unicodeScalars.first == "\u{200F}" } == marked)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a press is acknowledged and its message loses the buttons`() async throws {
    try await BotAPIStandin.with { standin in
      let reply = Reply("Tea?", choices: [Choice("yes", "Yes <3")])
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      _ = try await talk.deliver()
      try talk.rehearsal.send(.choice(.init(token: "2:yes", queryID: "77")))
      let outcomes = try await talk.deliver()
      #expect(outcomes.count == 3)
      #expect(
        standin.calls.map(\.method).sorted() == [
          "answerCallbackQuery", "editMessageText", "sendMessage", "sendMessage",
        ])
      #expect(
        standin.calls(of: "answerCallbackQuery").first?.parameters["callback_query_id"] == "77")
      let settled = try #require(standin.messages(in: Self.chat).first)
      #expect(settled.text == "Tea?\n\n✓ <b>Yes &lt;3</b>")
      #expect(settled.replyMarkup == nil)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a full message loses its buttons without gaining the mark`() async throws {
    try await BotAPIStandin.with { standin in
      let text = String(repeating: "a", count: 4_096)
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: Reply(text, choices: [Choice("y", "Yes")]))
      _ = try await talk.deliver()
      try talk.rehearsal.send(.choice(.init(token: "2:y", queryID: "77")))
      _ = try await talk.deliver()
      let settled = try #require(standin.messages(in: Self.chat).first)
      #expect(settled.text == text)
      #expect(settled.replyMarkup == nil)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `people see that we are at work`() async throws {
    try await BotAPIStandin.with { standin in
      let port = TestTelegram.port(standin.url)
      await port.signalActivity(String(Self.chat), .typing)
      #expect(standin.calls.first?.parameters["action"] == "typing")
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `an empty message is refused before it is sent`() async throws {
    try await BotAPIStandin.with { standin in
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply(" \n"))
      guard case .refused = try await talk.deliver().first else {
        Issue.record("not refused")
        return
      }
      #expect(standin.calls.isEmpty)
    }
  }
}
