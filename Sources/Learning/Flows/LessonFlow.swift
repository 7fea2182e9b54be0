import Conversation
import Language
import Storage

/// A lesson: its text, its activities one at a time with an answer to each, those that went wrong
/// once more, and what it was worth.
struct LessonFlow: Flow {
  static let name: FlowName = "lesson"
  /// The argument that asks for the mistakes of lessons that are over.
  static let mistakes = "mistakes"
  static let beginID = "begin"
  static let hintID = "hint"
  static let skipID = "skip"
  /// After a pause like this nobody knows the text any more.
  static let longPauseMs: Int64 = 12 * 3_600_000

  let choice: LessonChoice
  let speech: LessonSpeech
  let hears: LessonReading.Hears
  /// What has been reached by a lesson that is over.
  let afterwards: @Sendable (Turn) throws -> Void

  var name: FlowName { Self.name }
  var version: Int { 2 }
  var followsPerson: Bool { true }
  /// Where it is not listened to, the lesson says how to answer instead.
  var reads: Set<ReadableKind> { [.voice] }

  /// `argument` is a lesson's id, or nil for the one that comes next.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<LessonState> {
    if argument == Self.mistakes { return try beginMistakes(turn) }
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
    if case .timer = input { return .wait(state) }
    guard let lesson = try lesson(of: state, turn), state.fits(lesson) else {
      return try begin(state.lesson, turn)
    }
    switch input {
    case .finished(let job, let result):
      return try job == LessonReading.job
        ? hear(result, state, lesson, turn) : .wait(state)
    case .failed(let job):
      return try job == LessonReading.job ? giveUpListening(state, lesson, turn) : .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported, .timer: break
    }
    guard state.hasBegun else { return try leaveText(input, state, lesson, turn) }
    return try answer(input, state, lesson, turn)
  }

  func resume(in state: LessonState, _ turn: Turn) throws -> Next<LessonState> {
    guard let lesson = try lesson(of: state, turn), state.fits(lesson) else {
      return try begin(state.lesson, turn)
    }
    guard state.hasBegun else {
      return try turn.ask(readingReply(lesson, lead: nil, turn), then: state)
    }
    guard let last = state.askedAt, turn.now >= last.adding(milliseconds: Self.longPauseMs) else {
      return try ask(state, lesson, lead: nil, isFresh: true, turn)
    }
    try turn.say(
      Reply(
        turn.phrase(
          LessonPhrase.resumed, ["title": .text(lesson.title[turn.person.language])])
          + "\n\n" + LessonText.reading(lesson, turn)))
    return try ask(state, lesson, lead: nil, isFresh: true, turn)
  }

  /// An older state goes on where it stood.
  func migrate(_ json: String, from version: Int) throws -> LessonState {
    try LessonState(json: json, version: version)
  }

  /// The text that was begun, also when there is a newer one or none at all any more.
  private func lesson(of state: LessonState, _ turn: Turn) throws -> Lesson? {
    try choice.shelf.lesson(
      state.lesson, version: state.version ?? Lesson.firstVersion, in: turn.database)
  }

  /// A lesson that is still published, as it was taken.
  private func lesson(_ id: String, _ version: Int, _ turn: Turn) throws -> Lesson? {
    guard choice.curriculum[id] != nil else { return nil }
    return try choice.shelf.lesson(id, version: version, in: turn.database)
  }

  // MARK: The text

  private func begin(_ lesson: Lesson, _ turn: Turn) throws -> Next<LessonState> {
    let person = turn.person.id
    var lesson = lesson
    let state: LessonState
    if let open = try LessonStore.openRun(of: lesson.id, by: person, in: turn.database) {
      if open.given.percents.isEmpty {
        try LessonStore.renew(open.id, version: lesson.version, in: turn.database)
      } else {
        // What was answered was answered to that text.
        lesson =
          try choice.shelf.lesson(lesson.id, version: open.version, in: turn.database) ?? lesson
      }
      state = LessonState(run: open.id, lesson: lesson, given: open.given)
    } else {
      let run = LessonRun(id: turn.newID(), lesson: lesson.id, version: lesson.version)
      try LessonStore.begin(run, by: person, at: turn.now, in: turn.database)
      state = LessonState(run: run.id, lesson: lesson, given: LessonStore.Given())
    }
    try turn.say(Reply(LessonText.introduction(lesson, turn)))
    return try turn.ask(readingReply(lesson, lead: nil, turn), then: state)
  }

  private func beginMistakes(_ turn: Turn) throws -> Next<LessonState> {
    let found = try LessonStore.openMistakes(
      of: turn.person.id, in: turn.database,
      countedIn: { try lesson($0, $1, turn)?.activityCount })
    guard let found, let lesson = try lesson(found.lesson, found.version, turn) else {
      try turn.say(Reply(turn.phrase(LessonPhrase.noMistakes)))
      return .replace(LessonListFlow.name, argument: nil)
    }
    try turn.say(
      Reply(
        turn.phrase(
          LessonPhrase.repeating,
          [
            "title": .text(lesson.title[turn.person.language]),
            "count": .number(found.activities.count),
          ]) + "\n\n" + LessonText.reading(lesson, turn)))
    return try ask(
      LessonState(repeating: found, of: lesson), lesson, lead: nil, isFresh: true, turn)
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
      isChoice(Self.beginID, input, turn) || isChoice(Self.skipID, input, turn)
    guard isReady else {
      let why = turn.phrase(LessonPhrase.beginUnclear)
      return try turn.ask(readingReply(lesson, lead: why, turn), then: state)
    }
    var state = state
    state.hasBegun = true
    return try ask(state, lesson, lead: nil, isFresh: true, turn)
  }

  /// Whether a button of that name was used, or its word typed.
  func isChoice(_ id: String, _ input: Input, _ turn: Turn) -> Bool {
    switch input {
    case .choice(let chosen): chosen == id
    case .text(let text): turn.phrasebook.matches(TypedAnswer.normalise(text), word: id)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
    }
  }
}
