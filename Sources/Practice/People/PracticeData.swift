import Conversation
import Foundation
import Storage

/// Practice, talks and settings as part of all that is known of a person.
enum PracticeData {
  static let keeper = PersonDataKeeper(
    name: "practice", tables: PracticeSchema.tables, export: export, merge: merge,
    unmerge: unmerge, erase: erase)

  /// What is needed to part two learners again.
  private struct Undo: Codable {
    var attempts: [String]
    var sessions: [String]
    var flags: [String]
    /// Whether the survivor had chosen nothing and took over what the absorbed one had.
    var hasTakenSettings: Bool
    var persona: String?
    var style: String?
    var modelAskedAt: Timestamp?
    var hadSettings: Bool
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let settings = try database.first(
      "SELECT * FROM practice_settings WHERE person_id = \(person)")
    let attempts = try database.all(
      "SELECT * FROM practice_attempts WHERE person_id = \(person) ORDER BY at, id")
    let sessions = try database.all(
      "SELECT * FROM talk_sessions WHERE person_id = \(person) ORDER BY started_at, id")
    let lines = try database.all(
      """
      SELECT l.* FROM talk_lines l JOIN talk_sessions s ON s.id = l.session_id
      WHERE s.person_id = \(person) ORDER BY l.session_id, l.number
      """)
    let flags = try database.all(
      "SELECT kind, at FROM safety_flags WHERE person_id = \(person) ORDER BY at, id")
    return """
      {"settings":\(RowJSON.object(settings)),"attempts":\(RowJSON.array(attempts)),\
      "talks":\(RowJSON.array(sessions)),"lines":\(RowJSON.array(lines)),\
      "care":\(RowJSON.array(flags))}
      """
  }

  // MARK: Joining and parting

  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    let absorbed = try database.first(
      "SELECT * FROM practice_settings WHERE person_id = \(merge.absorbed)")
    let survivor = try database.first(
      "SELECT * FROM practice_settings WHERE person_id = \(merge.survivor)")
    var undo = Undo(
      attempts: try ids("practice_attempts", of: merge.absorbed, in: database),
      sessions: try ids("talk_sessions", of: merge.absorbed, in: database),
      flags: try ids("safety_flags", of: merge.absorbed, in: database),
      hasTakenSettings: survivor == nil && absorbed != nil, hadSettings: absorbed != nil)
    undo.persona = try absorbed?.value("persona")
    undo.style = try absorbed?.value("correction_style")
    undo.modelAskedAt = try absorbed?.value("model_asked_at")
    for table in ["practice_attempts", "talk_sessions", "safety_flags"] {
      try database.execute(
        """
        UPDATE \(sql: tableName(table)) SET person_id = \(merge.survivor)
        WHERE person_id = \(merge.absorbed)
        """)
    }
    if undo.hasTakenSettings {
      try insertSettings(undo, of: merge.survivor, in: database)
    }
    try database.execute("DELETE FROM practice_settings WHERE person_id = \(merge.absorbed)")
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    let rows = [
      ("practice_attempts", undo.attempts), ("talk_sessions", undo.sessions),
      ("safety_flags", undo.flags),
    ]
    for (table, ids) in rows {
      for id in ids {
        try database.execute(
          """
          UPDATE \(sql: tableName(table)) SET person_id = \(merge.absorbed)
          WHERE id = \(id) AND person_id = \(merge.survivor)
          """)
      }
    }
    if undo.hasTakenSettings {
      try database.execute("DELETE FROM practice_settings WHERE person_id = \(merge.survivor)")
    }
    if undo.hadSettings { try insertSettings(undo, of: merge.absorbed, in: database) }
  }

  private static func insertSettings(
    _ undo: Undo, of person: ID<Person>, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO practice_settings (person_id, persona, correction_style, model_asked_at)
      VALUES (\(person), \(undo.persona), \(undo.style), \(undo.modelAskedAt))
      """)
  }

  private static func ids(
    _ table: String, of person: ID<Person>, in database: Transaction
  ) throws -> [String] {
    try database.all(
      "SELECT id FROM \(sql: tableName(table)) WHERE person_id = \(person) ORDER BY id"
    ).map { try $0.value("id") }
  }

  private static func tableName(_ table: String) -> SQL {
    switch table {
    case "practice_attempts": "practice_attempts"
    case "talk_sessions": "talk_sessions"
    case _: "safety_flags"
    }
  }

  // MARK: Deleting

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let lines = try database.execute(
      """
      DELETE FROM talk_lines WHERE session_id IN (
        SELECT s.id FROM talk_sessions s WHERE s.person_id = \(erasure.person)
          AND EXISTS (SELECT 1 FROM talk_lines l WHERE l.session_id = s.id)
        ORDER BY s.id LIMIT \(PersonErasure.rowsPerStep / 10))
      """)
    guard lines == 0 else { return ErasureStep([.learning: lines], next: "lines") }
    let attempts = try database.execute(
      """
      DELETE FROM practice_attempts WHERE id IN (
        SELECT id FROM practice_attempts WHERE person_id = \(erasure.person)
        LIMIT \(PersonErasure.rowsPerStep))
      """)
    guard attempts == 0 else { return ErasureStep([.learning: attempts], next: "attempts") }
    let sessions = try database.execute(
      "DELETE FROM talk_sessions WHERE person_id = \(erasure.person)")
    try database.execute("DELETE FROM safety_flags WHERE person_id = \(erasure.person)")
    try database.execute("DELETE FROM practice_settings WHERE person_id = \(erasure.person)")
    return ErasureStep([.learning: sessions])
  }
}
