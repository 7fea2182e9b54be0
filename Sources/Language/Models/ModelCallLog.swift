import Conversation
package import Storage

/// How a call to a model ended.
enum ModelOutcome: String, Sendable {
  case answered
  case cancelled
  /// It broke off in the middle.
  case half
  /// Something came that is of no use.
  case invalid
  case refused
  /// Nothing came in time.
  case silent
  /// It had begun, and was not done in time.
  case slow
  case unreachable

  init(_ fault: ModelFault) {
    self =
      switch fault {
      case .cancelled: .cancelled
      case .interrupted: .half
      case .invalidAnswer: .invalid
      case .refused: .refused
      case .tookTooLong: .silent
      case .tooSlow: .slow
      case .unreachable, .notConfigured, .withheld, .overBudget: .unreachable
      }
  }
}

/// The log of calls: what it cost and how it ended, without a word of what was said.
package enum ModelCallLog {
  static let lifeMs: Int64 = 42 * 86_400_000

  struct Entry: Sendable {
    let person: ID<Person>?
    let task: ModelTask
    let provider: String
    let model: String
    let promptTokens: Int
    let answerTokens: Int
    let ms: Int
    let outcome: ModelOutcome
    let at: Timestamp
  }

  /// Writes one down. Of somebody who has been forgotten meanwhile only that there was a call.
  static func add(_ entry: Entry, in database: Transaction) throws {
    try database.execute(
      """
      INSERT INTO model_calls (person_id, task, provider, model, prompt_tokens, answer_tokens, ms,
        outcome, at)
      VALUES ((SELECT id FROM people WHERE id = \(entry.person)), \(entry.task.rawValue),
        \(entry.provider), \(entry.model), \(entry.promptTokens), \(entry.answerTokens),
        \(entry.ms), \(entry.outcome.rawValue), \(entry.at))
      """)
  }

  /// Forgets what is old; a bounded part of it.
  ///
  /// - Returns: how many rows went.
  package static func prune(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Int {
    let calls = try database.execute(
      """
      DELETE FROM model_calls WHERE id IN (
        SELECT id FROM model_calls WHERE at < \(now.adding(milliseconds: -lifeMs))
        ORDER BY at LIMIT \(limit))
      """)
    let firstDay = now.milliseconds / ModelSpending.dayMs - ModelSpending.keptForDays
    let days = try database.execute(
      """
      DELETE FROM model_person_days WHERE (person_id, day) IN (
        SELECT person_id, day FROM model_person_days WHERE day < \(firstDay) LIMIT \(limit))
      """)
    try database.execute("DELETE FROM model_days WHERE day < \(firstDay)")
    return max(calls, days)
  }
}
