import Conversation
import Foundation
package import Storage

/// Gives people a past as learners, in bulk, for measuring: whole tables by a statement each.
package struct SampleHistory: Sendable {
  /// How much somebody has behind them.
  struct Past: Sendable {
    let lessons: Int
    let days: Int
    let cards: Int
    let reviews: Int
  }

  static let usual = Past(lessons: 3, days: 5, cards: 18, reviews: 12)
  /// A year's worth, for those who are measured.
  static let long = Past(lessons: 40, days: 300, cards: 280, reviews: 800)
  private static let dayMs: Int64 = 86_400_000
  private static let xpKinds = ["lesson", "fill_blank", "review"]

  private let lessonsJSON: String
  private let wordsJSON: String
  private let kindsJSON: String

  /// - Throws: `EncodingError` when an id cannot be written as JSON.
  package init(_ curriculum: Curriculum) throws {
    let lessons = curriculum.lessons.map { [$0.id, String($0.activityCount)] }
    let words = curriculum.lessons.flatMap { lesson in lesson.words.map { [lesson.id, $0.word] } }
    func json(_ rows: some Encodable) throws -> String {
      String(decoding: try JSONEncoder().encode(rows), as: UTF8.self)
    }
    lessonsJSON = try json(lessons)
    wordsJSON = try json(words)
    kindsJSON = try json(ActivityKind.allCases.map(\.rawValue))
  }

  /// Writes the past of the people in a range of rows.
  ///
  /// - Parameter isLong: whether they have learned for a year.
  package func insert(
    rows: Range<Int>, isLong: Bool, until now: Timestamp, in database: Transaction
  ) throws {
    let past = isLong ? Self.long : Self.usual
    let (first, last) = (rows.lowerBound, rows.upperBound - 1)
    let today = LocalTime(now, zone: nil).day
    try insertLessons(first, last, past, now, database)
    try insertDays(first, last, past, today, now, database)
    try insertCards(first, last, past, today, now, database)
  }

  private func insertLessons(
    _ first: Int, _ last: Int, _ past: Past, _ now: Timestamp, _ database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO lesson_runs (id, person_id, lesson_id, started_at, finished_at, percent)
      SELECT 'sample-' || p.rowid || '-' || l.key, p.id, l.value ->> 0,
        \(now) - (l.key + 1) * \(Self.dayMs), \(now) - (l.key + 1) * \(Self.dayMs) + 600000,
        60 + (p.rowid * 7 + l.key * 13) % 41
      FROM people p JOIN json_each(\(lessonsJSON)) l ON l.key < \(past.lessons)
      WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
    try database.execute(
      """
      INSERT INTO activity_answers
        (run_id, activity, attempt, kind, outcome, percent, answered_at)
      SELECT 'sample-' || p.rowid || '-' || l.key, a.key, 1, a.value,
        CASE WHEN (p.rowid + a.key) % 5 = 0 THEN 'wrong' ELSE 'right' END,
        CASE WHEN (p.rowid + a.key) % 5 = 0 THEN 0 ELSE 100 END,
        \(now) - (l.key + 1) * \(Self.dayMs) + a.key * 30000
      FROM people p JOIN json_each(\(lessonsJSON)) l ON l.key < \(past.lessons)
        JOIN json_each(\(kindsJSON)) a ON a.key < CAST(l.value ->> 1 AS INTEGER)
      WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
  }

  private func insertDays(
    _ first: Int, _ last: Int, _ past: Past, _ today: Int, _ now: Timestamp,
    _ database: Transaction
  ) throws {
    let kinds = String(decoding: try JSONEncoder().encode(Self.xpKinds), as: UTF8.self)
    try database.execute(
      """
      WITH RECURSIVE days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days
        WHERE n + 1 < \(past.days))
      INSERT INTO daily_xp (person_id, day, kind, xp)
      SELECT p.id, \(today) - d.n, k.value, 20 + (p.rowid + d.n) % 40
      FROM people p JOIN days d JOIN json_each(\(kinds)) k
      WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
    try database.execute(
      """
      WITH RECURSIVE days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days
        WHERE n + 1 < \(past.days))
      INSERT INTO practice_days (person_id, day, active_ms, answers, percents, last_at)
      SELECT p.id, \(today) - d.n, 300000 + (p.rowid * 31 + d.n * 7) % 900000, 20, 1500,
        \(now) - d.n * \(Self.dayMs)
      FROM people p JOIN days d WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
    try database.execute(
      """
      INSERT INTO practice_kinds (person_id, level, kind, answers, percents, recent)
      SELECT p.id, l.value, k.value, 12, 900, 55.0 + (p.rowid + k.key * 11) % 45
      FROM people p JOIN json_each('["A0","A1","A2","B1"]') l ON l.key < \(past.lessons / 10 + 1)
        JOIN json_each(\(kindsJSON)) k WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
    try database.execute(
      """
      INSERT INTO progress
        (person_id, streak, longest, freezes, last_day, last_at, last_zone)
      SELECT id, \(past.days), \(past.days), 1, \(today), \(now), NULL
      FROM people WHERE rowid BETWEEN \(first) AND \(last)
      """)
  }

  private func insertCards(
    _ first: Int, _ last: Int, _ past: Past, _ today: Int, _ now: Timestamp,
    _ database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO review_cards (id, person_id, item_key, kind, lesson_id, item, is_new, phase,
        step, stability, difficulty, reviewed_at, due_at, reviews, lapses)
      SELECT 'sample-' || p.rowid || '-' || w.key, p.id, 'sample:' || w.key, 'word',
        w.value ->> 0, w.value ->> 1, 0, 'review', NULL, 3.0 + (p.rowid + w.key) % 60, 5.0,
        \(now) - (w.key % 20 + 1) * \(Self.dayMs), \(now) + (w.key % 30 - 3) * \(Self.dayMs), 4, 0
      FROM people p JOIN json_each(\(wordsJSON)) w ON w.key < \(past.cards)
      WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
    try database.execute(
      """
      WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers
        WHERE n + 1 < \(past.reviews))
      INSERT INTO review_log
        (person_id, reviewed_at, card_id, day, grade, was_known, duration_ms)
      SELECT p.id, \(now) - r.n * 3600000, 'sample-' || p.rowid || '-' || (r.n % \(past.cards)),
        \(today) - r.n / 24, CASE WHEN r.n % 8 = 0 THEN 1 ELSE 3 END, 1, 4000
      FROM people p JOIN numbers r WHERE p.rowid BETWEEN \(first) AND \(last)
      """)
  }

  /// A week's picture with something in every bar.
  package static func picture(rightToLeft: Bool) -> [UInt8] {
    let days = (0..<7).map {
      PracticeLog.Day(day: 20_000 + $0, activeMs: Int64(4 + $0) * 60_000, answers: 9, percents: 700)
    }
    return WeekChart(
      days: days, goalMinutes: 10, language: rightToLeft ? .persian : .english
    ).bytes()
  }
}
