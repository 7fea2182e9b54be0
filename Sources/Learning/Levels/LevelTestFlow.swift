import Conversation
import Language
import Storage

/// Where somebody stands in a level test.
struct LevelTestState: Codable, Sendable, Equatable {
  struct Item: Codable, Sendable, Equatable {
    let lesson: String
    let activity: Int
  }

  let id: ID<LevelTestState>
  let level: CEFRLevel
  /// The items still to come, the open one first.
  var items: [Item]
  var attempt: Attempt?
  /// What each answer was worth, in percent.
  var percents: [Int] = []
}

/// The test that leads to the next level: a dozen of the level's activities, without feedback on
/// the way, and a mark at the end.
struct LevelTestFlow: Flow {
  static let name: FlowName = "levelup"
  static let itemsMax = 12
  static let itemsMin = 6
  static let passPercent = 75
  /// Until a test that was not passed can be tried again.
  static let retryMs: Int64 = 24 * 3_600_000
  /// These need sound, or are judged too loosely for a test.
  static let leftOut: Set<String> = [
    "listening_comprehension", "dictation", "pronunciation", "speaking_prompt", "translation",
  ]
  private static let skipID = "skip"

  let choice: LessonChoice
  let ports: LearnerPorts
  let afterwards: @Sendable (Turn) throws -> Void

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var followsPerson: Bool { true }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<LevelTestState> {
    let level = try choice.level(turn)
    let person = turn.person.id
    let progress = try LevelTestStore.progress(
      of: person, at: level, in: choice.curriculum, turn.database)
    guard level != .c2, progress.all > 0 else { return try refuse(.none, [:], turn) }
    guard progress.isTestOpen else {
      return try refuse(
        .closed, ["level": .text(level.rawValue), "lessons": .number(progress.missing)], turn)
    }
    let last = try LevelTestStore.last(of: person, at: level, in: turn.database)
    if let last, turn.now.milliseconds - last.startedAt.milliseconds < Self.retryMs {
      return try refuse(.wait, [:], turn)
    }
    let items = draw(level, turn)
    guard items.count >= Self.itemsMin else { return try refuse(.none, [:], turn) }
    let state = LevelTestState(id: turn.newID(), level: level, items: items)
    try LevelTestStore.begin(
      state.id, level: level, by: person, at: turn.now, in: turn.database)
    let lead = turn.phrase(
      LevelPhrase.intro,
      [
        "level": .text(level.rawValue), "questions": .number(items.count),
        "percent": .number(Self.passPercent),
      ])
    return try ask(state, lead: lead, turn)
  }

  func receive(
    _ input: Input, in state: LevelTestState, _ turn: Turn
  ) throws -> Next<LevelTestState> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported: break
    }
    guard let activity = activity(state), let attempt = state.attempt, attempt.fits(activity) else {
      return try ask(state, lead: nil, turn)
    }
    if wantsSkip(input, turn) { return try take(.skipped, state, turn) }
    switch activity.read(input, attempt, turn) {
    case .unclear(let why): return try ask(state, lead: turn.phrase(why), turn)
    case .more(let picked):
      var state = state
      state.attempt?.picked = picked
      return try ask(state, lead: nil, turn)
    case .scored(let score): return try take(score, state, turn)
    }
  }

  func resume(in state: LevelTestState, _ turn: Turn) throws -> Next<LevelTestState> {
    try ask(state, lead: nil, turn)
  }

  private func refuse(
    _ phrase: LevelPhrase, _ values: [String: PhraseValue], _ turn: Turn
  ) throws -> Next<LevelTestState> {
    try turn.say(Reply(turn.phrase(phrase, values), choices: choices(turn)))
    return .leave
  }

  /// A dozen of the level's activities, no more of one lesson than needed.
  private func draw(_ level: CEFRLevel, _ turn: Turn) -> [LevelTestState.Item] {
    let lessons = choice.curriculum.lessons.filter { $0.level == level }
    var piles = lessons.shuffled(using: &turn.random).map { lesson in
      lesson.activities.indices.filter {
        !Self.leftOut.contains(lesson.activities[$0].kind.rawValue)
      }.map { LevelTestState.Item(lesson: lesson.id, activity: $0) }
        .shuffled(using: &turn.random)
    }
    var items: [LevelTestState.Item] = []
    while items.count < Self.itemsMax, piles.contains(where: { !$0.isEmpty }) {
      for index in piles.indices where items.count < Self.itemsMax {
        if let item = piles[index].popLast() { items.append(item) }
      }
    }
    return items
  }

  private func activity(_ state: LevelTestState) -> (any Activity)? {
    guard let item = state.items.first, let lesson = choice.curriculum[item.lesson],
      lesson.activities.indices.contains(item.activity)
    else { return nil }
    return lesson.activities[item.activity]
  }

  private func take(
    _ score: Score, _ state: LevelTestState, _ turn: Turn
  ) throws -> Next<LevelTestState> {
    var state = state
    state.items.removeFirst()
    state.attempt = nil
    state.percents.append(score.percent)
    return try ask(state, lead: nil, turn)
  }

  private func ask(
    _ state: LevelTestState, lead: String?, _ turn: Turn
  ) throws -> Next<LevelTestState> {
    var state = state
    // An item whose lesson has changed since is left out.
    while !state.items.isEmpty, activity(state) == nil {
      state.items.removeFirst()
      state.attempt = nil
    }
    guard let activity = activity(state) else { return try finish(state, turn) }
    let attempt =
      state.attempt.flatMap { $0.fits(activity) ? $0 : nil }
      ?? Attempt(activity, using: &turn.random)
    state.attempt = attempt
    var reply = activity.ask(attempt, turn)
    let place = turn.phrase(
      LevelPhrase.question,
      [
        "number": .number(state.percents.count + 1),
        "all": .number(state.percents.count + state.items.count),
      ])
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + place + "\n" + reply.text
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

  private func finish(_ state: LevelTestState, _ turn: Turn) throws -> Next<LevelTestState> {
    let count = state.percents.count
    let percent = count == 0 ? 0 : state.percents.reduce(0, +) / count
    let next = CEFRLevel.allCases.first { $0 > state.level }
    let hasPassed = percent >= Self.passPercent && count >= Self.itemsMin
    try LevelTestStore.finish(
      state.id, percent: percent, hasPassed: hasPassed, at: turn.now, in: turn.database)
    // Whoever has changed their level meanwhile keeps the one they chose.
    if hasPassed, let next, try choice.level(turn) == state.level {
      try ports.raiseLevel(turn.person.id, next.rawValue, turn.database)
    }
    try afterwards(turn)
    let values: [String: PhraseValue] = [
      "percent": .number(percent), "pass": .number(Self.passPercent),
      "level": .text((hasPassed ? next ?? state.level : state.level).rawValue),
    ]
    try turn.say(
      Reply(
        turn.phrase(hasPassed ? LevelPhrase.passed : LevelPhrase.failed, values),
        choices: choices(turn)))
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

/// What is said about levels.
enum LevelPhrase: String, Phrase {
  case closed = "level.closed"
  case failed = "level.failed"
  case intro = "level.intro"
  case none = "level.none"
  case passed = "level.passed"
  case question = "level.question"
  case wait = "level.wait"
}
