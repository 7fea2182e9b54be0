import Conversation
import Language
import Storage

/// Level tests as they are kept, and what opens them.
enum LevelTestStore {
  struct Last: Equatable, Sendable {
    let startedAt: Timestamp
    let hasPassed: Bool
  }

  static func progress(
    of person: ID<Person>, at level: CEFRLevel, in curriculum: Curriculum, _ database: Transaction
  ) throws -> LevelProgress {
    let lessons = curriculum.lessons.filter { $0.level == level }
    let rows = try database.all(
      """
      SELECT lesson_id FROM lesson_runs WHERE person_id = \(person)
        AND percent >= \(LevelProgress.lessonPercentMin) GROUP BY lesson_id
      """)
    let good = Set(try rows.map { try $0.value("lesson_id", as: String.self) })
    return LevelProgress(
      level: level, done: lessons.count { good.contains($0.id) }, all: lessons.count)
  }

  static func last(
    of person: ID<Person>, at level: CEFRLevel, in database: Transaction
  ) throws -> Last? {
    let row = try database.first(
      """
      SELECT started_at, coalesce(has_passed, 0) AS has_passed FROM level_tests
      WHERE person_id = \(person) AND level = \(level.rawValue)
      ORDER BY started_at DESC LIMIT 1
      """)
    return try row.map {
      Last(startedAt: try $0.value("started_at"), hasPassed: try $0.value("has_passed"))
    }
  }

  static func begin(
    _ id: ID<LevelTestState>, level: CEFRLevel, by person: ID<Person>, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO level_tests (id, person_id, level, started_at)
      VALUES (\(id), \(person), \(level.rawValue), \(now))
      """)
  }

  static func finish(
    _ id: ID<LevelTestState>, percent: Int, hasPassed: Bool, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE level_tests SET finished_at = \(now), percent = \(percent), has_passed = \(hasPassed)
      WHERE id = \(id) AND finished_at IS NULL
      """)
  }
}
