import Conversation
import Language
import Storage

/// What a review does with its cards: chooses the day's, asks for one, keeps what came of it.
struct ReviewDesk: Sendable {
  /// One short step for what is new or forgotten, so that a sitting in a chat comes to an end.
  static let scheduler = ReviewScheduler(
    learningSteps: [600], relearningSteps: [600], intervalMax: 3_650)

  let shelf: LessonShelf
  let ports: LearnerPorts
  let speech: LessonSpeech
  let afterwards: @Sendable (Turn) throws -> Void

  private var words: WordQuestion { WordQuestion(shelf: shelf, speech: speech) }
  private var curriculum: Curriculum { shelf.curriculum }

  /// What one answer led to.
  struct Result {
    let card: ReviewCard
    let grade: Grade
    let xp: Int
  }

  func day(_ turn: Turn) throws -> ReviewDay {
    try ReviewGathering(shelf: shelf).gather(turn)
    let person = turn.person.id
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    let budget = ReviewDay.budget(minutes: try ports.minutesOf(person, turn.database))
    let done = try ReviewStore.reviewed(by: person, on: today, at: turn.now, in: turn.database)
    let last = try ReviewStore.lastReviewedAt(by: person, in: turn.database)
    let day = ReviewDay.plan(
      due: try ReviewStore.due(of: person, at: turn.now, in: turn.database),
      fresh: try ReviewStore.fresh(
        of: person, limit: budget / ReviewDay.newShare, in: turn.database),
      left: max(0, budget - done), budget: budget,
      isBack: last.map { turn.now.milliseconds - $0.milliseconds >= ReviewDay.awayMs } ?? false,
      at: turn.now, Self.scheduler)
    for (card, days) in day.postponed {
      var card = card
      card.memory.dueAt = turn.now.adding(milliseconds: Int64(days) * 86_400_000)
      try ReviewStore.save(card, in: turn.database)
    }
    return day
  }

  // MARK: Asking

  /// nil when what the card is about is no longer there.
  func open(_ id: ID<ReviewCard>, _ turn: Turn) throws -> ReviewState.Open? {
    guard let card = try ReviewStore.card(id, of: turn.person.id, in: turn.database),
      let lesson = curriculum[card.lesson]
    else { return nil }
    if let word = word(of: card) { return try words.open(card, word, in: lesson, turn) }
    guard let activity = try activity(of: card, turn) else { return nil }
    return ReviewState.Open(
      card: id, face: .activity, attempt: Attempt(activity, using: &turn.random),
      askedAt: turn.now)
  }

  func card(_ open: ReviewState.Open, _ turn: Turn) throws -> ReviewCard? {
    try ReviewStore.card(open.card, of: turn.person.id, in: turn.database)
  }

  func ask(_ open: ReviewState.Open, _ card: ReviewCard, _ turn: Turn) throws -> Reply? {
    if let word = word(of: card) { return try words.ask(open, word, turn) }
    guard let activity = try activity(of: card, turn), let attempt = open.attempt else {
      return nil
    }
    return activity.ask(attempt, turn)
  }

  func read(
    _ input: Input, _ open: ReviewState.Open, _ card: ReviewCard, _ turn: Turn
  ) throws -> Reading {
    if let word = word(of: card) {
      return words.read(input, open, word, turn).map(Reading.scored) ?? .unclear(.unclearChoice)
    }
    guard let activity = try activity(of: card, turn), let attempt = open.attempt else {
      return .scored(.skipped)
    }
    return activity.read(input, attempt, turn)
  }

  func feedback(_ score: Score, _ card: ReviewCard, _ turn: Turn) throws -> String {
    if let activity = try activity(of: card, turn) {
      return LessonText.feedback(score, to: activity, turn)
    }
    guard let word = word(of: card) else { return "" }
    let phrase: ReviewPhrase =
      switch score.outcome {
      case .right: .right
      case .almost, .partial: .almost
      case .wrong, .skipped: .again
      }
    return turn.phrase(phrase) + "\n" + WordQuestion.solution(word, turn)
  }

  // MARK: Keeping

  func keep(
    _ score: Score, _ open: ReviewState.Open, _ card: ReviewCard, _ turn: Turn
  ) throws -> Result {
    let waitedMs = turn.now.milliseconds - open.askedAt.milliseconds
    let grade = ReviewGrading.grade(
      score, face: open.face, isHinted: open.isHinted, afterMs: waitedMs)
    let wasKnown = card.memory.phase == .review
    var after = card
    after.memory = Self.scheduler.review(card.memory, grade, at: turn.now)
    after.reviews += 1
    if grade == .again, wasKnown { after.lapses += 1 }
    try ReviewStore.save(after, in: turn.database)
    try ReviewStore.log(
      card, grade: grade, wasKnown: wasKnown, durationMs: waitedMs, by: turn.person.id,
      day: LocalTime(turn.now, zone: turn.person.timeZone).day, at: turn.now, in: turn.database)
    let xp = try Earning.rewardReview(
      isRemembered: grade != .again, percent: score.percent, level: level(of: card), turn)
    return Result(card: after, grade: grade, xp: xp)
  }

  // MARK: Words

  func summary(_ state: ReviewState, _ turn: Turn) throws -> String {
    guard state.asked > 0 else { return turn.phrase(ReviewPhrase.later) }
    let person = turn.person.id
    var lines = [
      turn.phrase(
        ReviewPhrase.done,
        [
          "cards": .number(state.asked),
          "percent": .number(state.remembered * 100 / state.asked), "xp": .number(state.xp),
        ])
    ]
    let retention = try ReviewStore.retention(of: person, at: turn.now, in: turn.database)
    lines.append(turn.phrase(ReviewPhrase.known, ["words": .number(retention.wordsKnown)]))
    let forecast = try ReviewStore.forecast(of: person, from: turn.now, days: 2, in: turn.database)
    lines.append(turn.phrase(ReviewPhrase.tomorrow, ["cards": .number(forecast.reduce(0, +))]))
    return lines.joined(separator: "\n")
  }

  func nothingDue(_ turn: Turn) throws -> String {
    guard let next = try ReviewStore.nextDueAt(of: turn.person.id, in: turn.database) else {
      return turn.phrase(ReviewPhrase.empty)
    }
    let days =
      LocalTime(next, zone: turn.person.timeZone).day
      - LocalTime(turn.now, zone: turn.person.timeZone).day
    return days <= 0
      ? turn.phrase(ReviewPhrase.enoughToday)
      : turn.phrase(ReviewPhrase.nothing, ["days": .number(days)])
  }

  private func word(of card: ReviewCard) -> Lesson.Word? {
    guard card.kind == .word else { return nil }
    return curriculum[card.lesson]?.words.first { $0.word == card.item }
  }

  private func activity(of card: ReviewCard, _ turn: Turn) throws -> (any Activity)? {
    guard let place = card.place, curriculum[card.lesson] != nil,
      let lesson = try shelf.lesson(
        card.lesson, version: place.version, in: turn.database),
      lesson.activities.indices.contains(place.activity)
    else { return nil }
    return lesson.activities[place.activity]
  }

  private func level(of card: ReviewCard) -> CEFRLevel {
    curriculum[card.lesson]?.level ?? LessonChoice.guestLevel
  }
}
