import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct CircuitJourneyTests {
  private static let people = 15

  private func hello(from number: Int) -> String {
    """
    {"update_id":\(number),"message":{"message_id":\(number),"date":1760000000,"text":"hello",
    "chat":{"id":\(number),"type":"private","first_name":"Sara"},
    "from":{"id":\(number),"is_bot":false,"first_name":"Sara","language_code":"en"}}}
    """
  }

  private func circuit(_ running: RunningProgram) async throws -> String? {
    try await running.get("/health").json()["data"]?["circuits"]?["telegram"]?.string
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
}
