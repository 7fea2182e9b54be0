package import Conversation
import Foundation
import Storage

/// Calls to models as part of all that is known of a person.
package enum ModelData {
  package static let keeper = PersonDataKeeper(
    name: "models", tables: ["model_calls", "model_person_days"], export: export, merge: merge,
    unmerge: unmerge, erase: erase)

  /// What is needed to part them again.
  private struct Undo: Codable {
    let calls: [Int64]
    let days: [Day]
  }

  private struct Day: Codable {
    let day: Int64
    let tokens: Int
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let calls = try database.all(
      """
      SELECT task, provider, model, prompt_tokens, answer_tokens, ms, outcome, at
      FROM model_calls WHERE person_id = \(person) ORDER BY id
      """)
    let days = try database.all(
      "SELECT day, tokens FROM model_person_days WHERE person_id = \(person) ORDER BY day")
    return "{\"calls\":\(RowJSON.array(calls)),\"days\":\(RowJSON.array(days))}"
  }

  /// Two accounts do not make two budgets.
  private static func merge(_ merge: PersonMerge, _ database: Transaction) throws -> String {
    let calls = try database.all(
      "SELECT id FROM model_calls WHERE person_id = \(merge.absorbed) ORDER BY id"
    ).map { try $0.value("id", as: Int64.self) }
    let days = try database.all(
      "SELECT day, tokens FROM model_person_days WHERE person_id = \(merge.absorbed) ORDER BY day"
    ).map { Day(day: try $0.value("day"), tokens: try $0.value("tokens")) }
    try database.execute(
      """
      UPDATE model_calls SET person_id = \(merge.survivor) WHERE person_id = \(merge.absorbed)
      """)
    for day in days {
      try database.execute(
        """
        INSERT INTO model_person_days (person_id, day, tokens)
        VALUES (\(merge.survivor), \(day.day), \(day.tokens))
        ON CONFLICT (person_id, day) DO UPDATE
          SET tokens = model_person_days.tokens + excluded.tokens
        """)
    }
    try database.execute("DELETE FROM model_person_days WHERE person_id = \(merge.absorbed)")
    return String(decoding: try JSONEncoder().encode(Undo(calls: calls, days: days)), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, _ database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    for call in undo.calls {
      try database.execute(
        """
        UPDATE model_calls SET person_id = \(merge.absorbed)
        WHERE id = \(call) AND person_id = \(merge.survivor)
        """)
    }
    for day in undo.days {
      // What has been forgotten since by age has gone for both.
      let changed = try database.execute(
        """
        UPDATE model_person_days SET tokens = max(0, tokens - \(day.tokens))
        WHERE person_id = \(merge.survivor) AND day = \(day.day)
        """)
      guard changed > 0 else { continue }
      try database.execute(
        """
        INSERT INTO model_person_days (person_id, day, tokens)
        VALUES (\(merge.absorbed), \(day.day), \(day.tokens))
        """)
    }
  }

  private static func erase(
    _ erasure: PersonErasure, _ database: Transaction
  ) throws -> ErasureStep {
    let calls = try database.execute(
      """
      DELETE FROM model_calls WHERE id IN (
        SELECT id FROM model_calls WHERE person_id = \(erasure.person)
        ORDER BY id LIMIT \(PersonErasure.rowsPerStep))
      """)
    guard calls < PersonErasure.rowsPerStep else { return ErasureStep([.log: calls], next: "more") }
    let days = try database.execute(
      "DELETE FROM model_person_days WHERE person_id = \(erasure.person)")
    return ErasureStep([.log: calls + days])
  }
}
