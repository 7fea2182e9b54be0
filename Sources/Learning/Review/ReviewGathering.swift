import Conversation
import Storage

/// Makes cards of what somebody has learned since they last reviewed: the words of finished
/// lessons, and the activities whose first answer was not right.
struct ReviewGathering: Sendable {
  /// What has to be spoken or written at length is practised in lessons.
  static let leftOut: Set<String> = ["speaking_prompt", "pronunciation", "dictation"]

  let shelf: LessonShelf

  /// - Returns: how many cards are new.
  @discardableResult
  func gather(_ turn: Turn) throws -> Int {
    let person = turn.person.id
    let since = try turn.database.first(
      "SELECT gathered_until FROM review_marks WHERE person_id = \(person)"
    )?.value("gathered_until", as: Timestamp.self)
    let runs = try turn.database.all(
      """
      SELECT id, lesson_id, lesson_version, finished_at FROM lesson_runs
      WHERE person_id = \(person) AND finished_at > \(since ?? Timestamp(milliseconds: 0))
      ORDER BY finished_at, id
      """)
    var count = 0
    for row in runs {
      let id: String = try row.value("lesson_id")
      guard shelf.curriculum[id] != nil,
        let lesson = try shelf.lesson(
          id, version: LessonStore.version(of: row), in: turn.database)
      else { continue }
      count += try addWords(of: lesson, turn)
      count += try addMistakes(in: row.value("id"), lesson, turn)
    }
    if let last = runs.last { try mark(last.value("finished_at"), person, turn.database) }
    return count
  }

  private func addWords(of lesson: Lesson, _ turn: Turn) throws -> Int {
    try lesson.words.count { word in
      try add(.word, word.word, lesson, turn)
    }
  }

  private func addMistakes(
    in run: ID<LessonRun>, _ lesson: Lesson, _ turn: Turn
  ) throws -> Int {
    let rows = try turn.database.all(
      """
      SELECT activity, kind FROM activity_answers
      WHERE run_id = \(run) AND attempt = 1 AND outcome IN ('wrong', 'partial', 'almost')
      ORDER BY activity
      """)
    return try rows.count { row in
      let activity: Int = try row.value("activity")
      let kind: String = try row.value("kind")
      guard !Self.leftOut.contains(kind), lesson.activities.indices.contains(activity) else {
        return false
      }
      return try add(
        .mistake, ReviewCard.item(activity, version: lesson.version), lesson, turn)
    }
  }

  private func add(
    _ kind: ReviewCard.Kind, _ item: String, _ lesson: Lesson, _ turn: Turn
  ) throws -> Bool {
    let card = ReviewCard(
      id: turn.newID(), kind: kind, lesson: lesson.id, item: item,
      memory: Memory(dueAt: turn.now))
    return try ReviewStore.add(card, to: turn.person.id, in: turn.database)
  }

  private func mark(
    _ moment: Timestamp, _ person: ID<Person>, _ database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO review_marks (person_id, gathered_until) VALUES (\(person), \(moment))
      ON CONFLICT (person_id) DO UPDATE SET gathered_until = excluded.gathered_until
      """)
  }
}
