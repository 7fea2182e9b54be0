import Conversation
import Storage

/// Whether a lesson was liked, by one press at its end, and perhaps a line of words. Nothing waits
/// for it: the buttons are commands, and what is said stands beside the conversation.
package enum LessonFeedback {
  static let wordsLengthMax = 300
  /// Of a version, shown to those who care for it.
  static let wordsShownMax = 20

  /// What was said of one version of a lesson, without names.
  package struct Summary: Sendable, Equatable {
    package let likes: Int
    package let dislikes: Int
    /// The newest first.
    package let words: [String]
  }

  private struct Subject {
    let lesson: String
    let version: Int
  }

  static let commands = [
    Command("like", .aside { try mark(1, $0, $1) }),
    Command("dislike", .aside { try mark(-1, $0, $1) }),
    Command("feedback", .aside(add)),
  ]

  /// The buttons under what is said last before a lesson's end. They are not among the end's own,
  /// which are for going on, and of which a press may use up all. Where choices are numbered lines
  /// there are none: they cost, and the numbers belong to the end's.
  static func choices(_ run: ID<LessonRun>, _ turn: Turn) -> [Choice] {
    guard turn.channel != .sms, turn.channel != .terminal else { return [] }
    return [
      .command("like \(run)", turn.phrase(FeedbackPhrase.up)),
      .command("dislike \(run)", turn.phrase(FeedbackPhrase.down)),
    ]
  }

  // MARK: Commands

  private static func mark(_ mark: Int, _ run: String, _ turn: Turn) throws {
    guard let subject = try subject(run, turn) else {
      return try turn.notify(Reply(turn.phrase(FeedbackPhrase.none)))
    }
    try turn.database.execute(
      """
      INSERT INTO lesson_feedback (person_id, lesson_id, version, mark, words, marked_at)
      VALUES (\(turn.person.id), \(subject.lesson), \(subject.version), \(mark), NULL, \(turn.now))
      ON CONFLICT (person_id, lesson_id, version)
        DO UPDATE SET mark = excluded.mark, marked_at = excluded.marked_at
      """)
    try turn.notify(Reply(turn.phrase(mark > 0 ? FeedbackPhrase.thanksUp : .thanksDown)))
  }

  /// A line of words for what was marked last.
  private static func add(_ text: String, _ turn: Turn) throws {
    let words = String(
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(wordsLengthMax))
    guard !words.isEmpty else { return try turn.notify(Reply(turn.phrase(FeedbackPhrase.how))) }
    let isKept =
      try turn.database.execute(
        """
        UPDATE lesson_feedback SET words = \(words)
        WHERE (person_id, lesson_id, version) IN (
          SELECT person_id, lesson_id, version FROM lesson_feedback
          WHERE person_id = \(turn.person.id) ORDER BY marked_at DESC, lesson_id LIMIT 1)
        """) == 1
    try turn.notify(Reply(turn.phrase(isKept ? FeedbackPhrase.noted : .none)))
  }

  /// The lesson of a run that is over; without a run the one finished last.
  private static func subject(_ run: String, _ turn: Turn) throws -> Subject? {
    let id: ID<LessonRun>? = run.isEmpty ? nil : ID(run)
    let row = try turn.database.first(
      """
      SELECT lesson_id, lesson_version FROM lesson_runs
      WHERE person_id = \(turn.person.id) AND finished_at IS NOT NULL
        AND id = coalesce(\(id), id)
      ORDER BY finished_at DESC LIMIT 1
      """)
    guard let row else { return nil }
    return Subject(
      lesson: try row.value("lesson_id"),
      version: try row.value("lesson_version", as: Int?.self) ?? Lesson.firstVersion)
  }

  // MARK: Looking

  static func summary(
    of lesson: String, _ version: Int, in database: Transaction
  ) throws -> Summary {
    let counts = try database.first(
      """
      SELECT coalesce(sum(mark > 0), 0) AS likes, coalesce(sum(mark < 0), 0) AS dislikes
      FROM lesson_feedback WHERE lesson_id = \(lesson) AND version = \(version)
      """)
    let words = try database.all(
      """
      SELECT words FROM lesson_feedback
      WHERE lesson_id = \(lesson) AND version = \(version) AND words IS NOT NULL
      ORDER BY marked_at DESC LIMIT \(wordsShownMax)
      """)
    return Summary(
      likes: try counts?.value("likes") ?? 0, dislikes: try counts?.value("dislikes") ?? 0,
      words: try words.map { try $0.value("words") })
  }
}

/// What is said about feedback on a lesson.
enum FeedbackPhrase: String, Phrase {
  case ask = "lesson.feedback.ask"
  case down = "lesson.feedback.down"
  case how = "lesson.feedback.how"
  case none = "lesson.feedback.none"
  case noted = "lesson.feedback.noted"
  case thanksDown = "lesson.feedback.thanks_down"
  case thanksUp = "lesson.feedback.thanks_up"
  case up = "lesson.feedback.up"

  static let buttons: [FeedbackPhrase] = [.down, .up]
}
