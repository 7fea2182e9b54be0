import Conversation
import Language
import Storage

/// Free conversation: with a model in the role of the chosen persona, or, without one, along
/// questions that pretend to understand nothing.
struct TalkFlow: Flow {
  static let name: FlowName = "talk"
  static let endID = "end"
  private static let retryID = "retry"

  let kit: PracticeKit
  var guide: TalkGuide { TalkGuide(kit: kit) }

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var reads: Set<ReadableKind> { [.voice, .attachment] }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<TalkState> {
    if try kit.shouldAskConsent(turn) {
      return .push(ModelConsentFlow.name, argument: nil, then: TalkState())
    }
    return try open(turn)
  }

  func receive(_ input: Input, in state: TalkState, _ turn: Turn) throws -> Next<TalkState> {
    switch input {
    case .finished(job: TalkOrder.kind, let result): return try finish(result, state, turn)
    case .failed(job: TalkOrder.kind): return try fail(state, turn)
    case .finished, .failed, .timer: return .wait(state)
    case .choice(Self.endID): return try end(state, turn)
    case .choice(Self.retryID):
      guard let said = state.said, state.attempt == nil else {
        return try ask(state, lead: nil, turn)
      }
      return try start(said, state, turn)
    case .choice(let id):
      guard state.mode == .choosing || state.mode == .guided, kit.content.topics[id] != nil else {
        return try ask(state, lead: nil, turn)
      }
      return try guide.begin(id, state, lead: nil, turn)
    case .text(let text): return try read(text, state, turn)
    case .attachment(let file) where file.isSpoken: return try hear(file, state, turn)
    case .attachment, .location, .contact, .unsupported:
      return try ask(state, lead: turn.phrase(TalkPhrase.wordsOnly), turn)
    }
  }

  func resume(in state: TalkState, _ turn: Turn) throws -> Next<TalkState> {
    guard let held = state.held else {
      return state.mode == .opening ? try open(turn) : try ask(state, lead: nil, turn)
    }
    var state = state
    state.held = nil
    guard case .voice(let file) = held else { return try ask(state, lead: nil, turn) }
    return try hear(file, state, turn)
  }

  // MARK: The beginning

  private func open(_ turn: Turn) throws -> Next<TalkState> {
    try closeOld(turn)
    var state = TalkState()
    let persona = try kit.persona(turn)
    let session = TalkSession(
      id: turn.newID(), persona: persona?.id ?? PersonaLibrary.standardID)
    try TalkStore.begin(session, of: turn.person.id, at: turn.now, in: turn.database)
    state.session = session.id
    guard try kit.mayAskModel(turn) else {
      state.mode = .choosing
      return try guide.chooseTopic(state, lead: turn.phrase(TalkPhrase.guidedIntroduction), turn)
    }
    state.mode = .partner
    let greeting = persona?.greeting[.english] ?? ""
    let line = KeptLine(author: .partner, text: greeting)
    try TalkStore.add(line, to: session.id, at: turn.now, in: turn.database)
    let name = persona?.name[turn.person.language] ?? ""
    try turn.notify(Reply(turn.phrase(TalkPhrase.introduction, ["name": .text(name)])))
    state.asked = greeting
    return try turn.ask(
      Reply(Markup.escape(greeting), choices: choices(turn), acceptsText: true), then: state)
  }

  /// Talks that were never ended are summed up now.
  private func closeOld(_ turn: Turn) throws {
    for session in try TalkStore.unended(of: turn.person.id, in: turn.database) {
      try close(session, turn)
    }
  }

  private func close(_ session: ID<TalkSession>, _ turn: Turn) throws {
    try TalkStore.end(session, at: turn.now, in: turn.database)
    guard try kit.mayAskModel(turn) else {
      return try TalkStore.close(session, summary: nil, in: turn.database)
    }
    try turn.startApart(
      JobRequest(
        SummaryOrder.kind,
        payload: PracticeJSON.text(SummaryOrder(session: session, learner: kit.learner(turn))),
        uniqueKey: "summary:\(session)"))
  }

  private func choices(_ turn: Turn) -> [Choice] {
    [
      Choice(Self.endID, turn.phrase(TalkPhrase.end)),
      .command("persona", turn.phrase(TalkPhrase.persona)),
      .command("menu", turn.phrase(PracticePhrase.menu)),
    ]
  }

  private func ask(
    _ state: TalkState, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    switch state.mode {
    case .opening: return try open(turn)
    case .choosing: return try guide.chooseTopic(state, lead: lead, turn)
    case .guided: return try guide.askAgain(state, lead: lead, turn)
    case .partner:
      let text = [lead, state.asked.map(Markup.escape)].compactMap(\.self)
      return try turn.ask(
        Reply(text.joined(separator: "\n\n"), choices: choices(turn), acceptsText: true),
        then: state)
    }
  }

  // MARK: What comes in

  private func read(
    _ text: String, _ state: TalkState, _ turn: Turn
  ) throws -> Next<TalkState> {
    let word = TypedAnswer.normalise(text)
    if turn.phrasebook.matches(word, word: "end_talk") { return try end(state, turn) }
    if let kind = SafetyPolicy.find(in: text) {
      try kit.safety.answer(kind, turn)
      return .wait(state)
    }
    if state.mode == .choosing, let topic = guide.topic(named: text) {
      return try guide.begin(topic, state, lead: nil, turn)
    }
    if state.mode == .choosing {
      return try guide.chooseTopic(state, lead: turn.phrase(TalkPhrase.chooseFirst), turn)
    }
    if state.mode == .guided, turn.phrasebook.matches(word, word: "skip") {
      return try guide.next(state, lead: nil, turn)
    }
    return try take(.text(text), state, turn)
  }

  private func hear(
    _ file: Content.Attachment, _ state: TalkState, _ turn: Turn
  ) throws -> Next<TalkState> {
    if file.durationSeconds ?? 0 > VoiceFlow.secondsMax {
      let lead = turn.phrase(
        PracticePhrase.tooLong, ["seconds": .number(VoiceFlow.secondsMax)])
      return try ask(state, lead: lead, turn)
    }
    guard try kit.recognises(turn) else {
      let spoken = Markup.plain(
        turn.phrasebook.text(SpokenPhrase.cannotUnderstand, in: .english))
      try kit.speak(
        [spoken, state.asked].compactMap(\.self).joined(separator: " "),
        confidentiality: state.mode == .partner ? kit.confidentiality(turn) : .open, turn)
      let lead =
        kit.abilities.recognises
        ? turn.phrase(ProblemPhrase.withheld) : turn.phrase(TalkPhrase.cannotListen)
      return try ask(state, lead: lead, turn)
    }
    guard state.mode != .choosing else {
      return try guide.chooseTopic(state, lead: turn.phrase(TalkPhrase.chooseFirst), turn)
    }
    if try kit.voiceWaitsForConsent(turn) {
      var state = state
      state.held = .voice(file)
      return .push(ModelConsentFlow.name, argument: nil, then: state)
    }
    return try take(.voice(file), state, turn)
  }

  /// Takes a line up, or keeps it while the one before is answered.
  private func take(
    _ said: VoiceState.Said, _ state: TalkState, _ turn: Turn
  ) throws -> Next<TalkState> {
    guard state.attempt != nil else { return try start(said, state, turn) }
    var state = state
    guard state.waiting.count < TalkState.waitingMax else {
      try turn.notify(Reply(turn.phrase(PracticePhrase.tooMuch)))
      return .wait(state)
    }
    state.waiting.append(said)
    return .wait(state)
  }

  private func start(
    _ said: VoiceState.Said, _ state: TalkState, _ turn: Turn
  ) throws -> Next<TalkState> {
    guard let session = state.session else { return try open(turn) }
    var state = state
    let attempt: ID<PracticeAttempt> = turn.newID()
    state.attempt = attempt
    state.said = said
    var order = TalkOrder(
      attempt: attempt, session: session, channel: turn.channel, learner: try kit.learner(turn),
      style: try kit.settings(turn).style,
      asksModel: try state.mode == .partner && kit.mayAskModel(turn))
    switch said {
    case .text(let text): order.text = text
    case .voice(let file):
      order.voice = file
      order.answerAs = kit.abilities.speaks ? turn.spokenFormat : nil
    }
    try turn.start(
      JobRequest(
        TalkOrder.kind, payload: PracticeJSON.text(order), uniqueKey: "talk:\(attempt)",
        lateAfterMs: TalkOrder.lateAfterMs))
    return .wait(state)
  }

  // MARK: What comes back

  private func finish(
    _ result: String, _ state: TalkState, _ turn: Turn
  ) throws -> Next<TalkState> {
    guard let outcome = PracticeJSON.value(TalkOutcome.self, result) else {
      return state.attempt == nil ? .wait(state) : try fail(state, turn)
    }
    guard outcome.attempt == state.attempt, let session = state.session else {
      return .wait(state)
    }
    var state = state
    state.attempt = nil
    if let kind = outcome.safety {
      try kit.safety.answer(kind, turn)
      return try goOn(state, turn)
    }
    if let problem = outcome.problem {
      let next = try ask(state, lead: turn.phrase(ProblemPhrase(problem)), turn)
      return try continueWaiting(next, turn)
    }
    let words = outcome.words ?? ""
    try TalkStore.add(
      KeptLine(author: .learner, text: words), to: session, at: turn.now, in: turn.database)
    try count(outcome, words, &state, turn)
    let lead = TalkText.lead(outcome, isSpoken: state.isSpoken, try kit.settings(turn).style, turn)
    guard state.mode == .partner else {
      let next = try guide.next(state, answer: words, lead: lead, turn)
      return try continueWaiting(next, turn)
    }
    guard let answer = outcome.answer else {
      return try guideInstead(state, outcome.silence, lead: lead, turn)
    }
    try TalkStore.add(
      KeptLine(author: .partner, text: answer), to: session, at: turn.now, in: turn.database)
    state.asked = answer
    let text = [Markup.escape(answer), lead].compactMap(\.self).joined(separator: "\n\n")
    try turn.say(
      Reply(text, choices: state.waiting.isEmpty ? choices(turn) : [], acceptsText: true))
    if let spoken = outcome.spoken, let media = try MediaStore.load(spoken, in: turn.database) {
      try turn.notify(Reply(turn.phrase(PracticePhrase.hear), media: media))
    }
    return try goOn(state, turn)
  }

  private func count(
    _ outcome: TalkOutcome, _ words: String, _ state: inout TalkState, _ turn: Turn
  ) throws {
    state.answers += 1
    if try kit.settings(turn).style == .atTheEnd {
      state.corrections = Array(
        (state.corrections + outcome.corrections).suffix(TalkState.keptCorrectionsMax))
    }
    var attempt = PracticeAttempt(id: outcome.attempt, kind: .talk)
    attempt.item = state.topic
    attempt.words = PatternWords.of(words).count
    attempt.corrections = outcome.corrections.count
    let points =
      attempt.words ?? 0 >= PracticePoints.wordsMin ? PracticePoints.talkLine : 0
    state.xp += try kit.reward(attempt, points: points, turn)
  }

  /// The model did not answer usefully: the talk goes on along questions, and that is said.
  private func guideInstead(
    _ state: TalkState, _ silence: TalkOutcome.Silence?, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    let why = turn.phrase(
      silence == .overBudget ? TalkPhrase.overBudget : TalkPhrase.partnerSilent)
    var state = state
    if silence == .overBudget { state.mode = .guided }
    let next = try guide.next(
      state, lead: [lead, why].compactMap(\.self).joined(separator: "\n\n"), turn)
    return try continueWaiting(next, turn)
  }

  private func continueWaiting(
    _ next: Next<TalkState>, _ turn: Turn
  ) throws -> Next<TalkState> {
    guard case .wait(let state) = next else { return next }
    return try goOn(state, turn)
  }

  private func goOn(_ state: TalkState, _ turn: Turn) throws -> Next<TalkState> {
    guard !state.waiting.isEmpty else { return .wait(state) }
    var state = state
    return try start(state.takeWaiting(), state, turn)
  }

  private func fail(_ state: TalkState, _ turn: Turn) throws -> Next<TalkState> {
    var state = state
    state.attempt = nil
    guard state.waiting.isEmpty else {
      try turn.notify(Reply(turn.phrase(PracticePhrase.failedBefore)))
      return try goOn(state, turn)
    }
    try turn.say(
      Reply(
        turn.phrase(PracticePhrase.failed),
        choices: [Choice(Self.retryID, turn.phrase(PracticePhrase.tryAgain))] + choices(turn),
        acceptsText: true))
    return .wait(state)
  }

  // MARK: The end

  private func end(_ state: TalkState, _ turn: Turn) throws -> Next<TalkState> {
    if let session = state.session { try close(session, turn) }
    try turn.say(
      Reply(
        TalkText.farewell(state, turn),
        choices: [
          .command("talk", turn.phrase(TalkPhrase.again)),
          .command("menu", turn.phrase(PracticePhrase.menu)),
        ]))
    return .leave
  }
}

extension TalkState {
  var isSpoken: Bool {
    if case .voice = said { return true }
    return false
  }

  /// All that was written meanwhile is one line, as it was meant; a recording stays alone.
  mutating func takeWaiting() -> VoiceState.Said {
    let texts = waiting.prefix { if case .text = $0 { true } else { false } }
    guard texts.count > 1 else { return waiting.removeFirst() }
    waiting.removeFirst(texts.count)
    return .text(
      texts.compactMap { if case .text(let text) = $0 { text } else { nil } }
        .joined(separator: "\n"))
  }
}
