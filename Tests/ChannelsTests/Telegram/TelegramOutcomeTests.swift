import Channels
import Conversation
import Logging
import Rehearsal
import Standins
import Testing
import Transport

struct TelegramOutcomeTests {
  @Test(arguments: [
    (
      400, "Bad Request: message is not modified: it is the same",
      SendOutcome.accepted(providerID: nil)
    ),
    (400, "Bad Request: query is too old and response timeout expired", .accepted(providerID: nil)),
    (400, "Bad Request: chat not found", .refused(reason: "400 chat not found")),
    (
      400, "Bad Request: can't parse entities: Unsupported start tag \"Maryam\" at byte offset 1",
      .refused(reason: "400 can't parse entities")
    ),
    (400, "Bad Request: BUTTON_DATA_INVALID", .refused(reason: "400 button_data_invalid")),
    (400, "Bad Request: something new about Maryam", .refused(reason: "400")),
    (401, "Unauthorized", .holdChannel(delayMs: 60_000)),
    (404, "Not Found", .holdChannel(delayMs: 60_000)),
    (
      403, "Forbidden: bot was blocked by the user",
      .unreachablePerson(reason: "403 bot was blocked by the user")
    ),
    (
      403, "Forbidden: user is deactivated",
      .unreachablePerson(reason: "403 user is deactivated")
    ),
    (
      409, "Conflict: terminated by other getUpdates request",
      .failed(reason: "409 terminated by other getupdates request")
    ),
    (413, "Request Entity Too Large", .refused(reason: "413")),
    (429, "Too Many Requests", .holdChat(delayMs: 5_000)),
    (500, "Internal Server Error", .failed(reason: "500")),
    (502, "Bad Gateway", .failed(reason: "502")),
  ])
  func `a refusal tells what to do, and nothing of what was said`(
    _ status: Int, _ description: String, _ expected: SendOutcome
  ) async throws {
    try await BotAPIStandin.with { standin in
      standin.script(
        .refuse(status: status, description: description, parameters: nil),
        method: "sendMessage")
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply("Maryam"))
      #expect(try await talk.deliver().first == expected)
    }
  }

  @Test func `retry_after is obeyed to the second, within reason`() async throws {
    try await BotAPIStandin.with { standin in
      let expected: [Int64: Int64] = [3: 3_000, .max: 86_400_000, -5: 1_000]
      for (seconds, delayMs) in expected {
        standin.script(.tooManyRequests(retryAfterSeconds: seconds))
        let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply("Hi"))
        #expect(try await talk.deliver() == [.holdChat(delayMs: delayMs)])
      }
    }
  }

  @Test func `when a third chat is told to wait the whole bot does`() async throws {
    try await BotAPIStandin.with { standin in
      standin.script(.tooManyRequests(retryAfterSeconds: 9), times: 4)
      let port = TestTelegram.port(standin.url)
      var outcomes: [SendOutcome] = []
      for chat in [1, 2, 2, 3] as [Int64] {
        outcomes += try await TelegramTalk(port, saying: Reply("Hi"), chat: chat).deliver()
      }
      #expect(
        outcomes == [
          .holdChat(delayMs: 9_000), .holdChat(delayMs: 9_000), .holdChat(delayMs: 9_000),
          .holdChannel(delayMs: 9_000),
        ])
    }
  }

  @Test func `a chat that has moved is written to where it is now`() async throws {
    try await BotAPIStandin.with { standin in
      standin.script(
        .refuse(
          status: 400,
          description: "Bad Request: group chat was upgraded to a supergroup chat",
          parameters: ["migrate_to_chat_id": 77]))
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      #expect(standin.calls.map(\.chat) == [TelegramTalk.chat, 77])
    }
  }

  @Test func `what may have arrived is unknown, what cannot have is tried again`() async throws {
    try await BotAPIStandin.with { standin in
      for answer in [ScriptedAnswer.closeAfter, .garbage] {
        standin.script(answer)
        let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: Reply("Hi"))
        guard case .unknown = try await talk.deliver().first else {
          Issue.record("\(answer) was not unknown")
          continue
        }
      }
    }
    // Port 1 of this machine has no listener.
    let talk = try TelegramTalk(TestTelegram.port("http://127.0.0.1:1"), saying: Reply("Hi"))
    guard case .failed(let reason) = try await talk.deliver().first else {
      Issue.record("not failed")
      return
    }
    #expect(!reason.contains(BotAPIStandin.token))
  }

  @Test func `the token is never shown`() async throws {
    let memory = LogMemory()
    let token = TelegramToken(BotAPIStandin.token)
    #expect(!"\(token)".contains(BotAPIStandin.token))
    #expect(!String(reflecting: token).contains(BotAPIStandin.token))
    #expect(!"\(TestTelegram.client("http://127.0.0.1:1"))".contains(BotAPIStandin.token))
    try await BotAPIStandin.with { standin in
      standin.script(.refuse(status: 401, description: "Unauthorized", parameters: nil))
      let port = TestTelegram.port(standin.url, logger: memory.logger)
      _ = try await TelegramTalk(port, saying: Reply("Hi")).deliver()
    }
    #expect(memory.lines.contains { $0.hasPrefix("error") })
    #expect(!memory.lines.contains { $0.contains(BotAPIStandin.token) })
  }
}
