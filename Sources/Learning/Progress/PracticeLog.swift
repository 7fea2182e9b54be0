import Conversation
import Language
import Storage

/// Adds up practice as it happens, so that a report reads a few rows and never a history.
enum PracticeLog {
  /// A longer pause between two answers was no practice.
  static let pauseMaxMs: Int64 = 120_000
  /// What the first answer after a pause is taken to have needed.
  static let firstMs: Int64 = 20_000
  /// An answer never weighs less than this in what is recent, so that what has been learned since
  /// shows.
  static let recentWeightMin = 0.08
  /// Few enough that what a merge has mixed can be taken apart again to the last one.
  static let recentDecimals = 6

  struct Day: Equatable, Sendable {
    let day: Int
    var activeMs: Int64 = 0
    var answers = 0
    var percents = 0

    var minutes: Int { Int((activeMs + 59_999) / 60_000) }
    var accuracyPercent: Int? { answers == 0 ? nil : percents / answers }
  }

  /// What a type of activity has shown at a level.
  struct Kind: Equatable, Sendable {
    let level: CEFRLevel
    let kind: String
    let answers: Int
    let percents: Int
    /// The share right in percent, the newest answers weighing most.
    let recent: Double
  }

  static func note(
    percent: Int, kind: String, level: CEFRLevel, day: Int, by person: ID<Person>,
    at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO practice_days (person_id, day, active_ms, answers, percents, last_at)
      VALUES (\(person), \(day), \(firstMs), 1, \(percent), \(now))
      ON CONFLICT (person_id, day) DO UPDATE SET answers = practice_days.answers + 1,
        percents = practice_days.percents + excluded.percents,
        active_ms = practice_days.active_ms
          + CASE WHEN excluded.last_at - practice_days.last_at BETWEEN 0 AND \(pauseMaxMs)
              THEN excluded.last_at - practice_days.last_at ELSE \(firstMs) END,
        last_at = max(practice_days.last_at, excluded.last_at)
      """)
    try database.execute(
      """
      INSERT INTO practice_kinds (person_id, level, kind, answers, percents, recent)
      VALUES (\(person), \(level.rawValue), \(kind), 1, \(percent), \(Double(percent)))
      ON CONFLICT (person_id, level, kind) DO UPDATE SET answers = practice_kinds.answers + 1,
        percents = practice_kinds.percents + excluded.percents,
        recent = round(practice_kinds.recent + (excluded.recent - practice_kinds.recent)
          * max(1.0 / (practice_kinds.answers + 1), \(recentWeightMin)), \(recentDecimals))
      """)
  }

  /// The days from `first` to `last`, those without practice included.
  static func days(
    _ range: ClosedRange<Int>, of person: ID<Person>, in database: Transaction
  ) throws -> [Day] {
    var days = range.map { Day(day: $0) }
    let rows = try database.all(
      """
      SELECT day, active_ms, answers, percents FROM practice_days
      WHERE person_id = \(person) AND day BETWEEN \(range.lowerBound) AND \(range.upperBound)
      """)
    for row in rows {
      let day: Int = try row.value("day")
      days[day - range.lowerBound] = Day(
        day: day, activeMs: try row.value("active_ms"), answers: try row.value("answers"),
        percents: try row.value("percents"))
    }
    return days
  }

  static func kinds(of person: ID<Person>, in database: Transaction) throws -> [Kind] {
    try database.all(
      """
      SELECT level, kind, answers, percents, recent FROM practice_kinds
      WHERE person_id = \(person) ORDER BY level, kind
      """
    ).compactMap { row in
      guard let level = CEFRLevel(rawValue: try row.value("level")) else { return nil }
      return Kind(
        level: level, kind: try row.value("kind"), answers: try row.value("answers"),
        percents: try row.value("percents"), recent: try row.value("recent"))
    }
  }
}
