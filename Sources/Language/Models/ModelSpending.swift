import Conversation
import Storage

/// The day's account: what is used up, and what is set aside for calls under way. What a crash
/// leaves set aside counts as used until the day ends.
struct ModelSpending {
  static let dayMs: Int64 = 86_400_000
  static let keptForDays: Int64 = 60
  private static let millionthsPerCent = 1_000_000

  struct Amount: Equatable, Sendable {
    var tokens: Int
    var cost: Int
  }

  let person: ID<Person>?
  let day: Int64

  init(person: ID<Person>?, at now: Timestamp) {
    self.person = person
    day = now.milliseconds / Self.dayMs
  }

  var end: Timestamp { Timestamp(milliseconds: (day + 1) * Self.dayMs) }

  /// Sets an amount aside.
  ///
  /// - Returns: false when the budget does not allow it; nothing has changed then.
  func reserve(_ amount: Amount, _ budget: ModelBudget, in database: Transaction) throws -> Bool {
    let everybody = try database.first("SELECT tokens, cost FROM model_days WHERE day = \(day)")
    let tokens = try everybody.map { try $0.value("tokens", as: Int.self) } ?? 0
    guard tokens + amount.tokens <= budget.tokensDaily else { return false }
    if let cents = budget.centsDaily, amount.cost > 0 {
      let cost = try everybody.map { try $0.value("cost", as: Int.self) } ?? 0
      guard cost + amount.cost <= cents * Self.millionthsPerCent else { return false }
    }
    guard try personTokens(in: database) + amount.tokens <= budget.tokensPerPersonDaily else {
      return false
    }
    try add(amount, in: database)
    return true
  }

  private func personTokens(in database: Transaction) throws -> Int {
    guard let person else { return 0 }
    return try database.first(
      "SELECT tokens FROM model_person_days WHERE person_id = \(person) AND day = \(day)"
    )?.value("tokens") ?? 0
  }

  /// Adds to what is used up, or takes away from it. Nothing is kept of somebody who has been
  /// forgotten meanwhile.
  func add(_ amount: Amount, in database: Transaction) throws {
    try database.execute(
      """
      INSERT INTO model_days (day, tokens, cost) VALUES (\(day), \(amount.tokens), \(amount.cost))
      ON CONFLICT (day) DO UPDATE SET tokens = max(0, model_days.tokens + excluded.tokens),
        cost = max(0, model_days.cost + excluded.cost)
      """)
    guard let person else { return }
    try database.execute(
      """
      INSERT INTO model_person_days (person_id, day, tokens)
      SELECT id, \(day), \(amount.tokens) FROM people WHERE id = \(person)
      ON CONFLICT (person_id, day) DO UPDATE
        SET tokens = max(0, model_person_days.tokens + excluded.tokens)
      """)
  }
}
