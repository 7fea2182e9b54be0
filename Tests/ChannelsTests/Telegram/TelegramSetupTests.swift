import Channels
import Conversation
import Logging
import Standins
import Testing

struct TelegramSetupTests {
  private static let commands: [LanguageCode: [TelegramSetup.Command]] = [
    .english: [.init(name: "menu", description: "Show the menu")],
    .persian: [.init(name: "menu", description: "نمایش فهرست")],
  ]

  @Test func `Telegram is told where to send, with a secret, and what to suggest`() async throws {
    try await BotAPIStandin.with { standin in
      let memory = LogMemory()
      await setup(standin, Waits(), memory).run()
      let webhook = try #require(standin.calls(of: "setWebhook").first)
      #expect(standin.webhookURL == "https://example.org/gateway/webhook/telegram")
      #expect(webhook.parameters["secret_token"] == "s3cret")
      #expect(webhook.parameters["max_connections"]?.integer == 40)
      #expect(
        webhook.parameters["allowed_updates"]?.items.compactMap(\.string).contains(
          "message_reaction") == true)
      let languages = standin.calls(of: "setMyCommands").map { $0.parameters["language_code"] }
      #expect(languages == [nil, "fa"])
      #expect(standin.violations.isEmpty)
      #expect(memory.lines.isEmpty)
    }
  }

  @Test func `what fails is tried again, what is refused for good is told and passed over`()
    async throws
  {
    try await BotAPIStandin.with { standin in
      let memory = LogMemory()
      let waits = Waits()
      standin.script(.serverError, method: "setWebhook", times: 2)
      standin.script(.closeBefore, method: "setMyCommands")
      standin.script(.badRequest("BOT_COMMAND_INVALID"), method: "setMyCommands")
      await setup(standin, waits, memory).run()
      #expect(standin.calls(of: "setWebhook").count == 3)
      #expect(standin.calls(of: "setMyCommands").count == 3)
      #expect(waits.delaysMs.count == 3)
      #expect(memory.lines.contains { $0.hasPrefix("error") })
      #expect(!memory.lines.contains { $0.contains("s3cret") })
    }
  }

  private func setup(
    _ standin: BotAPIStandin, _ waits: Waits, _ memory: LogMemory
  ) -> TelegramSetup {
    TelegramSetup(
      client: TestTelegram.client(standin.url),
      webhook: .init(publicURL: "https://example.org/", secret: "s3cret"),
      commands: Self.commands, retry: waits.retry, logger: memory.logger)
  }
}
