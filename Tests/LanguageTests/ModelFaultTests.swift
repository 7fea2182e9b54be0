import Conversation
import Language
import Standins
import Storage
import Synchronization
import Testing

/// Whatever a provider does, a call ends in a valid answer or in the fault that fits.
struct ModelFaultTests {
  private static let wires = ModelStandin.Wire.allCases

  private func outcome(
    _ wire: ModelStandin.Wire, _ conduct: ModelStandin.Conduct, deadlineMs: Int64 = 10_000,
    schema: AnswerSchema? = nil
  ) async throws -> (Result<ModelAnswer, ModelFault>, logged: [String], violations: [String]) {
    let standin = try ModelStandin(wire, conduct)
    let stage = try ModelStage([(wire, standin)])
    let outcome = await stage.chain.outcome(stage.request(deadlineMs: deadlineMs, schema: schema))
    let logged = try stage.texts("SELECT outcome AS value FROM model_calls ORDER BY id")
    await stage.stop()
    return (outcome, logged, standin.violations)
  }

  @Test(arguments: wires)
  func `an answer cut anywhere is read whole`(_ wire: ModelStandin.Wire) async throws {
    let (outcome, logged, violations) = try await outcome(
      wire, .answers(ModelStage.sound), schema: ModelStage.structure)
    let answer = try outcome.get()
    #expect(answer.json?["reply"]?.text == "Grüße, سلام دوست من!")
    #expect(answer.promptTokens == 26)
    #expect(answer.answerTokens == 12)
    #expect(logged == ["answered"])
    #expect(violations == [])
  }

  @Test(arguments: wires)
  func `an answer without the last words, or without a stream, counts`(
    _ wire: ModelStandin.Wire
  ) async throws {
    #expect(
      try await outcome(wire, .answersWithoutDone("Well, hello.")).0.get().text == "Well, hello.")
    #expect(try await outcome(wire, .answersWhole("Well, hello.")).0.get().text == "Well, hello.")
  }

  @Test(arguments: wires)
  func `slow, silent, half and garbled are different faults`(
    _ wire: ModelStandin.Wire
  ) async throws {
    let silent = try await outcome(wire, .silent, deadlineMs: 150)
    #expect(silent.0 == .failure(.tookTooLong))
    #expect(silent.logged == ["silent"])
    let slow = try await outcome(wire, .stalls(after: "I think"), deadlineMs: 1_500)
    #expect(slow.0 == .failure(.tooSlow(partial: "I think")))
    #expect(slow.logged == ["slow"])
    let half = try await outcome(wire, .breaksOff(after: "I think"))
    #expect(half.0 == .failure(.interrupted(partial: "I think")))
    #expect(half.logged == ["half"])
    let fault = try await outcome(wire, .faults(after: "I think"))
    #expect(fault.0 == .failure(.interrupted(partial: "I think")))
    let garbled = try await outcome(wire, .garbled)
    #expect(garbled.logged == ["invalid"])
    #expect(isInvalid(garbled.0))
  }

  @Test(arguments: wires)
  func `pages, noise and answers without an end are refused`(
    _ wire: ModelStandin.Wire
  ) async throws {
    for conduct: ModelStandin.Conduct in [.page, .notHTTP, .endlessLine, .endlessAnswer] {
      let (outcome, logged, _) = try await outcome(wire, conduct)
      #expect(isInvalid(outcome), "\(conduct): \(outcome)")
      #expect(logged == ["invalid"])
    }
  }

  @Test(arguments: wires, [401, 404, 429, 500, 503])
  func `a refusal is told by its status`(_ wire: ModelStandin.Wire, _ status: Int) async throws {
    let (outcome, logged, _) = try await outcome(wire, .status(status, body: #"{"error":"no"}"#))
    #expect(outcome == .failure(.refused(status: status)))
    #expect(logged == ["refused"])
  }

  @Test(arguments: [
    "I would rather chat than fill in forms.", #"{"reply":"x"}"#,
    #"{"reply":"x","marks":[1,2,3,4]}"#, #"{"reply":"x","marks":["one"]}"#,
    #"{"reply":"x","marks":[],"mood":"angry"}"#, #"{"reply":"x","marks":[],"secret":"all"}"#,
    #"{"reply":"x","marks":[]} or {"reply":"y","marks":[]}"#, "<html><body>Sorry</body></html>",
    "[]",
  ])
  func `what has not the structure is asked for once more, with the reason, and then refused`(
    _ text: String
  ) async throws {
    let standin = try ModelStandin(.ollama, .answers(text))
    let stage = try ModelStage([(.ollama, standin)])
    let outcome = await stage.chain.outcome(stage.request())
    #expect(isInvalid(outcome))
    #expect(try stage.outcomes == ["ollama:invalid", "ollama:invalid"])
    #expect(standin.requests.count == 2)
    let messages = try #require(standin.requests.last?["messages"]).items
    #expect(messages.count == 4)
    #expect(messages.last?["content"]?.string?.contains("cannot be used") == true)
    #expect(standin.violations == [])
    await stage.stop()
  }

  @Test func `a second try of the right structure is the answer`() async throws {
    let standin = try ModelStandin(
      .openAI, .answers("Sure!"), .answers("Here it is:\n```json\n\(ModelStage.sound)\n```"))
    let stage = try ModelStage([(.openAI, standin)])
    let answer = try await stage.chain.complete(stage.request())
    #expect(answer.json?["marks"]?.array == [.integer(1), .integer(2)])
    #expect(try stage.outcomes == ["openai:invalid", "openai:answered"])
    await stage.stop()
  }

  @Test func `what grows is whole words of the first member`() async throws {
    let standin = try ModelStandin(.openAI, .answers(ModelStage.sound))
    let stage = try ModelStage([(.openAI, standin)])
    let shown = Mutex<[String]>([])
    _ = try await stage.chain.stream(stage.request()) { text in
      shown.withLock { $0.append(text) }
    }
    let texts = shown.withLock { $0 }
    #expect(texts.last == "Grüße, سلام دوست من!")
    let whole = ["Grüße,", "Grüße, سلام", "Grüße, سلام دوست", "Grüße, سلام دوست من!"]
    #expect(texts.allSatisfy { whole.contains($0) })
    await stage.stop()
  }

  private func isInvalid(_ outcome: Result<ModelAnswer, ModelFault>) -> Bool {
    if case .failure(.invalidAnswer) = outcome { true } else { false }
  }
}
