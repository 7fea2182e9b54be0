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
  /// What kind each of them was of; nil in a test begun before this was kept.
  var kinds: [String]?
}

/// The test that leads to the next level: a dozen of the level's activities in parts, without
/// feedback on the way, and a mark at the end, in all and for each skill. Every answer also counts
/// for what its skill has shown.
struct LevelTestFlow: Flow {
  static let name: FlowName = "levelup"
  static let itemsMax = 12
  static let itemsMin = 6
  static let passPercent = 75
  /// Until a test that was not passed can be tried again.
  static let retryMs: Int64 = 24 * 3_600_000
  private static let skipID = "skip"

  let choice: LessonChoice
  let ports: LearnerPorts
  let speech: LessonSpeech
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
    let items = LevelTestPart.draw(
      choice.curriculum.lessons.filter { $0.level == level }, itemsMax: Self.itemsMax,
      using: &turn.random)
    guard items.count >= Self.itemsMin else { return try refuse(.none, [:], turn) }
    let state = LevelTestState(id: turn.newID(), level: level, items: items, kinds: [])
    try LevelTestStore.begin(
      state.id, level: level, by: person, at: turn.now, in: turn.database)
    let lead = turn.phrase(
      LevelPhrase.intro,
      [
        "level": .text(level.rawValue), "questions": .number(items.count),
        "percent": .number(Self.passPercent),
      ])
    return try ask(state, lead: lead, isFresh: true, turn)
  }

  func receive(
    _ input: Input, in state: LevelTestState, _ turn: Turn
  ) throws -> Next<LevelTestState> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported: break
    }
    guard let activity = activity(state), let attempt = state.attempt, attempt.fits(activity) else {
      return try ask(state, lead: nil, isFresh: true, turn)
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
    try ask(state, lead: nil, isFresh: true, turn)
  }

  private func refuse(
    _ phrase: LevelPhrase, _ values: [String: PhraseValue], _ turn: Turn
  ) throws -> Next<LevelTestState> {
    try turn.say(Reply(turn.phrase(phrase, values), choices: choices(turn)))
    return .leave
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
    let kind = activity(state)?.kind.rawValue ?? ""
    state.items.removeFirst()
    state.attempt = nil
    state.percents.append(score.percent)
    state.kinds?.append(kind)
    if score.outcome != .skipped {
      try PracticeLog.note(
        percent: score.percent, kind: kind, level: state.level,
        day: LocalTime(turn.now, zone: turn.person.timeZone).day, by: turn.person.id,
        at: turn.now, in: turn.database)
    }
    return try ask(state, lead: nil, isFresh: true, turn)
  }

  /// - Parameter isFresh: whether what is read or heard is shown; asked again it is on the screen.
  private func ask(
    _ state: LevelTestState, lead: String?, isFresh: Bool = false, _ turn: Turn
  ) throws -> Next<LevelTestState> {
    var state = state
    // An item whose lesson has changed since is left out.
    while !state.items.isEmpty, activity(state) == nil {
      state.items.removeFirst()
      state.attempt = nil
    }
    guard let activity = activity(state) else { return try finish(state, turn) }
    var attempt =
      state.attempt.flatMap { $0.fits(activity) ? $0 : nil }
      ?? Attempt(activity, using: &turn.random)
    let sound = try sound(of: activity, turn)
    attempt.hasSound = sound != nil
    state.attempt = attempt
    var reply = activity.ask(attempt, turn)
    let place = turn.phrase(
      LevelPhrase.question,
      [
        "number": .number(state.percents.count + 1),
        "all": .number(state.percents.count + state.items.count),
      ])
    let text = isFresh ? readingText(state, activity).map { Markup.escape($0) } : nil
    let before = [lead, text].compactMap(\.self).map { $0 + "\n\n" }.joined()
    reply.text = before + place + "\n" + reply.text
    if isFresh { reply.media = sound }
    reply.choices.append(Choice(Self.skipID, turn.phrase(LessonPhrase.skip)))
    return try turn.ask(reply, then: state)
  }

  /// The lesson's text, in English alone, for questions about it.
  private func readingText(_ state: LevelTestState, _ activity: any Activity) -> String? {
    guard LevelTestPart.reading.kinds.contains(activity.kind), let item = state.items.first else {
      return nil
    }
    return choice.curriculum[item.lesson]?.text[.english]
  }

  /// Nil where no file can be sent, or the sound has not been made: then it is read.
  private func sound(of activity: any Activity, _ turn: Turn) throws -> OutgoingMedia? {
    guard turn.carriesFiles, let text = activity.speech else { return nil }
    return try speech(SpokenText(text), turn)
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
        ([turn.phrase(hasPassed ? LevelPhrase.passed : LevelPhrase.failed, values)]
          + skills(state, turn)).joined(separator: "\n"),
        choices: choices(turn)))
    return .leave
  }

  /// What each skill came to, where more than one was asked.
  private func skills(_ state: LevelTestState, _ turn: Turn) -> [String] {
    let answers = zip(state.kinds ?? [], state.percents)
    let shown = Skill.allCases.compactMap { skill -> String? in
      let percents = answers.filter { Skill.byKind[$0.0] == skill }.map(\.1)
      guard !percents.isEmpty else { return nil }
      return turn.phrase(
        LevelPhrase.skill,
        [
          "skill": .text(turn.phrase(key: "progress.skill_name.\(skill.rawValue)")),
          "percent": .number(percents.reduce(0, +) / percents.count),
        ])
    }
    return shown.count > 1 ? shown : []
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
  case skill = "level.skill"
  case wait = "level.wait"
}
