import Conversation
import Language
import Storage

/// Looks at any text: the built-in check at once, and then a model where there is one.
struct CheckFlow: Flow {
  static let name: FlowName = "check"
  static let waitingMax = 4
  private static let nextID = "next"
  private static let retryID = "retry"

  struct State: Codable, Sendable, Equatable {
    /// The text that is being looked at.
    var attempt: ID<PracticeAttempt>?
    var text: String?
    /// What came meanwhile, in its order.
    var waiting: [String] = []
    var isAnswered = false
  }

  let kit: PracticeKit

  var name: FlowName { Self.name }
  var version: Int { 1 }

  /// `argument` is the text, when it came with the command.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard let argument else { return try ask(State(), lead: nil, turn) }
    return try take(argument, State(), turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .finished(job: CheckOrder.kind, let result): return try finish(result, state, turn)
    case .failed(job: CheckOrder.kind): return try fail(state, turn)
    case .finished, .failed, .timer: return .wait(state)
    case .choice(Self.retryID):
      guard let text = state.text, state.attempt == nil else {
        return try ask(state, lead: nil, turn)
      }
      return try start(text, asksModel: false, State(), turn)
    case .choice: return try ask(State(), lead: nil, turn)
    case .text(let text):
      if turn.phrasebook.matches(TypedAnswer.normalise(text), word: "back") { return .finish }
      return try take(text, state, turn)
    case .attachment, .location, .contact, .unsupported:
      return try ask(state, lead: turn.phrase(CheckPhrase.textOnly), turn)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try ask(state, lead: nil, turn)
  }

  func takesMore(in state: State) -> Bool { true }

  private func ask(_ state: State, lead: String?, _ turn: Turn) throws -> Next<State> {
    let phrase: CheckPhrase =
      state.attempt != nil ? .working : state.isAnswered ? .another : .ask
    let text = [lead, turn.phrase(phrase)].compactMap(\.self).joined(separator: "\n\n")
    return try turn.ask(
      Reply(
        text, choices: [.command("menu", turn.phrase(PracticePhrase.menu))], acceptsText: true),
      then: state)
  }

  private func take(_ text: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    if let kind = SafetyPolicy.find(in: text) {
      try kit.safety.answer(kind, turn)
      return .wait(state)
    }
    guard text.contains(where: \.isLetter), LanguageOfText.isIn(.english, text) else {
      return try ask(state, lead: turn.phrase(CheckPhrase.englishOnly), turn)
    }
    guard state.attempt != nil else { return try start(text, asksModel: false, state, turn) }
    var state = state
    guard state.waiting.count < Self.waitingMax else {
      try turn.notify(Reply(turn.phrase(PracticePhrase.tooMuch)))
      return .wait(state)
    }
    if state.waiting.isEmpty { try turn.notify(Reply(turn.phrase(PracticePhrase.oneByOne))) }
    state.waiting.append(text)
    return .wait(state)
  }

  private func start(
    _ text: String, asksModel: Bool, _ state: State, _ turn: Turn
  ) throws -> Next<State> {
    var state = state
    let attempt: ID<PracticeAttempt> = turn.newID()
    state.attempt = attempt
    state.text = text
    let order = CheckOrder(
      attempt: attempt, text: text, learner: try kit.learner(turn), asksModel: asksModel)
    try turn.start(
      JobRequest(
        CheckOrder.kind, payload: PracticeJSON.text(order), uniqueKey: "check:\(attempt)",
        lateAfterMs: CheckOrder.lateAfterMs))
    return .wait(state)
  }

  // MARK: What comes back

  private func finish(_ result: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    guard let outcome = PracticeJSON.value(CheckOutcome.self, result) else {
      return state.attempt == nil ? .wait(state) : try fail(state, turn)
    }
    guard outcome.attempt == state.attempt else { return .wait(state) }
    var state = state
    state.attempt = nil
    state.isAnswered = true
    if outcome.asksModel {
      try say(modelText(outcome.advice, turn), state, turn)
      return try goOn(state, turn)
    }
    var parts = AdviceText.parts(outcome.advice, form: .written, namesSource: true, turn)
    if let level = outcome.level {
      parts.append(turn.phrase(CheckPhrase.level, ["level": .text(level.rawValue)]))
    }
    let words = PatternWords.of(state.text ?? "").count
    let points = words >= PracticePoints.wordsMin ? PracticePoints.checked : 0
    var attempt = PracticeAttempt(id: outcome.attempt, kind: .check)
    attempt.words = words
    attempt.corrections = outcome.advice.corrections.count
    let xp = try kit.reward(attempt, points: points, turn)
    if xp > 0 { parts.append(turn.phrase(PracticePhrase.xp, ["xp": .number(xp)])) }
    if let text = state.text, try kit.mayAskModel(turn) {
      parts.append(turn.phrase(CheckPhrase.moreComes))
      try turn.say(Reply(parts.joined(separator: "\n\n"), acceptsText: true))
      return try start(text, asksModel: true, state, turn)
    }
    try say(parts.joined(separator: "\n\n"), state, turn)
    return try goOn(state, turn)
  }

  private func modelText(_ advice: Advice, _ turn: Turn) -> String {
    switch advice.source {
    case .model:
      ([turn.phrase(CheckPhrase.more)]
        + AdviceText.parts(advice, form: .written, namesSource: false, turn))
        .joined(separator: "\n\n")
    case .basicOverBudget: turn.phrase(AdvicePhrase.basicOverBudget)
    case .basic, .basicInstead: turn.phrase(CheckPhrase.noMore)
    }
  }

  private func say(_ text: String, _ state: State, _ turn: Turn) throws {
    let choices =
      state.waiting.isEmpty
      ? [
        Choice(Self.nextID, turn.phrase(CheckPhrase.anotherButton)),
        .command("menu", turn.phrase(PracticePhrase.menu)),
      ] : []
    try turn.say(Reply(text, choices: choices, acceptsText: true))
  }

  private func goOn(_ state: State, _ turn: Turn) throws -> Next<State> {
    var state = state
    if !state.waiting.isEmpty {
      return try start(state.waiting.removeFirst(), asksModel: false, state, turn)
    }
    if try kit.shouldAskConsent(turn) {
      return .push(ModelConsentFlow.name, argument: nil, then: state)
    }
    return .wait(state)
  }

  private func fail(_ state: State, _ turn: Turn) throws -> Next<State> {
    var state = state
    state.attempt = nil
    try turn.say(
      Reply(
        turn.phrase(PracticePhrase.failed),
        choices: [
          Choice(Self.retryID, turn.phrase(PracticePhrase.tryAgain)),
          .command("menu", turn.phrase(PracticePhrase.menu)),
        ], acceptsText: true))
    return .wait(state)
  }
}

enum CheckPhrase: String, Phrase {
  case another = "check.another"
  case anotherButton = "check.another_button"
  case ask = "check.ask"
  case englishOnly = "check.english_only"
  case level = "check.level"
  case more = "check.more"
  case moreComes = "check.more_comes"
  case noMore = "check.no_more"
  case textOnly = "check.text_only"
  case working = "check.working"

  static let buttons: [CheckPhrase] = [.anotherButton]
}
