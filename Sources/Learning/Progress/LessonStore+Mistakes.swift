import Conversation
import Storage

extension LessonStore {
  /// More lessons back nobody remembers what went wrong.
  private static let runsMax = 20

  /// What is still not right in a lesson that is over.
  struct Mistakes: Equatable {
    let run: ID<LessonRun>
    let lesson: String
    let version: Int
    let activities: [Int]
    /// The number of the next attempt.
    let round: Int
    let given: Given
  }

  /// Those of the lesson finished last that has any; nil when nothing is left to put right. Only
  /// the newest run of each lesson counts.
  ///
  /// - Parameter countedIn: how many activities a version of a lesson has; nil for one that is
  ///   gone.
  static func openMistakes(
    of person: ID<Person>, in database: Transaction, countedIn count: (String, Int) throws -> Int?
  ) throws -> Mistakes? {
    let runs = try database.all(
      """
      SELECT id, lesson_id, lesson_version FROM lesson_runs
      WHERE person_id = \(person) AND finished_at IS NOT NULL
      ORDER BY finished_at DESC, id DESC LIMIT \(runsMax)
      """)
    var known: Set<String> = []
    for row in runs {
      let lesson: String = try row.value("lesson_id")
      let version = try version(of: row)
      guard known.insert(lesson).inserted, let count = try count(lesson, version) else { continue }
      let run: ID<LessonRun> = try row.value("id")
      let (open, round) = try openActivities(in: run, database)
      let activities = open.filter { $0 < count }
      guard !activities.isEmpty else { continue }
      return Mistakes(
        run: run, lesson: lesson, version: version, activities: activities, round: round,
        given: try given(in: run, database))
    }
    return nil
  }

  /// The activities whose newest answer is not right, and the number of the next attempt, which
  /// is never one of the lesson itself.
  private static func openActivities(
    in run: ID<LessonRun>, _ database: Transaction
  ) throws -> ([Int], Int) {
    var newest: [Int: String] = [:]
    var round = 3
    let answers = try database.all(
      """
      SELECT activity, attempt, outcome FROM activity_answers WHERE run_id = \(run)
      ORDER BY activity, attempt
      """)
    for answer in answers {
      newest[try answer.value("activity")] = try answer.value("outcome")
      round = max(round, try answer.value("attempt", as: Int.self) + 1)
    }
    let open = newest.filter { $0.value != Score.Outcome.right.rawValue }.keys.sorted()
    return (open, round)
  }
}
