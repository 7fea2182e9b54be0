import Conversation
import Language
import Storage

/// What a person has done so far, as numbers.
struct LearnerFacts: Sendable, Equatable {
  enum Measure: String, Sendable, CaseIterable {
    case xp
    case bestDayXP = "best_day_xp"
    case longestStreak = "longest_streak"
    case activeDays = "active_days"
    case minutes
    case answers
    case kindsTried = "kinds_tried"
    case lessons
    case perfectLessons = "perfect_lessons"
    case levelsTouched = "levels_touched"
    case reviews
    case wordsKnown = "words_known"
    case testsPassed = "tests_passed"
    case topics
    case goalDays = "goal_days"
  }

  private var numbers: [Measure: Int] = [:]

  init(_ numbers: [Measure: Int] = [:]) { self.numbers = numbers }

  subscript(measure: Measure) -> Int { numbers[measure] ?? 0 }

  /// - Parameter goalMinutes: what makes a day count as one whose goal was met.
  static func gather(
    _ person: ID<Person>, goalMinutes: Int, at now: Timestamp, in database: Transaction
  ) throws -> LearnerFacts {
    var facts = LearnerFacts()
    try facts.addPoints(person, database)
    try facts.addPractice(person, goalMinutes: goalMinutes, database)
    try facts.addLessons(person, database)
    let retention = try ReviewStore.retention(of: person, at: now, in: database)
    facts.numbers[.wordsKnown] = retention.wordsKnown
    facts.numbers[.longestStreak] = try ProgressStore.streak(of: person, in: database).longest
    return facts
  }

  private mutating func addPoints(_ person: ID<Person>, _ database: Transaction) throws {
    let row = try database.first(
      """
      SELECT coalesce(sum(xp), 0) AS xp, coalesce(max(xp), 0) AS best FROM (
        SELECT sum(xp) AS xp FROM daily_xp WHERE person_id = \(person) GROUP BY day) days
      """)
    numbers[.xp] = try row?.value("xp")
    numbers[.bestDayXP] = try row?.value("best")
    numbers[.topics] = try database.first(
      """
      SELECT count(*) AS topics FROM daily_xp
      WHERE person_id = \(person) AND kind = \(Rewards.topicKind)
      """)?.value("topics")
  }

  private mutating func addPractice(
    _ person: ID<Person>, goalMinutes: Int, _ database: Transaction
  ) throws {
    let days = try database.first(
      """
      SELECT count(*) AS days, coalesce(sum(active_ms), 0) / 60000 AS minutes,
        coalesce(sum(answers), 0) AS answers,
        coalesce(sum(active_ms >= \(goalMinutes * 60_000)), 0) AS goals
      FROM practice_days WHERE person_id = \(person)
      """)
    numbers[.activeDays] = try days?.value("days")
    numbers[.minutes] = try days?.value("minutes")
    numbers[.answers] = try days?.value("answers")
    numbers[.goalDays] = try days?.value("goals")
    let kinds = try PracticeLog.kinds(of: person, in: database)
    let tried = kinds.filter { $0.kind != Rewards.reviewKind }
    numbers[.kindsTried] = Set(tried.map(\.kind)).count
    numbers[.levelsTouched] = Set(tried.map(\.level)).count
    numbers[.reviews] = kinds.filter { $0.kind == Rewards.reviewKind }.map(\.answers).reduce(0, +)
  }

  private mutating func addLessons(_ person: ID<Person>, _ database: Transaction) throws {
    let lessons = try database.first(
      """
      SELECT count(DISTINCT lesson_id) AS lessons,
        count(DISTINCT CASE WHEN percent = 100 THEN lesson_id END) AS perfect
      FROM lesson_runs WHERE person_id = \(person) AND finished_at IS NOT NULL
      """)
    numbers[.lessons] = try lessons?.value("lessons")
    numbers[.perfectLessons] = try lessons?.value("perfect")
    numbers[.testsPassed] = try database.first(
      "SELECT count(*) AS tests FROM level_tests WHERE person_id = \(person) AND has_passed = 1"
    )?.value("tests")
  }
}
