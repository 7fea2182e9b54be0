import Conversation
package import Storage

/// The wrong answers to each activity of a lesson, so that an author sees what misleads. What only
/// one person has answered is never shown.
package enum WrongAnswers {
  /// Longer ones are somebody's own words.
  static let lengthMax = 60
  /// Kept of one activity.
  static let rowsMax = 500
  static let learnersMin = 2
  /// Shown of one activity.
  static let shownMax = 5
  static let lifeMs: Int64 = 365 * 86_400_000
  /// Answered by places that change, or too freely to be the same twice.
  static let leftOut: Set<ActivityKind> = [
    .categorisation, .clozePassage, .pronunciation, .speakingPrompt, .vocabularyMatching,
  ]

  package struct Common: Sendable, Equatable {
    /// As answers are compared, without case and punctuation.
    package let text: String
    package let learners: Int
  }

  /// Keeps a first answer that was not right.
  static func note(
    _ input: Input, to activity: any Activity, at index: Int, _ attempt: Attempt,
    of lesson: Lesson, _ turn: Turn
  ) throws {
    guard !leftOut.contains(activity.kind),
      let form = form(of: input, to: activity, attempt, turn)
    else { return }
    let count = try turn.database.first(
      """
      SELECT count(*) AS n FROM wrong_answers
      WHERE lesson_id = \(lesson.id) AND version = \(lesson.version) AND activity = \(index)
      """)
    guard try count?.value("n", as: Int.self) ?? 0 < rowsMax else { return }
    try turn.database.execute(
      """
      INSERT INTO wrong_answers (lesson_id, version, activity, form, person_id, answered_at)
      VALUES (\(lesson.id), \(lesson.version), \(index), \(form), \(turn.person.id), \(turn.now))
      ON CONFLICT (lesson_id, version, activity, form, person_id) DO NOTHING
      """)
  }

  /// The title of the option that was meant, or what was typed.
  private static func form(
    of input: Input, to activity: any Activity, _ attempt: Attempt, _ turn: Turn
  ) -> String? {
    let choices = activity.ask(attempt, turn).choices
    let text: String
    switch input {
    case .choice(let id): text = choices.first { $0.id == id }?.title ?? ""
    case .text(let typed):
      let titles = choices.map(\.title)
      let place = OptionAnswer.place(input, among: titles, ids: Array(titles.indices))
      text = place.map { titles[$0] } ?? typed
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: return nil
    }
    guard text.utf8.count <= lengthMax * 4 else { return nil }
    let form = AnswerText.form(text)
    return form.isEmpty || form.count > lengthMax ? nil : form
  }

  /// Those that at least two learners have given, the most common first, by activity.
  static func common(
    in lesson: String, _ version: Int, _ database: Transaction
  ) throws -> [Int: [Common]] {
    let rows = try database.all(
      """
      SELECT activity, form, count(*) AS learners FROM wrong_answers
      WHERE lesson_id = \(lesson) AND version = \(version)
      GROUP BY activity, form HAVING count(*) >= \(learnersMin)
      ORDER BY activity, count(*) DESC, form
      """)
    var common: [Int: [Common]] = [:]
    for row in rows {
      let activity: Int = try row.value("activity")
      guard common[activity, default: []].count < shownMax else { continue }
      common[activity, default: []].append(
        Common(text: try row.value("form"), learners: try row.value("learners")))
    }
    return common
  }

  /// Forgets what is old; so many at a time.
  ///
  /// - Returns: how many.
  package static func prune(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Int {
    let before = now.adding(milliseconds: -lifeMs)
    return try database.execute(
      """
      DELETE FROM wrong_answers WHERE (lesson_id, version, activity, form, person_id) IN (
        SELECT lesson_id, version, activity, form, person_id FROM wrong_answers
        WHERE answered_at < \(before) LIMIT \(limit))
      """)
  }
}
