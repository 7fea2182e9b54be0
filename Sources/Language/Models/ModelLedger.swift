package import Conversation
package import Logging
import Metrics
package import Storage

/// Asks before each call whether it may be made, and writes down how it ended.
package struct ModelLedger: Sendable {
  private let database: Database
  private let time: TimeSource
  private let budget: ModelBudget
  private let logger: Logger

  package init(database: Database, time: TimeSource, budget: ModelBudget, logger: Logger) {
    self.database = database
    self.time = time
    self.budget = budget
    self.logger = logger
  }

  /// What was set aside for one call.
  struct Reservation: Sendable {
    let spending: ModelSpending
    let amount: ModelSpending.Amount
    let at: Timestamp
  }

  private enum Admission: Sendable {
    case granted, withheld, overBudget
  }

  /// - Throws: `withheld` or `overBudget`; a store that cannot be read gives no consent.
  func admit(
    _ person: ID<Person>?, tokens: Int, cost: Int
  ) async throws(ModelFault) -> Reservation {
    let now = time.now()
    let spending = ModelSpending(person: person, at: now)
    let amount = ModelSpending.Amount(tokens: tokens, cost: cost)
    let admission: Admission
    do {
      admission = try await database.write { [budget] transaction in
        if let person {
          guard try Consent.allowsOutside(.model, person, in: transaction) else { return .withheld }
        }
        return try spending.reserve(amount, budget, in: transaction) ? .granted : .overBudget
      }
    } catch {
      logger.error(
        "a model's budget cannot be read", metadata: ["fault": .string("\(type(of: error))")])
      throw .withheld
    }
    switch admission {
    case .granted: return Reservation(spending: spending, amount: amount, at: now)
    case .withheld: throw .withheld
    case .overBudget: throw .overBudget(until: spending.end)
    }
  }

  struct Ending: Sendable {
    let task: ModelTask
    let provider: String
    let model: String
    let promptTokens: Int
    let answerTokens: Int
    let cost: Int
    let ms: Int
    let outcome: ModelOutcome
  }

  /// Writes down how a call ended, and gives back what it has not used.
  func settle(_ reservation: Reservation, _ ending: Ending) async {
    count(ending)
    let used = ModelSpending.Amount(
      tokens: ending.promptTokens + ending.answerTokens - reservation.amount.tokens,
      cost: ending.cost - reservation.amount.cost)
    let entry = ModelCallLog.Entry(
      person: reservation.spending.person, task: ending.task, provider: ending.provider,
      model: ending.model, promptTokens: ending.promptTokens, answerTokens: ending.answerTokens,
      ms: ending.ms, outcome: ending.outcome, at: reservation.at)
    do {
      try await database.write { transaction in
        try reservation.spending.add(used, in: transaction)
        try ModelCallLog.add(entry, in: transaction)
      }
    } catch {
      // The answer is there all the same; what was set aside stays so until the day ends.
      logger.error(
        "a call to a model was not written down",
        metadata: ["fault": .string("\(type(of: error))")])
    }
  }

  private func count(_ ending: Ending) {
    let provider = ("provider", ending.provider)
    Counter(
      label: "parlance_model_calls_total",
      dimensions: [
        provider, ("task", ending.task.rawValue), ("outcome", ending.outcome.rawValue),
      ]
    ).increment()
    Counter(label: "parlance_model_prompt_tokens_total", dimensions: [provider])
      .increment(by: ending.promptTokens)
    Counter(label: "parlance_model_answer_tokens_total", dimensions: [provider])
      .increment(by: ending.answerTokens)
    Recorder(label: "parlance_model_call_milliseconds", dimensions: [provider]).record(ending.ms)
  }
}
