import Conversation
import Language
import Speech
import Storage

/// Practising aloud: somebody speaks about a question or reads a text, and hears what came across,
/// what was good and what to say otherwise. `/practice` begins with a question where free speech is
/// understood, `/read` always with a sentence.
struct VoiceFlow: Flow {
  static let practiceName: FlowName = "practice"
  static let readName: FlowName = "read"
  /// Longer recordings are not listened to.
  static let secondsMax = 180

  private static let againID = "again"
  private static let nextID = "next"
  private static let questionID = "question"
  private static let retryID = "retry"
  private static let sentenceID = "sentence"
  private static let textID = "text"
  private static let backID = "back"

  let name: FlowName
  let kit: PracticeKit

  var version: Int { 1 }
  var reads: Set<ReadableKind> { [.voice, .attachment] }

  /// `argument` is a recording that came while something else was open, as JSON.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<VoiceState> {
    guard let argument, let file = PracticeJSON.value(Content.Attachment.self, argument) else {
      return try pose(firstTask(after: VoiceState(.free), turn), turn)
    }
    var state = VoiceState(.free)
    state.isDigression = turn.openFlows.count > 1
    return try take(.voice(file), state, turn)
  }

  func receive(_ input: Input, in state: VoiceState, _ turn: Turn) throws -> Next<VoiceState> {
    switch input {
    case .finished(job: VoiceOrder.kind, let result): return try finish(result, state, turn)
    case .failed(job: VoiceOrder.kind): return try fail(state, turn)
    case .finished, .failed, .timer: return .wait(state)
    case .choice(let id): return try choose(id, state, turn)
    case .text(let text): return try read(text, state, turn)
    case .attachment(let file) where file.isSpoken: return try take(.voice(file), state, turn)
    case .attachment, .location, .contact, .unsupported:
      return try ask(state, lead: turn.phrase(PracticePhrase.wrongKind), turn)
    }
  }

  func resume(in state: VoiceState, _ turn: Turn) throws -> Next<VoiceState> {
    guard let held = state.held else { return try ask(state, lead: nil, turn) }
    var state = state
    state.held = nil
    return try start(held, state, turn)
  }

  func takesMore(in state: VoiceState) -> Bool { state.isBusy }

  // MARK: What to say or read

  private func firstTask(after state: VoiceState, _ turn: Turn) throws -> VoiceState {
    try name == Self.practiceName && kit.recognises(turn)
      ? try question(after: state, turn) : try item(.sentence, after: state, turn)
  }

  private func nextTask(after state: VoiceState, _ turn: Turn) throws -> VoiceState {
    switch state.task {
    case .item(let id):
      return try item(kit.content.readings[id]?.kind ?? .sentence, after: state, turn)
    case .topic: return try question(after: state, turn)
    case .free: return try firstTask(after: state, turn)
    }
  }

  private func question(after state: VoiceState, _ turn: Turn) throws -> VoiceState {
    let level = try kit.level(turn)
    let all = kit.content.topics.topics.flatMap { topic in
      topic.questions(level: level).map { (topic.id, $0.id) }
    }
    let fresh = all.filter { !state.seen.contains("\($0.0)/\($0.1)") }
    let choices = fresh.isEmpty ? all : fresh
    let (topic, question) = choices[Int.random(in: choices.indices, using: &turn.random)]
    var next = VoiceState(.topic(topic, question: question))
    next.seen = state.seen
    next.remember("\(topic)/\(question)")
    return next
  }

  private func item(
    _ kind: ReadingItem.Kind, after state: VoiceState, _ turn: Turn
  ) throws -> VoiceState {
    let choices = kit.content.readings.choices(
      kind, level: try kit.level(turn), avoiding: state.seen)
    let item = choices[Int.random(in: choices.indices, using: &turn.random)]
    var next = VoiceState(.item(item.id))
    next.seen = state.seen
    next.remember(item.id)
    return next
  }

  /// Shows an exercise for the first time, and lets a text be heard.
  private func pose(
    _ state: VoiceState, lead: String? = nil, _ turn: Turn
  ) throws -> Next<VoiceState> {
    if case .item(let id) = state.task, let item = kit.content.readings[id] {
      try kit.speak(item.text, turn)
    }
    return try ask(state, lead: lead, turn)
  }

  private func ask(
    _ state: VoiceState, lead: String?, _ turn: Turn
  ) throws -> Next<VoiceState> {
    let head = lead.map { $0 + "\n\n" } ?? ""
    if state.attempt != nil {
      return try turn.ask(
        Reply(head + turn.phrase(PracticePhrase.listening), acceptsText: true), then: state)
    }
    if state.isAnswered {
      return try turn.ask(
        Reply(
          head + turn.phrase(PracticePhrase.whatNext), choices: choicesAfter(state, turn),
          acceptsText: true), then: state)
    }
    let text = VoiceText.exercise(state.task, kit, turn)
    return try turn.ask(
      Reply(head + text, choices: try choicesBefore(state, turn), acceptsText: true), then: state)
  }

  private func choicesBefore(_ state: VoiceState, _ turn: Turn) throws -> [Choice] {
    var choices = [Choice(Self.nextID, turn.phrase(PracticePhrase.another))]
    switch state.task {
    case .item(let id):
      let isText = kit.content.readings[id]?.kind == .text
      choices.append(
        isText
          ? Choice(Self.sentenceID, turn.phrase(PracticePhrase.aSentence))
          : Choice(Self.textID, turn.phrase(PracticePhrase.aText)))
      if try kit.recognises(turn) {
        choices.append(Choice(Self.questionID, turn.phrase(PracticePhrase.aQuestion)))
      }
    case .free, .topic:
      choices.append(Choice(Self.sentenceID, turn.phrase(PracticePhrase.aSentence)))
    }
    return choices + [.command("menu", turn.phrase(PracticePhrase.menu))]
  }

  private func choicesAfter(_ state: VoiceState, _ turn: Turn) -> [Choice] {
    var choices: [Choice] = []
    if state.task != .free {
      choices.append(Choice(Self.againID, turn.phrase(PracticePhrase.again)))
    }
    choices.append(Choice(Self.nextID, turn.phrase(PracticePhrase.next)))
    return choices + [.command("menu", turn.phrase(PracticePhrase.menu))]
  }

  // MARK: What comes in

  private func choose(
    _ id: String, _ state: VoiceState, _ turn: Turn
  ) throws -> Next<VoiceState> {
    switch id {
    case Self.againID:
      var state = state
      state.isAnswered = false
      return try pose(state, turn)
    case Self.nextID: return try pose(nextTask(after: state, turn), turn)
    case Self.sentenceID: return try pose(item(.sentence, after: state, turn), turn)
    case Self.textID: return try pose(item(.text, after: state, turn), turn)
    case Self.questionID: return try pose(question(after: state, turn), turn)
    case Self.retryID:
      guard let said = state.said, state.attempt == nil else {
        return try ask(state, lead: nil, turn)
      }
      return try start(said, state, turn)
    case _: return try ask(state, lead: nil, turn)
    }
  }

  private func read(
    _ text: String, _ state: VoiceState, _ turn: Turn
  ) throws -> Next<VoiceState> {
    let word = TypedAnswer.normalise(text)
    if state.attempt == nil {
      if turn.phrasebook.matches(word, word: "again") {
        return try choose(Self.againID, state, turn)
      }
      if turn.phrasebook.matches(word, word: "another")
        || turn.phrasebook.matches(word, word: "skip")
      {
        return try choose(Self.nextID, state, turn)
      }
      if turn.phrasebook.matches(word, word: Self.backID) { return .finish }
    }
    if let kind = SafetyPolicy.find(in: text) {
      try kit.safety.answer(kind, turn)
      return .wait(state)
    }
    if state.attempt == nil, case .item = state.task {
      return try ask(state, lead: turn.phrase(PracticePhrase.sendVoice), turn)
    }
    return try take(.text(text), state, turn)
  }

  /// Takes an answer up, or keeps it while the one before is listened to.
  private func take(
    _ said: VoiceState.Said, _ state: VoiceState, _ turn: Turn
  ) throws -> Next<VoiceState> {
    if case .voice(let file) = said, file.durationSeconds ?? 0 > Self.secondsMax {
      let lead = turn.phrase(PracticePhrase.tooLong, ["seconds": .number(Self.secondsMax)])
      return try ask(try exercising(state, turn), lead: lead, turn)
    }
    guard state.isBusy else { return try start(said, state, turn) }
    var state = state
    guard state.waiting.count < VoiceState.waitingMax else {
      try turn.notify(Reply(turn.phrase(PracticePhrase.tooMuch)))
      return .wait(state)
    }
    if state.waiting.isEmpty { try turn.notify(Reply(turn.phrase(PracticePhrase.oneByOne))) }
    state.waiting.append(said)
    if state.held != nil { return .push(ModelConsentFlow.name, argument: nil, then: state) }
    return .wait(state)
  }

  /// With an exercise to go on with.
  private func exercising(_ state: VoiceState, _ turn: Turn) throws -> VoiceState {
    guard state.task == .free else { return state }
    var next = try firstTask(after: state, turn)
    next.isDigression = state.isDigression
    return next
  }

  private func start(
    _ said: VoiceState.Said, _ state: VoiceState, _ turn: Turn
  ) throws -> Next<VoiceState> {
    var state = state
    state.said = said
    if case .voice = said {
      guard try canListen(state.task, turn) else { return try confess(state, turn) }
      if try waitsForConsent(state.task, turn) {
        state.held = said
        return .push(ModelConsentFlow.name, argument: nil, then: state)
      }
    }
    let attempt: ID<PracticeAttempt> = turn.newID()
    var order = VoiceOrder(
      attempt: attempt, channel: turn.channel, learner: try kit.learner(turn),
      mayAskModel: try kit.mayAskModel(turn),
      answerAs: kit.abilities.speaks ? turn.spokenFormat : nil)
    switch said {
    case .text(let text): order.text = text
    case .voice(let file): order.voice = file
    }
    switch state.task {
    case .free: break
    case .item(let id): order.target = kit.content.readings[id]?.text
    case .topic(let topic, let question):
      order.question = kit.content.topics[topic]?[question: question]?.ask
    }
    state.attempt = attempt
    state.isAnswered = false
    try turn.start(
      JobRequest(
        VoiceOrder.kind, payload: PracticeJSON.text(order), uniqueKey: "practice:\(attempt)",
        lateAfterMs: VoiceOrder.lateAfterMs))
    return .wait(state)
  }

  private func canListen(_ task: VoiceState.Task, _ turn: Turn) throws -> Bool {
    if case .item = task { return kit.abilities.reads }
    return try kit.recognises(turn)
  }

  private func waitsForConsent(_ task: VoiceState.Task, _ turn: Turn) throws -> Bool {
    if case .item = task { return false }
    return try kit.voiceWaitsForConsent(turn)
  }

  /// Says why free speech is not listened to, and offers what can be.
  private func confess(_ state: VoiceState, _ turn: Turn) throws -> Next<VoiceState> {
    guard kit.abilities.reads else {
      try kit.speak(
        Markup.plain(turn.phrasebook.text(SpokenPhrase.cannotUnderstand, in: .english)), turn)
      let text =
        kit.abilities.recognises
        ? turn.phrase(ProblemPhrase.withheld) : turn.phrase(PracticePhrase.cannotListen)
      if state.isDigression {
        try turn.notify(Reply(text))
        return .finish
      }
      return try ask(try exercising(state, turn), lead: text, turn)
    }
    var next = try item(.sentence, after: state, turn)
    next.isDigression = state.isDigression
    let lead = turn.phrase(
      kit.abilities.recognises ? PracticePhrase.withheldRead : .cannotUnderstand)
    if let item = kit.content.readings[next.seen.last ?? ""] {
      let spoken = turn.phrasebook.text(SpokenPhrase.cannotUnderstand, in: .english)
      try kit.speak(Markup.plain(spoken) + " " + item.text, turn)
    }
    return try ask(next, lead: lead, turn)
  }

  // MARK: What comes back

  private func finish(
    _ result: String, _ state: VoiceState, _ turn: Turn
  ) throws -> Next<VoiceState> {
    guard let outcome = PracticeJSON.value(VoiceOutcome.self, result) else {
      return state.attempt == nil ? .wait(state) : try fail(state, turn)
    }
    // Another attempt has begun since, or this one has been answered.
    guard outcome.attempt == state.attempt else { return .wait(state) }
    var state = state
    state.attempt = nil
    if let kind = outcome.safety {
      try kit.safety.answer(kind, turn)
      state.isAnswered = true
      return try goOn(state, turn, isSilent: true)
    }
    let xp = try kit.reward(
      PracticeAttempt(outcome, task: state.task), points: PracticePoints.points(for: outcome), turn)
    state.isAnswered = outcome.problem == nil
    let text = VoiceText.answer(outcome, task: state.task, xp: xp, kit, turn)
    let choices =
      state.isDigression || !state.waiting.isEmpty ? [] : choicesAfter(state, turn)
    try turn.say(Reply(text, choices: choices, acceptsText: true))
    if let spoken = outcome.spoken, let media = try MediaStore.load(spoken, in: turn.database) {
      try turn.notify(Reply(turn.phrase(PracticePhrase.hear), media: media))
    }
    return try goOn(state, turn, isSilent: true)
  }

  private func fail(_ state: VoiceState, _ turn: Turn) throws -> Next<VoiceState> {
    var state = state
    state.attempt = nil
    guard state.waiting.isEmpty else {
      try turn.notify(Reply(turn.phrase(PracticePhrase.failedBefore)))
      state.isAnswered = true
      return try goOn(state, turn, isSilent: false)
    }
    let retry = Choice(Self.retryID, turn.phrase(PracticePhrase.tryAgain))
    try turn.say(
      Reply(
        turn.phrase(PracticePhrase.failed),
        choices: [retry, Choice(Self.nextID, turn.phrase(PracticePhrase.next))]
          + [.command("menu", turn.phrase(PracticePhrase.menu))], acceptsText: true))
    state.isAnswered = true
    return .wait(state)
  }

  /// What came meanwhile is taken up now; what was interrupted goes on.
  private func goOn(
    _ state: VoiceState, _ turn: Turn, isSilent: Bool
  ) throws -> Next<VoiceState> {
    var state = state
    if state.isDigression {
      // What was written is for what the recording has interrupted.
      try turn.handOn(state.takeTexts())
    }
    if !state.waiting.isEmpty {
      let said = state.waiting.removeFirst()
      return try start(said, state, turn)
    }
    if state.isDigression { return .finish }
    if try kit.shouldAskConsent(turn) {
      return .push(ModelConsentFlow.name, argument: nil, then: state)
    }
    return isSilent ? .wait(state) : try ask(state, lead: nil, turn)
  }
}
