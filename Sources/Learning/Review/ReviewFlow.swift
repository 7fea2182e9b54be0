import Conversation
import Storage

/// A review: the day's cards one at a time, an answer to each, those forgotten once more at the
/// end, and what it was worth.
struct ReviewFlow: Flow {
  static let name: FlowName = "review"
  private static let endID = "end"
  /// What comes back within that time is asked again in the same sitting.
  private static let aheadMs: Int64 = 20 * 60_000

  let desk: ReviewDesk

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var followsPerson: Bool { true }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<ReviewState> {
    let day = try desk.day(turn)
    guard !day.cards.isEmpty else { return try sayNothingDue(turn) }
    if day.days > 1 {
      try turn.say(
        Reply(
          turn.phrase(
            ReviewPhrase.welcomeBack,
            ["cards": .number(day.cards.count), "days": .number(day.days)])))
    }
    return try ask(ReviewState(queue: day.cards.map(\.id)), lead: nil, turn)
  }

  func receive(_ input: Input, in state: ReviewState, _ turn: Turn) throws -> Next<ReviewState> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported: break
    }
    if wantsEnd(input, turn) { return try finish(state, lead: nil, turn) }
    guard let open = state.open, let card = try desk.card(open, turn) else {
      return try ask(state, lead: nil, turn)
    }
    if case .choice(WordQuestion.hintID) = input {
      var state = state
      state.open?.isHinted = true
      return try ask(state, lead: nil, turn)
    }
    switch try desk.read(input, open, card, turn) {
    case .scored(let score): return try take(score, open, card, state, turn)
    case .more(let picked):
      var state = state
      state.open?.attempt?.picked = picked
      return try ask(state, lead: nil, turn)
    case .unclear:
      return try ask(state, lead: turn.phrase(ReviewPhrase.unclear), turn)
    }
  }

  func resume(in state: ReviewState, _ turn: Turn) throws -> Next<ReviewState> {
    try ask(state, lead: nil, turn)
  }

  private func wantsEnd(_ input: Input, _ turn: Turn) -> Bool {
    switch input {
    case .choice(let id): id == Self.endID
    case .text(let text): turn.phrasebook.matches(TypedAnswer.normalise(text), word: "back")
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
    }
  }

  /// Keeps what an answer says of the memory, says so, and goes on.
  private func take(
    _ score: Score, _ open: ReviewState.Open, _ card: ReviewCard, _ state: ReviewState,
    _ turn: Turn
  ) throws -> Next<ReviewState> {
    var state = state
    let result = try desk.keep(score, open, card, turn)
    state.asked += 1
    if result.grade != .again { state.remembered += 1 }
    state.xp += result.xp
    state.open = nil
    if state.queue.first == card.id { state.queue.removeFirst() }
    let times = state.repeats[card.id.text] ?? 0
    let isSoon = result.card.memory.dueAt <= turn.now.adding(milliseconds: Self.aheadMs)
    if isSoon, times < ReviewState.repeatsMax {
      state.repeats[card.id.text] = times + 1
      state.queue.append(card.id)
    }
    return try ask(state, lead: try desk.feedback(score, result.card, turn), turn)
  }

  private func ask(
    _ state: ReviewState, lead: String?, _ turn: Turn
  ) throws -> Next<ReviewState> {
    var state = state
    while state.open == nil, let next = state.queue.first {
      state.open = try desk.open(next, turn)
      // Its lesson has gone or changed since.
      if state.open == nil { state.queue.removeFirst() }
    }
    guard let open = state.open, let card = try desk.card(open, turn),
      var reply = try desk.ask(open, card, turn)
    else { return try finish(state, lead: lead, turn) }
    let left = turn.phrase(ReviewPhrase.left, ["cards": .number(state.queue.count)])
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + left + "\n" + reply.text
    reply.choices.append(Choice(Self.endID, turn.phrase(ReviewPhrase.enough)))
    return try turn.ask(reply, then: state)
  }

  // MARK: The end

  private func finish(
    _ state: ReviewState, lead: String?, _ turn: Turn
  ) throws -> Next<ReviewState> {
    if let lead { try turn.say(Reply(lead)) }
    try desk.afterwards(turn)
    try turn.say(Reply(try desk.summary(state, turn), choices: choices(turn)))
    return .leave
  }

  private func sayNothingDue(_ turn: Turn) throws -> Next<ReviewState> {
    try turn.say(Reply(try desk.nothingDue(turn), choices: choices(turn)))
    return .leave
  }

  private func choices(_ turn: Turn) -> [Choice] {
    [
      .command("learn", turn.phrase(ReviewPhrase.learn)),
      .command("progress", turn.phrase(ReviewPhrase.progress)),
      .command("menu", turn.phrase(LessonPhrase.menu)),
    ]
  }
}
