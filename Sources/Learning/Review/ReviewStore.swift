import Conversation
import Storage

/// The cards of a person, as they are kept.
enum ReviewStore {
  /// More due cards than these are looked at on another day.
  static let dueMax = 500
  private static let dayMs: Int64 = 86_400_000

  static func card(
    _ id: ID<ReviewCard>, of person: ID<Person>, in database: Transaction
  ) throws -> ReviewCard? {
    try database.first(
      """
      SELECT \(sql: ReviewCard.columns) FROM review_cards
      WHERE id = \(id) AND person_id = \(person)
      """
    ).map(ReviewCard.init)
  }

  /// - Returns: false when there is a card for that already.
  @discardableResult
  static func add(
    _ card: ReviewCard, to person: ID<Person>, in database: Transaction
  ) throws -> Bool {
    let memory = card.memory
    return try database.execute(
      """
      INSERT INTO review_cards (id, person_id, item_key, kind, lesson_id, item, is_new, phase, step,
        stability, difficulty, reviewed_at, due_at, reviews, lapses)
      VALUES (\(card.id), \(person), \(card.key), \(card.kind), \(card.lesson), \(card.item),
        \(card.isNew), \(memory.phase), \(memory.step), \(memory.stability), \(memory.difficulty),
        \(memory.reviewedAt), \(memory.dueAt), \(card.reviews), \(card.lapses))
      ON CONFLICT (person_id, item_key) DO NOTHING
      """) == 1
  }

  static func save(_ card: ReviewCard, in database: Transaction) throws {
    let memory = card.memory
    try database.execute(
      """
      UPDATE review_cards SET is_new = \(card.isNew), phase = \(memory.phase),
        step = \(memory.step), stability = \(memory.stability), difficulty = \(memory.difficulty),
        reviewed_at = \(memory.reviewedAt), due_at = \(memory.dueAt), reviews = \(card.reviews),
        lapses = \(card.lapses)
      WHERE id = \(card.id)
      """)
  }

  static func due(
    of person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> [ReviewCard] {
    try database.all(
      """
      SELECT \(sql: ReviewCard.columns) FROM review_cards
      WHERE person_id = \(person) AND is_new = 0 AND due_at <= \(now)
      ORDER BY due_at LIMIT \(dueMax)
      """
    ).map(ReviewCard.init)
  }

  /// Mistakes before words, then the oldest first.
  static func fresh(
    of person: ID<Person>, limit: Int, in database: Transaction
  ) throws -> [ReviewCard] {
    try database.all(
      """
      SELECT \(sql: ReviewCard.columns) FROM review_cards
      WHERE person_id = \(person) AND is_new = 1 ORDER BY kind, due_at, id LIMIT \(max(0, limit))
      """
    ).map(ReviewCard.init)
  }

  static func nextDueAt(of person: ID<Person>, in database: Transaction) throws -> Timestamp? {
    try database.first(
      """
      SELECT due_at FROM review_cards WHERE person_id = \(person) AND is_new = 0
      ORDER BY due_at LIMIT 1
      """)?.value("due_at")
  }

  /// How many cards come due on each of the next `days` days; what is overdue counts for today.
  static func forecast(
    of person: ID<Person>, from now: Timestamp, days: Int, in database: Transaction
  ) throws -> [Int] {
    var counts = Array(repeating: 0, count: days)
    let rows = try database.all(
      """
      SELECT CASE WHEN due_at <= \(now) THEN 0
        ELSE (due_at - \(now.milliseconds)) / \(dayMs) END AS day, count(*) AS cards
      FROM review_cards WHERE person_id = \(person) AND is_new = 0
        AND due_at < \(now.adding(milliseconds: dayMs * Int64(days)))
      GROUP BY day
      """)
    for row in rows {
      let day: Int = try row.value("day")
      if counts.indices.contains(day) { counts[day] = try row.value("cards") }
    }
    return counts
  }

  // MARK: The log

  static func log(
    _ card: ReviewCard, grade: Grade, wasKnown: Bool, durationMs: Int64?, by person: ID<Person>,
    day: Int, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO review_log
        (person_id, reviewed_at, card_id, day, grade, was_known, duration_ms)
      VALUES (\(person), \(now), \(card.id), \(day), \(grade.rawValue), \(wasKnown), \(durationMs))
      ON CONFLICT (person_id, reviewed_at, card_id) DO NOTHING
      """)
  }

  /// How many different cards were reviewed on a day that began less than two days ago, and how
  /// many of them for the first time.
  static func reviewed(
    by person: ID<Person>, on day: Int, at now: Timestamp, in database: Transaction
  ) throws -> Int {
    try database.first(
      """
      SELECT count(DISTINCT card_id) AS cards FROM review_log
      WHERE person_id = \(person) AND reviewed_at > \(now.adding(milliseconds: -2 * dayMs))
        AND day = \(day)
      """)?.value("cards") ?? 0
  }

  static func lastReviewedAt(
    by person: ID<Person>, in database: Transaction
  ) throws -> Timestamp? {
    try database.first(
      """
      SELECT reviewed_at FROM review_log WHERE person_id = \(person)
      ORDER BY reviewed_at DESC LIMIT 1
      """)?.value("reviewed_at")
  }

  // MARK: What has been reached

  struct Retention: Equatable, Sendable {
    /// Reviews of cards that had been left for days, over the last 30 days.
    var reviews = 0
    var remembered = 0
    /// Words whose memory lasts a week and more.
    var wordsKnown = 0
    var cards = 0

    /// nil when there is too little to tell.
    var percent: Int? { reviews < 5 ? nil : remembered * 100 / reviews }
  }

  static func retention(
    of person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Retention {
    var result = Retention()
    let log = try database.first(
      """
      SELECT count(*) AS reviews, coalesce(sum(grade > 1), 0) AS remembered FROM review_log
      WHERE person_id = \(person) AND reviewed_at > \(now.adding(milliseconds: -30 * dayMs))
        AND was_known = 1
      """)
    if let log {
      result.reviews = try log.value("reviews")
      result.remembered = try log.value("remembered")
    }
    let cards = try database.first(
      """
      SELECT count(*) AS cards,
        coalesce(sum(kind = 'word' AND stability >= \(ReviewCard.knownStability)), 0) AS known
      FROM review_cards WHERE person_id = \(person)
      """)
    if let cards {
      result.cards = try cards.value("cards")
      result.wordsKnown = try cards.value("known")
    }
    return result
  }
}
