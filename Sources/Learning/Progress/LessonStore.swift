import Conversation
import Storage

/// One time somebody takes a lesson.
struct LessonRun: Sendable, Equatable {
  let id: ID<LessonRun>
  let lesson: String
  let version: Int
}

/// Which lessons somebody has begun and finished, and every answer, once.
enum LessonStore {
  struct History: Equatable {
    var finished: Set<String> = []
    /// Begun and not finished, the newest first.
    var begun: [String] = []
  }

  /// The first answers of a run.
  struct Given: Equatable {
    /// What each was worth, by activity; `LessonState.skippedPercent` for one that was skipped.
    var percents: [Int: Int] = [:]
    /// Those that were answered, and not right.
    var mistakes: Set<Int> = []
  }

  static func history(of person: ID<Person>, in database: Transaction) throws -> History {
    var history = History()
    let rows = try database.all(
      """
      SELECT lesson_id, max(finished_at) AS finished_at FROM lesson_runs
      WHERE person_id = \(person) GROUP BY lesson_id ORDER BY max(started_at) DESC
      """)
    for row in rows {
      let lesson: String = try row.value("lesson_id")
      if try row.value("finished_at", as: Timestamp?.self) == nil {
        history.begun.append(lesson)
      } else {
        history.finished.insert(lesson)
      }
    }
    return history
  }

  /// The open run of a lesson, with the first answers given in it by their activity.
  static func openRun(
    of lesson: String, by person: ID<Person>, in database: Transaction
  ) throws -> (id: ID<LessonRun>, version: Int, given: Given)? {
    let row = try database.first(
      """
      SELECT id, lesson_version FROM lesson_runs
      WHERE person_id = \(person) AND lesson_id = \(lesson) AND finished_at IS NULL
      ORDER BY started_at DESC LIMIT 1
      """)
    guard let row else { return nil }
    let id: ID<LessonRun> = try row.value("id")
    return (id, try version(of: row), try given(in: id, database))
  }

  /// Runs from before there were versions are of the first.
  static func version(of run: Row) throws -> Int {
    try run.value("lesson_version", as: Int?.self) ?? Lesson.firstVersion
  }

  /// A run in which nothing has been answered goes on with another text.
  static func renew(
    _ run: ID<LessonRun>, version: Int, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE lesson_runs SET lesson_version = \(version)
      WHERE id = \(run) AND coalesce(lesson_version, \(Lesson.firstVersion)) <> \(version)
      """)
  }

  static func given(in run: ID<LessonRun>, _ database: Transaction) throws -> Given {
    var given = Given()
    let answers = try database.all(
      """
      SELECT activity, outcome, percent FROM activity_answers
      WHERE run_id = \(run) AND attempt = 1 ORDER BY activity
      """)
    for answer in answers {
      let outcome = Score.Outcome(rawValue: try answer.value("outcome", as: String.self))
      let activity: Int = try answer.value("activity")
      if outcome == .skipped {
        given.percents[activity] = LessonState.skippedPercent
      } else {
        given.percents[activity] = try answer.value("percent")
        if outcome != .right { given.mistakes.insert(activity) }
      }
    }
    return given
  }

  static func begin(
    _ run: LessonRun, by person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO lesson_runs (id, person_id, lesson_id, lesson_version, started_at)
      VALUES (\(run.id), \(person), \(run.lesson), \(run.version), \(now))
      """)
  }

  /// - Returns: false when that attempt has been kept before.
  static func keep(
    _ score: Score, of activity: Int, kind: ActivityKind, attempt: Int, in run: ID<LessonRun>,
    at now: Timestamp, _ database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      INSERT INTO activity_answers
        (run_id, activity, attempt, kind, outcome, percent, answered_at)
      VALUES (\(run), \(activity), \(attempt), \(kind.rawValue), \(score.outcome.rawValue),
        \(score.percent), \(now))
      ON CONFLICT (run_id, activity, attempt) DO NOTHING
      """) == 1
  }

  /// - Returns: false when the run was finished before.
  static func finish(
    _ run: ID<LessonRun>, percent: Int?, at now: Timestamp, in database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      UPDATE lesson_runs SET finished_at = \(now), percent = \(percent)
      WHERE id = \(run) AND finished_at IS NULL
      """) == 1
  }

  static func accuracy(of person: ID<Person>, in database: Transaction) throws -> Int? {
    let row = try database.first(
      """
      SELECT sum(percent) AS percents, count(percent) AS runs FROM lesson_runs
      WHERE person_id = \(person) AND finished_at IS NOT NULL
      """)
    guard let row, let runs: Int = try row.value("runs"), runs > 0 else { return nil }
    let percents: Int = try row.value("percents")
    return percents / runs
  }

  static func lastFinishedAt(
    by person: ID<Person>, in database: Transaction
  ) throws -> (moment: Timestamp, zone: String?)? {
    let row = try database.first(
      """
      SELECT max(r.finished_at) AS finished_at, p.time_zone FROM people p
      JOIN lesson_runs r ON r.person_id = p.id WHERE p.id = \(person)
      GROUP BY p.id, p.time_zone
      """)
    guard let row, let moment: Timestamp = try row.value("finished_at", as: Timestamp?.self) else {
      return nil
    }
    return (moment, try row.value("time_zone"))
  }
}
