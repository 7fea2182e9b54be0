import Conversation
import Language
import Standins
import Storage
import Testing
import Transport

struct ModelChainTests {
  @Test(arguments: [
    ModelStandin.Conduct.status(500, body: ""), .status(429, body: ""), .silent, .page,
    .breaksOff(after: "I th"),
  ])
  func `when one provider fails the next one answers within the same deadline`(
    _ conduct: ModelStandin.Conduct
  ) async throws {
    let bad = try ModelStandin(.ollama, conduct)
    let good = try ModelStandin(.openAI, .answers(ModelStage.sound))
    let stage = try ModelStage([(.ollama, bad), (.openAI, good)])
    let answer = try await stage.chain.complete(stage.request(deadlineMs: 4_000))
    #expect(answer.provider == "openai")
    #expect(good.violations + bad.violations == [])
    #expect(try stage.outcomes.last == "openai:answered")
    await stage.stop()
  }

  @Test func `a provider that is not there does not keep the next from answering`() async throws {
    let gone = try ModelStandin(.ollama, .silent)
    gone.stop()
    let good = try ModelStandin(.openAI, .answers("Hello there."))
    let stage = try ModelStage([(.ollama, gone), (.openAI, good)])
    let answer = try await stage.chain.complete(stage.request(deadlineMs: 3_000, schema: nil))
    #expect(answer.text == "Hello there.")
    await stage.stop()
  }

  @Test func `without a provider nothing is asked`() async throws {
    let stage = try ModelStage([])
    #expect(await stage.chain.outcome(stage.request()) == .failure(.notConfigured))
    await stage.stop()
  }

  @Test func `without consent nothing is sent`() async throws {
    let standin = try ModelStandin(.ollama, .answers("Hello."))
    let stage = try ModelStage([(.ollama, standin)], hasConsent: false)
    #expect(await stage.chain.outcome(stage.request()) == .failure(.withheld))
    #expect(standin.requests.isEmpty)
    #expect(try stage.outcomes == [])
    await stage.stop()
  }

  @Test func `a consent withdrawn on another address counts, and one given again`() async throws {
    let standin = try ModelStandin(.ollama, .answers("Hello."))
    let stage = try ModelStage([(.ollama, standin)])
    let other = ID<ConversationRecord>("c-other")
    func say(_ state: Consent.State, _ conversation: ID<ConversationRecord>, _ afterMs: Int64)
      throws
    {
      let at = stage.now.adding(milliseconds: afterMs)
      try stage.database.writeBlocking {
        try Consent.record(
          .model, state, of: conversation, by: Consent.Evidence(.setting), at: at, in: $0)
      }
    }
    let start = stage.now
    try stage.database.writeBlocking {
      try ModelStage.add(other, of: ModelStage.person, on: "telegram", at: start, $0)
    }
    try say(.withdrawn, other, 1)
    #expect(await stage.chain.outcome(stage.request(schema: nil)) == .failure(.withheld))
    try say(.granted, ID("c-p-1"), 2)
    #expect(try await stage.chain.complete(stage.request(schema: nil)).text == "Hello.")
    await stage.stop()
  }

  @Test func `who has used up the day's tokens waits until it ends`() async throws {
    let standin = try ModelStandin(.openAI, .answers("Hello."))
    let budget = ModelBudget(tokensPerPersonDaily: 170, tokensDaily: 1_000, centsDaily: nil)
    let stage = try ModelStage([(.openAI, standin)], budget: budget)
    // What is set aside is given back: 38 tokens a call were used, not the more than 100 reserved.
    for _ in 0..<2 { _ = try await stage.chain.complete(stage.request(schema: nil)) }
    let used = try stage.texts("SELECT CAST(tokens AS TEXT) AS value FROM model_person_days")
    #expect(used == ["76"])
    let midnight = Timestamp(milliseconds: (stage.now.milliseconds / 86_400_000 + 1) * 86_400_000)
    let outcome = await stage.chain.outcome(stage.request(schema: nil))
    #expect(outcome == .failure(.overBudget(until: midnight)))
    #expect(standin.requests.count == 2)
    await stage.stop()
  }

  @Test func `everybody's tokens have a limit, too`() async throws {
    let standin = try ModelStandin(.openAI, .answers("Hello."))
    let budget = ModelBudget(tokensPerPersonDaily: 100_000, tokensDaily: 50, centsDaily: nil)
    let stage = try ModelStage([(.openAI, standin)], budget: budget)
    guard case .failure(.overBudget) = await stage.chain.outcome(stage.request(person: nil)) else {
      Issue.record("the budget was not kept")
      return
    }
    await stage.stop()
  }

  @Test func `when the money is spent a model free of charge is still asked`() async throws {
    let dear = try ModelStandin(.openAI, .answers("Hello."))
    let free = try ModelStandin(.ollama, .answers("Hi."))
    let stage = try ModelStage(
      [(.openAI, dear), (.ollama, free)],
      budget: ModelBudget(tokensPerPersonDaily: 100_000, tokensDaily: 100_000, centsDaily: 0),
      price: TokenPrice(promptCentsPerMillion: 15, answerCentsPerMillion: 60))
    #expect(try await stage.chain.complete(stage.request(schema: nil)).provider == "ollama")
    #expect(dear.requests.isEmpty)
    await stage.stop()
  }

  @Test func `a structure the server does not know is asked for more simply, and that is kept`()
    async throws
  {
    let refusal = #"{"error":{"message":"response_format json_schema is not supported"}}"#
    let standin = try ModelStandin(
      .openAI, .status(400, body: refusal), .answers(ModelStage.sound))
    let stage = try ModelStage([(.openAI, standin)])
    _ = try await stage.chain.complete(stage.request())
    _ = try await stage.chain.complete(stage.request())
    let formats = standin.requests.map { $0["response_format"]?["type"]?.string }
    #expect(formats == ["json_schema", "json_object", "json_object"])
    #expect(standin.heads.allSatisfy { $0.lowercased().contains("authorization: bearer sk-test") })
    #expect(standin.violations == [])
    await stage.stop()
  }

  @Test func `the log holds no word of what was said`() async throws {
    let standin = try ModelStandin(.ollama, .answers("A secret answer."))
    let stage = try ModelStage([(.ollama, standin)])
    _ = try await stage.chain.complete(stage.request(schema: nil, text: "A secret question."))
    let export = try stage.database.readBlocking {
      try ModelData.keeper.export(ModelStage.person, $0)
    }
    #expect(export.contains("\"outcome\":\"answered\""))
    #expect(!export.contains("secret"))
    await stage.stop()
  }
}
