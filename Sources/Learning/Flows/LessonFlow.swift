import Conversation
import Language
import Storage

/// A lesson: its text, its activities one at a time with an answer to each, those that went wrong
/// once more, and what it was worth.
struct LessonFlow: Flow {
  static let name: FlowName = "lesson"
  private static let beginID = "begin"
  private static let skipID = "skip"

  let choice: LessonChoice
  /// What has been reached by a lesson that is over.
  let afterwards: @Sendable (Turn) throws -> Void

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var followsPerson: Bool { true }

  /// `argument` is a lesson's id, or nil for the one that comes next.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<LessonState> {
    switch try choice.find(argument, turn) {
    case .lesson(let lesson): return try begin(lesson, turn)
    case .noneLeft:
      try turn.say(Reply(turn.phrase(LessonPhrase.noneLeft)))
      return .replace(LessonListFlow.name, argument: nil)
    case .unknown:
      try turn.say(Reply(turn.phrase(LessonPhrase.unknown)))
      return .replace(LessonListFlow.name, argument: nil)
    }
  }

  func receive(
    _ input: Input, in state: LessonState, _ turn: Turn
  ) throws -> Next<LessonState> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported: break
    }
    guard let lesson = choice.curriculum[state.lesson], state.fits(lesson) else {
      return try begin(state.lesson, turn)
    }
    guard state.hasBegun else { return try leaveText(input, state, lesson, turn) }
    guard let open = state.queue.first else { return try finish(state, lesson, lead: nil, turn) }
    let activity = lesson.activities[open]
    guard let attempt = state.attempt, attempt.fits(activity) else {
      return try ask(state, lesson, lead: nil, turn)
    }
    if wantsSkip(input, turn) { return try take(.skipped, state, lesson, turn) }
    switch activity.read(input, attempt, turn) {
    case .unclear(let why):
      return try ask(state, lesson, lead: turn.phrase(why), turn)
    case .more(let picked):
      var state = state
      state.attempt?.picked = picked
      return try ask(state, lesson, lead: nil, turn)
    case .scored(let score): return try take(score, state, lesson, turn)
    }
  }

  func resume(in state: LessonState, _ turn: Turn) throws -> Next<LessonState> {
    guard let lesson = choice.curriculum[state.lesson], state.fits(lesson) else {
      return try begin(state.lesson, turn)
    }
    guard state.hasBegun else {
      return try turn.ask(readingReply(lesson, lead: nil, turn), then: state)
    }
    return try ask(state, lesson, lead: nil, turn)
  }

  // MARK: The text

  private func begin(_ lesson: Lesson, _ turn: Turn) throws -> Next<LessonState> {
    let person = turn.person.id
    let state: LessonState
    if let open = try LessonStore.openRun(of: lesson.id, by: person, in: turn.database) {
      state = LessonState(run: open.id, lesson: lesson, percents: open.percents)
    } else {
      let run = LessonRun(id: turn.newID(), lesson: lesson.id)
      try LessonStore.begin(run, by: person, at: turn.now, in: turn.database)
      state = LessonState(run: run.id, lesson: lesson, percents: [:])
    }
    try turn.say(Reply(LessonText.introduction(lesson, turn)))
    return try turn.ask(readingReply(lesson, lead: nil, turn), then: state)
  }

  private func readingReply(_ lesson: Lesson, lead: String?, _ turn: Turn) -> Reply {
    Reply(
      (lead.map { $0 + "\n\n" } ?? "") + LessonText.reading(lesson, turn),
      choices: [
        Choice(Self.beginID, turn.phrase(LessonPhrase.begin)),
        .command("lessons", turn.phrase(LessonPhrase.other)),
      ])
  }

  private func leaveText(
    _ input: Input, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    let isReady =
      switch input {
      case .choice(let id): id == Self.beginID
      case .text(let text):
        turn.phrasebook.matches(TypedAnswer.normalise(text), word: Self.beginID)
          || wantsSkip(input, turn)
      case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
      }
    guard isReady else {
      let why = turn.phrase(LessonPhrase.beginUnclear)
      return try turn.ask(readingReply(lesson, lead: why, turn), then: state)
    }
    var state = state
    state.hasBegun = true
    return try ask(state, lesson, lead: nil, turn)
  }

  // MARK: The activities

  /// Keeps what an answer was worth, says so, and goes on.
  private func take(
    _ score: Score, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    var state = state
    let open = state.queue.first ?? 0
    let activity = lesson.activities[open]
    let isNew = try LessonStore.keep(
      score, of: open, kind: activity.kind, attempt: state.isRepeat ? 2 : 1, in: state.run,
      at: turn.now, turn.database)
    if isNew { try Earning.reward(score, activity.kind, &state, turn) }
    state.advance(score)
    return try ask(
      state, lesson, lead: LessonText.feedback(score, to: activity, turn), turn)
  }

  /// Feedback and the next question in one message; the end in one of its own.
  private func ask(
    _ state: LessonState, _ lesson: Lesson, lead: String?, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard let open = state.queue.first else { return try finish(state, lesson, lead: lead, turn) }
    let activity = lesson.activities[open]
    var state = state
    let attempt = state.attempt ?? Attempt(activity, using: &turn.random)
    state.attempt = attempt
    var reply = activity.ask(attempt, turn)
    let bar = LessonText.progress(state, turn)
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + bar + "\n" + reply.text
    reply.choices.append(Choice(Self.skipID, turn.phrase(LessonPhrase.skip)))
    return try turn.ask(reply, then: state)
  }

  private func wantsSkip(_ input: Input, _ turn: Turn) -> Bool {
    switch input {
    case .choice(let id): id == Self.skipID
    case .text(let text):
      turn.phrasebook.matches(TypedAnswer.normalise(text), word: Self.skipID)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
    }
  }

  // MARK: The end

  private func finish(
    _ state: LessonState, _ lesson: Lesson, lead: String?, _ turn: Turn
  ) throws -> Next<LessonState> {
    var state = state
    let isNew = try LessonStore.finish(
      state.run, percent: state.accuracyPercent, at: turn.now, in: turn.database)
    if isNew, state.answeredShare >= Rewards.answeredShareMin {
      try Earning.add(Rewards.lessonXP, Rewards.lessonKind, Rewards.lessonDailyMax, &state, turn)
    }
    let streak = try ProgressStore.streak(of: turn.person.id, in: turn.database)
    if let lead { try turn.say(Reply(lead)) }
    if isNew { try afterwards(turn) }
    try turn.say(
      Reply(
        LessonText.summary(state, lesson, streak: streak, turn),
        choices: [
          .command("next", turn.phrase(LessonPhrase.next)),
          .command("menu", turn.phrase(LessonPhrase.menu)),
        ]))
    return .leave
  }
}
