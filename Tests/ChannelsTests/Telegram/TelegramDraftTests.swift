import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TelegramDraftTests {
  private final class Clock: Sendable {
    private let now = Mutex(Rehearsal.start)
    var time: TimeSource { TimeSource { self.now.withLock { $0 } } }
    func advance(_ milliseconds: Int64) {
      now.withLock { $0 = $0.adding(milliseconds: milliseconds) }
    }
  }

  private let clock = Clock()

  private func drafts(_ standin: BotAPIStandin) -> TelegramDrafts {
    TelegramDrafts(client: TestTelegram.client(standin.url), time: clock.time)
  }

  @Test func `an answer grows about once a second, as its person may read it`() async throws {
    try await BotAPIStandin.with { standin in
      let drafts = drafts(standin)
      for text in ["**I**", "**I** heard", "**I** heard you"] {
        await drafts.show(text, to: "42", language: .english)
      }
      clock.advance(1_000)
      await drafts.show("**I** heard you & me", to: "42", language: .english)
      let calls = standin.calls(of: "sendMessageDraft")
      #expect(calls.map(\.text) == ["<b>I</b>", "<b>I</b> heard you &amp; me"])
      #expect(calls.allSatisfy { $0.parameters["draft_id"] == 1 })
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a refusal to hurry is kept for every chat`() async throws {
    try await BotAPIStandin.with { standin in
      let drafts = drafts(standin)
      standin.script(
        .refuse(
          status: 429, description: "Too Many Requests: retry after 7",
          parameters: ["retry_after": 7]),
        method: "sendMessageDraft")
      await drafts.show("one", to: "42", language: .english)
      clock.advance(6_999)
      await drafts.show("two", to: "43", language: .english)
      #expect(standin.calls.count == 1)
      clock.advance(1)
      await drafts.show("three", to: "43", language: .english)
      #expect(standin.calls.count == 2)
    }
  }

  @Test func `one who has blocked the bot stops nobody else's drafts`() async throws {
    try await BotAPIStandin.with { standin in
      let drafts = drafts(standin)
      standin.script(
        .refuse(
          status: 403, description: "Forbidden: bot was blocked by the user", parameters: nil),
        chat: 42)
      await drafts.show("one", to: "42", language: .english)
      clock.advance(1_000)
      await drafts.show("two", to: "42", language: .english)
      await drafts.show("three", to: "43", language: .english)
      #expect(standin.calls.map(\.text) == ["one", "three"])
    }
  }

  @Test func `where there are no drafts nobody is asked again for a while`() async throws {
    try await BotAPIStandin.with { standin in
      let drafts = drafts(standin)
      standin.script(
        .refuse(status: 404, description: "Not Found: method not found", parameters: nil))
      await drafts.show("one", to: "42", language: .english)
      clock.advance(500_000)
      await drafts.show("two", to: "43", language: .english)
      #expect(standin.calls.count == 1)
    }
  }

  @Test(arguments: [("-42", "text"), ("x", "text"), ("42", " "), ("42", "")])
  func `a group, nobody and nothing get no draft`(chat: String, text: String) async throws {
    try await BotAPIStandin.with { standin in
      await drafts(standin).show(text, to: chat, language: .english)
      await drafts(standin).show(
        String(repeating: "a", count: 4_097), to: "42", language: .english)
      #expect(standin.calls.isEmpty)
    }
  }

  @Test func `a voice on its way is shown as one`() async throws {
    try await BotAPIStandin.with { standin in
      await TestTelegram.port(standin.url).signalActivity("42", .recordingVoice)
      #expect(standin.calls.first?.parameters["action"] == "record_voice")
      #expect(standin.violations.isEmpty)
    }
  }
}
