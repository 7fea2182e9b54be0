import Conversation
import Storage

/// Points and streak, as they are kept.
enum ProgressStore {
  struct Totals: Equatable {
    var xp = 0
    var today = 0
  }

  /// Adds points of one kind to a day, up to the day's most. A day that holds more, since two
  /// people have turned out to be one, keeps it.
  ///
  /// - Returns: the day's points of that kind now.
  static func add(
    _ xp: Int, kind: String, max: Int, to person: ID<Person>, day: Int, in database: Transaction
  ) throws -> Int {
    try database.first(
      """
      INSERT INTO daily_xp (person_id, day, kind, xp)
      VALUES (\(person), \(day), \(kind), \(Swift.min(xp, max)))
      ON CONFLICT (person_id, day, kind) DO UPDATE SET xp =
        CASE WHEN daily_xp.xp > \(max) THEN daily_xp.xp
          WHEN daily_xp.xp + \(xp) > \(max) THEN \(max) ELSE daily_xp.xp + \(xp) END
      RETURNING xp
      """)?.value("xp") ?? 0
  }

  static func points(
    of kind: String, on day: Int, of person: ID<Person>, in database: Transaction
  ) throws -> Int {
    try database.first(
      "SELECT xp FROM daily_xp WHERE person_id = \(person) AND day = \(day) AND kind = \(kind)"
    )?.value("xp") ?? 0
  }

  static func totals(
    of person: ID<Person>, today: Int, in database: Transaction
  ) throws -> Totals {
    let row = try database.first(
      """
      SELECT coalesce(sum(xp), 0) AS xp,
        coalesce(sum(CASE WHEN day = \(today) THEN xp ELSE 0 END), 0) AS today
      FROM daily_xp WHERE person_id = \(person)
      """)
    guard let row else { return Totals() }
    return Totals(xp: try row.value("xp"), today: try row.value("today"))
  }

  static func streak(of person: ID<Person>, in database: Transaction) throws -> Streak {
    try findStreak(of: person, in: database) ?? Streak()
  }

  static func findStreak(of person: ID<Person>, in database: Transaction) throws -> Streak? {
    guard
      let row = try database.first(
        """
        SELECT streak, longest, freezes, last_day, last_at, last_zone FROM progress
        WHERE person_id = \(person)
        """)
    else { return nil }
    return Streak(
      days: try row.value("streak"), longest: try row.value("longest"),
      freezes: try row.value("freezes"), lastDay: try row.value("last_day"),
      lastAt: try row.value("last_at"), lastZone: try row.value("last_zone"))
  }

  /// The day on which the person was last told of their week; nil before the first time.
  static func summaryDay(of person: ID<Person>, in database: Transaction) throws -> Int? {
    try database.first("SELECT summary_day FROM progress WHERE person_id = \(person)")?.value(
      "summary_day")
  }

  /// Who has practised has a row.
  static func noteSummary(of person: ID<Person>, day: Int, in database: Transaction) throws {
    try database.execute("UPDATE progress SET summary_day = \(day) WHERE person_id = \(person)")
  }

  static func save(_ streak: Streak, of person: ID<Person>, in database: Transaction) throws {
    try database.execute(
      """
      INSERT INTO progress (person_id, streak, longest, freezes, last_day, last_at, last_zone)
      VALUES (\(person), \(streak.days), \(streak.longest), \(streak.freezes),
        \(streak.lastDay), \(streak.lastAt), \(streak.lastZone))
      ON CONFLICT (person_id) DO UPDATE SET streak = excluded.streak,
        longest = excluded.longest, freezes = excluded.freezes, last_day = excluded.last_day,
        last_at = excluded.last_at, last_zone = excluded.last_zone
      """)
  }
}
