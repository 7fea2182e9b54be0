import Storage

/// Where the text of a version comes from.
package enum LessonOrigin: String, Sendable, SQLConvertible {
  case file
  case person
  /// A draft of a language model, which a person has to approve.
  case model
}

/// Every version of the lessons that have been touched in the store, and what was done to them.
enum LessonArchive {
  /// More are not kept of one lesson; the published one always is.
  static let versionsMax = 50
  static let eventsMax = 200

  /// Where a lesson stands.
  struct Place: Sendable, Equatable {
    let lesson: String
    /// The newest.
    let version: Int
    /// Nil while it is not published.
    let published: Int?
  }

  struct Version: Sendable {
    let version: Int
    let yaml: String
    let title: String
    let level: String
    let origin: LessonOrigin
    let author: String
    let createdAt: Timestamp
  }

  /// 0 until something has been published.
  static func revision(in database: Transaction) throws -> Int64 {
    try database.first("SELECT revision FROM content_state WHERE id = 1")?.value("revision") ?? 0
  }

  static func places(in database: Transaction) throws -> [Place] {
    try database.all(
      "SELECT lesson_id, version, published FROM content_lessons ORDER BY lesson_id"
    ).map(place)
  }

  static func place(of lesson: String, in database: Transaction) throws -> Place? {
    try database.first(
      "SELECT lesson_id, version, published FROM content_lessons WHERE lesson_id = \(lesson)"
    ).map(place)
  }

  private static func place(_ row: Row) throws -> Place {
    Place(
      lesson: try row.value("lesson_id"), version: try row.value("version"),
      published: try row.value("published"))
  }

  static func version(
    _ version: Int, of lesson: String, in database: Transaction
  ) throws -> Version? {
    try database.first(
      """
      SELECT version, yaml, title, level, origin, author, created_at FROM content_versions
      WHERE lesson_id = \(lesson) AND version = \(version)
      """
    ).map { row in
      Version(
        version: try row.value("version"), yaml: try row.value("yaml"),
        title: try row.value("title"), level: try row.value("level"),
        origin: try row.value("origin"), author: try row.value("author"),
        createdAt: try row.value("created_at"))
    }
  }

  /// The newest first.
  static func events(of lesson: String, in database: Transaction) throws -> [LessonEvent] {
    try database.all(
      """
      SELECT e.version, e.action, e.author, e.at, v.origin FROM content_events e
      LEFT JOIN content_versions v ON v.lesson_id = e.lesson_id AND v.version = e.version
      WHERE e.lesson_id = \(lesson) ORDER BY e.number DESC LIMIT \(eventsMax)
      """
    ).map { row in
      LessonEvent(
        version: try row.value("version"), action: try row.value("action"),
        author: try row.value("author"), at: try row.value("at"), origin: try row.value("origin"))
    }
  }

  // MARK: Changing

  static func add(
    _ version: Version, of lesson: String, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO content_versions
        (lesson_id, version, yaml, title, level, origin, author, created_at)
      VALUES (\(lesson), \(version.version), \(version.yaml), \(version.title), \(version.level),
        \(version.origin), \(version.author), \(version.createdAt))
      """)
    try database.execute(
      """
      INSERT INTO content_lessons (lesson_id, version, published)
      VALUES (\(lesson), \(version.version), NULL)
      ON CONFLICT (lesson_id) DO UPDATE SET version = excluded.version
      """)
    try database.execute(
      """
      DELETE FROM content_versions WHERE lesson_id = \(lesson)
        AND version <= \(version.version - versionsMax)
        AND version NOT IN (SELECT coalesce(published, 0) FROM content_lessons
          WHERE lesson_id = \(lesson))
      """)
  }

  /// - Parameter version: nil to take it down.
  static func publish(
    _ lesson: String, _ version: Int?, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      "UPDATE content_lessons SET published = \(version) WHERE lesson_id = \(lesson)")
    // The clock's, so that a number taken back by a lost commit is not given again.
    try database.execute(
      "UPDATE content_state SET revision = max(revision + 1, \(now)) WHERE id = 1")
  }

  static func note(
    _ action: LessonEvent.Action, _ version: Int, of lesson: String, by author: String,
    at now: Timestamp, in database: Transaction
  ) throws {
    let last = try database.first(
      "SELECT max(number) AS number FROM content_events WHERE lesson_id = \(lesson)")
    let number = (try last?.value("number", as: Int?.self) ?? 0) + 1
    try database.execute(
      """
      INSERT INTO content_events (lesson_id, number, version, action, author, at)
      VALUES (\(lesson), \(number), \(version), \(action), \(author), \(now))
      """)
    try database.execute(
      """
      DELETE FROM content_events
      WHERE lesson_id = \(lesson) AND number <= \(number - eventsMax)
      """)
  }
}
