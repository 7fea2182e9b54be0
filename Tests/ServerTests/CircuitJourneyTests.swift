import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct CircuitJourneyTests {
  private static let people = 15
  /// More than fail before the circuit opens, and than the trials after that.
  private static let learners = 30

  private func hello(from number: Int, _ text: String = "hello", update: Int = 0) -> String {
    """
    {"update_id":\(update + number),"message":{"message_id":\(update + number),
    "date":1760000000,"text":"\(text)",
    "chat":{"id":\(number),"type":"private","first_name":"Sara"},
    "from":{"id":\(number),"is_bot":false,"first_name":"Sara","language_code":"en"}}}
    """
  }

  private func circuit(
    _ running: RunningProgram, of provider: String = "telegram"
  ) async throws -> String? {
    try await running.get("/health").json()["data"]?["circuits"]?[provider]?.string
  }

  @Test func `a provider that is down is left alone for a while, and nobody's answer is lost`()
    async throws
  {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        try await bot.call(of: "setWebhook")
        #expect(try await circuit(running) == "closed")
        bot.script(.serverError, method: "sendMessage", times: 1_000)
        for number in 1...Self.people {
          #expect(try await running.postUpdate(hello(from: number)).status == 200)
        }
        while try await circuit(running) == "closed" {}
        bot.removeScripts()
        for number in 1...Self.people {
          try await bot.call(of: "sendMessage") {
            $0.chat == Int64(number) && $0.treatment == .done
          }
        }
        #expect(try await circuit(running) == "closed")
      }
    }
  }

  @Test func `a model that is down is left alone for a while, and everybody's text is looked at`()
    async throws
  {
    let home = try TemporaryHome()
    let model = try ModelStandin(.ollama, .status(503, body: "busy"))
    defer { model.stop() }
    let settings = ["OLLAMA_HOST": model.url, "OLLAMA_MODEL": "llama3.2"]
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot, settings: settings) { running in
        let texts = ["/menu", "/model", "yes", "/check It is becuase of rain"]
        for (place, text) in texts.enumerated() {
          for number in 1...Self.learners {
            let update = hello(from: number, text, update: place * Self.learners)
            #expect(try await running.postUpdate(update).status == 200)
          }
        }
        for number in 1...Self.learners {
          for part in ["because", "no useful answer"] {
            try await bot.call(of: "sendMessage") {
              $0.chat == Int64(number) && $0.parameters["text"]?.string?.contains(part) == true
            }
          }
        }
        #expect((10..<Self.learners).contains(model.requests.count))
        #expect(try await circuit(running, of: "ollama") != "closed")
      }
    }
  }
}
