import Conversation
package import Learning
package import Speech
package import Storage

/// What lessons say aloud, and what has become of making each of it ahead.
package struct LessonAudioShelf: Sendable {
  static let migrations = [
    Migration(
      "lesson-audio-1",
      [
        .table(
          """
          CREATE TABLE lesson_audio (
            key TEXT PRIMARY KEY, attempts INTEGER NOT NULL, fault TEXT, due_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL)
          """)
      ])
  ]

  /// Of all that is made ahead.
  static let bytesMax = 256 << 20
  /// After so many attempts a text counts as failed; it is still tried from time to time.
  static let attemptsMax = 5
  static let againMsMin: Int64 = 60_000
  static let againMsMax: Int64 = 86_400_000
  /// Rows that are touched in one transaction, so that turns are not held up.
  static let rowsPerStep = 100
  private static let usedMsMax: Int64 = 7 * 86_400_000

  struct Item: Sendable {
    let key: String
    let spoken: Speech.SpokenText
  }

  package struct Counts: Sendable, Equatable {
    package var wanted = 0
    package var ready = 0
    package var missing = 0
    package var failed = 0
    package var orphaned = 0
    package var bytes = 0
  }

  /// In the order in which they are made.
  let items: [Item]
  private let keys: Set<String>

  package init(_ curriculum: Curriculum, voice: LessonVoice) {
    items = curriculum.spokenTexts.flatMap { text in
      SpokenFormat.allCases.map { format in
        let spoken = voice.spoken(
          text.text, language: text.language, name: text.voice, as: format)
        return Item(key: spoken.key, spoken: spoken)
      }
    }
    keys = Set(items.map(\.key))
  }

  /// What is to be made next; nothing when all is there, waits for its next attempt, or would
  /// not fit.
  func due(at now: Timestamp, limit: Int, in database: Transaction) throws -> [Item] {
    let rows = try Self.rows(in: database)
    guard rows.reduce(0, { $0 + ($1.value.byteCount ?? 0) }) < Self.bytesMax else { return [] }
    let due = items.lazy.filter { item in
      guard let row = rows[item.key] else { return true }
      return row.byteCount == nil && row.dueAt <= now
    }
    return Array(due.prefix(limit))
  }

  /// Writes down that an item was made, or what kept it from being made.
  ///
  /// - Parameter isFinal: whether it makes no sense to try again soon.
  static func note(
    _ item: Item, fault: String?, isFinal: Bool = false, at now: Timestamp,
    in database: Transaction
  ) throws {
    let row = try database.first("SELECT attempts FROM lesson_audio WHERE key = \(item.key)")
    let before: Int = try row?.value("attempts") ?? 0
    let attempts = fault == nil ? 0 : isFinal ? max(attemptsMax, before + 1) : before + 1
    let doublings = Int64(min(attempts, 16))
    let againMs = isFinal ? againMsMax : min(againMsMax, againMsMin << doublings)
    try database.execute(
      """
      INSERT INTO lesson_audio (key, attempts, fault, due_at, changed_at)
      VALUES (\(item.key), \(attempts), \(fault), \(now.adding(milliseconds: againMs)), \(now))
      ON CONFLICT (key) DO UPDATE SET attempts = excluded.attempts, fault = excluded.fault,
        due_at = excluded.due_at, changed_at = excluded.changed_at
      """)
  }

  /// Forgets what no lesson says any more, or another engine has said; so many at a time.
  ///
  /// - Returns: how many.
  func sweep(limit: Int, in database: Transaction) throws -> Int {
    let known = try database.all("SELECT key FROM lesson_audio").map { row -> String in
      try row.value("key")
    }
    let orphans = Array(known.filter { !keys.contains($0) }.prefix(limit))
    guard !orphans.isEmpty else { return 0 }
    try database.execute("DELETE FROM spoken_audio WHERE key IN (\(list: orphans))")
    try database.execute("DELETE FROM lesson_audio WHERE key IN (\(list: orphans))")
    return orphans.count
  }

  /// What a lesson says is in use even when nobody has heard it for long; so many at a time.
  static func use(at now: Timestamp, limit: Int, in database: Transaction) throws -> Int {
    let before = now.adding(milliseconds: -usedMsMax)
    return try database.execute(
      """
      UPDATE spoken_audio SET used_at = \(now) WHERE key IN (
        SELECT s.key FROM spoken_audio s JOIN lesson_audio l ON l.key = s.key
        WHERE s.used_at < \(before) LIMIT \(limit))
      """)
  }

  package func counts(in database: Transaction) throws -> Counts {
    let rows = try Self.rows(in: database)
    var counts = Counts(wanted: items.count)
    for item in items {
      let row = rows[item.key]
      if row?.byteCount != nil {
        counts.ready += 1
      } else if let row, row.attempts >= Self.attemptsMax {
        counts.failed += 1
      } else {
        counts.missing += 1
      }
    }
    counts.orphaned = rows.keys.count { !keys.contains($0) }
    counts.bytes = rows.values.reduce(0) { $0 + ($1.byteCount ?? 0) }
    return counts
  }

  /// What cannot be made so far, and why, in the order of the lessons.
  package func troubles(in database: Transaction) throws -> [Trouble] {
    let rows = try database.all(
      "SELECT key, attempts, fault FROM lesson_audio WHERE fault IS NOT NULL")
    var known: [String: Row] = [:]
    for row in rows { known[try row.value("key")] = row }
    return try items.compactMap { item in
      guard let row = known[item.key] else { return nil }
      return Trouble(
        text: item.spoken.text, format: item.spoken.format,
        attempts: try row.value("attempts"), fault: try row.value("fault"))
    }
  }

  package struct Trouble: Sendable, Equatable {
    package let text: String
    package let format: SpokenFormat
    package let attempts: Int
    package let fault: String
  }

  private struct Known {
    let attempts: Int
    let dueAt: Timestamp
    /// Nil when it is not there.
    let byteCount: Int?
  }

  private static func rows(in database: Transaction) throws -> [String: Known] {
    let rows = try database.all(
      """
      SELECT l.key, l.attempts, l.due_at, s.byte_count
      FROM lesson_audio l LEFT JOIN spoken_audio s ON s.key = l.key
      """)
    var known: [String: Known] = [:]
    for row in rows {
      known[try row.value("key")] = Known(
        attempts: try row.value("attempts"), dueAt: try row.value("due_at"),
        byteCount: try row.value("byte_count"))
    }
    return known
  }
}
