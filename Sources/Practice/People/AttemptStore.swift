import Conversation
import Storage

/// One exercise and how it went.
package struct PracticeAttempt: Sendable {
  enum Kind: String, Sendable, Codable {
    case check
    case read
    case talk
    case voice
  }

  let id: ID<PracticeAttempt>
  let kind: Kind
  var item: String?
  var words: Int?
  var wordsRight: Int?
  var wordsPerMinute: Double?
  var corrections: Int?
}

enum AttemptStore {
  /// Keeps an attempt, once.
  ///
  /// - Returns: whether it is new.
  static func keep(
    _ attempt: PracticeAttempt, of person: ID<Person>, xp: Int, at now: Timestamp,
    in database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      INSERT INTO practice_attempts (id, person_id, kind, item_id, at, words, words_right,
        words_per_minute, corrections, xp)
      VALUES (\(attempt.id), \(person), \(attempt.kind.rawValue), \(attempt.item), \(now),
        \(attempt.words), \(attempt.wordsRight), \(attempt.wordsPerMinute),
        \(attempt.corrections), \(xp))
      ON CONFLICT (id) DO NOTHING
      """) > 0
  }
}
