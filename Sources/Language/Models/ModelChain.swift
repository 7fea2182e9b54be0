import Transport

/// Several providers in order, as one model: the next is asked when one fails; consent and budget
/// are asked for before each call; an answer of the wrong structure is asked for once more.
package struct ModelChain: LanguageModel {
  private static let triesMax = 2
  /// Of a useless answer, shown to the model that gave it.
  private static let uselessLengthMax = 4_000

  package let providers: [any ModelProvider]
  private let ledger: ModelLedger
  private let pulse: ModelPulse

  package init(_ providers: [any ModelProvider], ledger: ModelLedger) {
    self.providers = providers
    self.ledger = ledger
    pulse = ModelPulse()
  }

  /// How long the last call to a provider took, and how it ended; nil before the first.
  package func lastCall(of provider: any ModelProvider) -> ModelPulse.Call? {
    pulse[provider.client.name]
  }

  package func complete(_ request: ModelRequest) async throws(ModelFault) -> ModelAnswer {
    try await stream(request) { _ in }
  }

  package func stream(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ModelAnswer {
    let deadline = ContinuousClock.now + .milliseconds(request.deadlineMs)
    var fault = ModelFault.notConfigured
    for (index, provider) in providers.enumerated() {
      guard ModelCall.milliseconds(until: deadline) > 0 else { break }
      let until = Self.share(of: deadline, providersLeft: providers.count - index)
      do throws(ModelFault) {
        return try await ask(provider, request, until: until, onText)
      } catch {
        fault = error
        guard Self.mayAskNext(after: error) else { break }
      }
    }
    throw fault
  }

  /// One who is silent must leave time for the next: three fifths of what is left.
  private static func share(
    of deadline: ContinuousClock.Instant, providersLeft: Int
  ) -> ContinuousClock.Instant {
    guard providersLeft > 1 else { return deadline }
    return .now + .milliseconds(ModelCall.milliseconds(until: deadline) * 3 / 5)
  }

  private static func mayAskNext(after fault: ModelFault) -> Bool {
    switch fault {
    case .withheld, .cancelled: false
    // The next may be free of charge; tokens are refused there just the same.
    case .overBudget, .notConfigured, .refused, .unreachable, .tookTooLong, .tooSlow,
      .invalidAnswer, .interrupted:
      true
    }
  }

  private func ask(
    _ provider: any ModelProvider, _ request: ModelRequest, until: ContinuousClock.Instant,
    _ onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ModelAnswer {
    var question = ModelQuestion(
      messages: request.messages, tokensMax: request.tokensMax, schema: request.schema,
      temperature: request.temperature, deadline: until)
    var fault = ModelFault.tookTooLong
    for _ in 0..<Self.triesMax {
      let useless: String
      switch try await call(provider, question, request, onText) {
      case .good(let answer): return answer
      case .useless(let text, let reason):
        useless = text
        fault = .invalidAnswer(reason: reason)
        guard request.schema != nil, ModelCall.milliseconds(until: until) > 0 else { throw fault }
        question.messages += Self.objection(to: useless, because: reason)
      }
    }
    throw fault
  }

  private static func objection(to answer: String, because reason: String) -> [ModelMessage] {
    [
      ModelMessage(role: .assistant, text: String(answer.prefix(uselessLengthMax))),
      ModelMessage(
        role: .user,
        text: "That answer cannot be used: \(reason). Answer again, to the same task, with one"
          + " JSON object of the structure given and nothing else."),
    ]
  }

  private enum Result {
    case good(ModelAnswer)
    case useless(String, reason: String)
  }

  /// One call: allowed, made, checked, written down.
  private func call(
    _ provider: any ModelProvider, _ question: ModelQuestion, _ request: ModelRequest,
    _ onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> Result {
    let prompt = question.promptTokensEstimate
    let reservation = try await ledger.admit(
      request.person, tokens: prompt + request.tokensMax,
      cost: provider.price.cost(promptTokens: prompt, answerTokens: request.tokensMax))
    let started = ContinuousClock.now
    let note = CallNote(provider: provider, task: request.task, started: started)
    do throws(ModelFault) {
      let raw = try await provider.answer(question) { text in
        let shown = Self.shown(text, hasSchema: request.schema != nil)
        if !shown.isEmpty { await onText(shown) }
      }
      let promptTokens = raw.promptTokens ?? prompt
      let answerTokens = raw.answerTokens ?? TokenEstimate.tokens(in: raw.text)
      let result = Self.checked(raw.text, request.schema)
      await end(reservation, note, promptTokens, answerTokens, result.fault)
      switch result {
      case .sound(let text, let json):
        return .good(
          ModelAnswer(
            text: text, json: json, provider: provider.client.name, model: provider.model,
            promptTokens: promptTokens, answerTokens: answerTokens))
      case .unsound(let reason): return .useless(raw.text, reason: reason)
      }
    } catch {
      let (promptTokens, answerTokens) = Self.tokens(of: error, prompt: prompt)
      await end(reservation, note, promptTokens, answerTokens, error)
      throw error
    }
  }

  private static func shown(_ text: String, hasSchema: Bool) -> String {
    let spoken = AnswerText.spoken(text)
    return GrowingText.wholeWords(hasSchema ? GrowingText.firstMember(of: spoken) : String(spoken))
  }
}

extension ModelChain {
  private struct CallNote {
    let provider: any ModelProvider
    let task: ModelTask
    let started: ContinuousClock.Instant
  }

  private enum Checked {
    case sound(String, JSON?)
    case unsound(reason: String)

    var fault: ModelFault? {
      switch self {
      case .sound: nil
      case .unsound(let reason): .invalidAnswer(reason: reason)
      }
    }
  }

  private static func checked(_ raw: String, _ schema: AnswerSchema?) -> Checked {
    var text = AnswerText.spoken(raw)
    while text.last?.isWhitespace == true { text.removeLast() }
    guard !text.isEmpty else { return .unsound(reason: "it is empty") }
    guard !AnswerText.isPage(text) else { return .unsound(reason: "it is a page") }
    guard let schema else { return .sound(String(text), nil) }
    do throws(JSONReader.Fault) {
      let json = try AnswerText.object(in: String(text))
      if let fault = schema.fault(in: json) { return .unsound(reason: fault) }
      return .sound(String(text), json)
    } catch { return .unsound(reason: error.reason) }
  }

  /// What a failed call has used up, as far as can be told.
  private static func tokens(of fault: ModelFault, prompt: Int) -> (prompt: Int, answer: Int) {
    switch fault {
    case .tooSlow(let partial), .interrupted(let partial):
      (prompt, TokenEstimate.tokens(in: partial))
    case .tookTooLong, .invalidAnswer, .cancelled: (prompt, 0)
    case .notConfigured, .withheld, .overBudget, .refused, .unreachable: (0, 0)
    }
  }

  private func end(
    _ reservation: ModelLedger.Reservation, _ note: CallNote, _ promptTokens: Int,
    _ answerTokens: Int, _ fault: ModelFault?
  ) async {
    let outcome = fault.map(ModelOutcome.init) ?? .answered
    let ms = -ModelCall.milliseconds(until: note.started)
    pulse.note(
      note.provider.client.name, ModelPulse.Call(ms: ms, outcome: outcome.rawValue))
    await ledger.settle(
      reservation,
      ModelLedger.Ending(
        task: note.task, provider: note.provider.client.name, model: note.provider.model,
        promptTokens: promptTokens, answerTokens: answerTokens,
        cost: note.provider.price.cost(promptTokens: promptTokens, answerTokens: answerTokens),
        ms: ms, outcome: outcome))
  }
}
