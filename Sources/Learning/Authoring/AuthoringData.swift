import Conversation
import Foundation
import Storage

/// What somebody has said of lessons, and their wrong answers, as part of all that is known of
/// them.
enum AuthoringData {
  static let keeper = PersonDataKeeper(
    name: "lesson_feedback", tables: ["lesson_feedback", "wrong_answers"],
    export: export, merge: merge, unmerge: unmerge, erase: erase)

  /// What the absorbed person had, and which of it the survivor did not have before.
  private struct Undo: Codable {
    var marks: [Mark] = []
    var answers: [Answer] = []
  }

  private struct Mark: Codable {
    let lesson: String
    let version: Int
    let mark: Int
    let words: String?
    let at: Timestamp
    var isNew = false
  }

  private struct Answer: Codable {
    let lesson: String
    let version: Int
    let activity: Int
    let form: String
    let at: Timestamp
    var isNew = false
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let marks = try database.all(
      """
      SELECT lesson_id, version, mark, words, marked_at FROM lesson_feedback
      WHERE person_id = \(person) ORDER BY marked_at
      """)
    let answers = try database.all(
      """
      SELECT lesson_id, version, activity, form, answered_at FROM wrong_answers
      WHERE person_id = \(person) ORDER BY answered_at
      """)
    return """
      {"feedback":\(RowJSON.array(marks)),"wrong_answers":\(RowJSON.array(answers))}
      """
  }

  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    var undo = Undo(
      marks: try marks(of: merge.absorbed, database),
      answers: try answers(of: merge.absorbed, database))
    for index in undo.marks.indices {
      undo.marks[index].isNew = try add(undo.marks[index], to: merge.survivor, database)
    }
    for index in undo.answers.indices {
      undo.answers[index].isNew = try add(undo.answers[index], to: merge.survivor, database)
    }
    try clear(merge.absorbed, database)
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    for mark in undo.marks {
      _ = try add(mark, to: merge.absorbed, database)
      guard mark.isNew else { continue }
      try database.execute(
        """
        DELETE FROM lesson_feedback WHERE person_id = \(merge.survivor)
          AND lesson_id = \(mark.lesson) AND version = \(mark.version)
        """)
    }
    for answer in undo.answers {
      _ = try add(answer, to: merge.absorbed, database)
      guard answer.isNew else { continue }
      try database.execute(
        """
        DELETE FROM wrong_answers WHERE lesson_id = \(answer.lesson)
          AND version = \(answer.version) AND activity = \(answer.activity)
          AND form = \(answer.form) AND person_id = \(merge.survivor)
        """)
    }
  }

  private static func marks(of person: ID<Person>, _ database: Transaction) throws -> [Mark] {
    try database.all(
      """
      SELECT lesson_id, version, mark, words, marked_at FROM lesson_feedback
      WHERE person_id = \(person) ORDER BY lesson_id, version
      """
    ).map {
      Mark(
        lesson: try $0.value("lesson_id"), version: try $0.value("version"),
        mark: try $0.value("mark"), words: try $0.value("words"), at: try $0.value("marked_at"))
    }
  }

  private static func answers(of person: ID<Person>, _ database: Transaction) throws -> [Answer] {
    try database.all(
      """
      SELECT lesson_id, version, activity, form, answered_at FROM wrong_answers
      WHERE person_id = \(person) ORDER BY lesson_id, version, activity, form
      """
    ).map {
      Answer(
        lesson: try $0.value("lesson_id"), version: try $0.value("version"),
        activity: try $0.value("activity"), form: try $0.value("form"),
        at: try $0.value("answered_at"))
    }
  }

  /// - Returns: false when the person had one already, which stays.
  private static func add(
    _ mark: Mark, to person: ID<Person>, _ database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      INSERT INTO lesson_feedback (person_id, lesson_id, version, mark, words, marked_at)
      VALUES (\(person), \(mark.lesson), \(mark.version), \(mark.mark), \(mark.words), \(mark.at))
      ON CONFLICT (person_id, lesson_id, version) DO NOTHING
      """) == 1
  }

  private static func add(
    _ answer: Answer, to person: ID<Person>, _ database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      INSERT INTO wrong_answers (lesson_id, version, activity, form, person_id, answered_at)
      VALUES (\(answer.lesson), \(answer.version), \(answer.activity), \(answer.form), \(person),
        \(answer.at))
      ON CONFLICT (lesson_id, version, activity, form, person_id) DO NOTHING
      """) == 1
  }

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    ErasureStep([.learning: try clear(erasure.person, database)])
  }

  /// A few rows for each lesson somebody has taken.
  @discardableResult
  private static func clear(_ person: ID<Person>, _ database: Transaction) throws -> Int {
    try database.execute("DELETE FROM lesson_feedback WHERE person_id = \(person)")
      + database.execute("DELETE FROM wrong_answers WHERE person_id = \(person)")
  }
}
