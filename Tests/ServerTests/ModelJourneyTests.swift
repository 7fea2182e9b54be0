import Server
import Standins
import Testing
import Transport

/// A text sent to `/check`, from the webhook to what a model adds to it, by the whole program.
@Suite(.timeLimit(.minutes(3)))
struct ModelJourneyTests {
  private static let advice = """
    {"praise":"You said clearly when it was.","corrections":[{"said":"I go to cinema",\
    "right":"I went to the cinema","reason":"It was yesterday."},{"said":"never said",\
    "right":"not said","reason":"This was invented."}],\
    "better":"Yesterday I went to the cinema because it rained.",\
    "next_step":"Write one sentence about this morning."}
    """

  private func check(
    _ conduct: ModelStandin.Conduct, _ body: (BotAPIStandin, ModelStandin) async throws -> Void
  ) async throws {
    let home = try TemporaryHome()
    let model = try ModelStandin(.ollama, conduct)
    defer { model.stop() }
    let settings = ["OLLAMA_HOST": model.url, "OLLAMA_MODEL": "llama3.2"]
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot, settings: settings) { running in
        let texts = [
          "/menu", "/model", "yes", "/check Yesterday I go to cinema becuase it rained",
        ]
        for (number, text) in texts.enumerated() {
          let update = TelegramJourneyTests.update(number + 1, text: text)
          #expect(try await running.postUpdate(update).status == 200)
        }
        let basic = try await said("basic check", to: bot)
        #expect(basic.contains("because"))
        try await body(bot, model)
        #expect(bot.violations.isEmpty)
      }
    }
  }

  private func said(_ part: String, to bot: BotAPIStandin) async throws -> String {
    let call = try await bot.call(of: "sendMessage") {
      $0.parameters["text"]?.string?.contains(part) == true
    }
    return call.parameters["text"]?.string ?? ""
  }

  @Test func `what a model adds is shown, but for what the learner never said`() async throws {
    try await check(.answers(Self.advice)) { bot, model in
      let more = try await said("More from the language model", to: bot)
      #expect(more.contains("I went to the cinema"))
      #expect(more.contains("It was yesterday."))
      #expect(!more.contains("never said"))
      #expect(model.violations.isEmpty)
    }
  }

  @Test(arguments: [
    ModelStandin.Conduct.answers("That is lovely English, well done!"), .page, .garbled,
    .breaksOff(after: #"{"praise":"Yo"#), .status(500, body: "down"),
    .answers(#"{"praise":"<b>Hi</b>","corrections":[],"better":"","next_step":""}"#),
  ])
  func `a model that is no use leaves the basic check, and that is said`(
    conduct: ModelStandin.Conduct
  ) async throws {
    try await check(conduct) { bot, _ in
      _ = try await said("no useful answer in time", to: bot)
    }
  }
}
