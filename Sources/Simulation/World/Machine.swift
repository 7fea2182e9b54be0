import Conversation
import Storage

/// The process under simulation: the steps `ConversationService`, `Sender` and `Workers` take on
/// the database, one by one, and the place where planted bugs replace or spoil them.
struct Machine {
  let database: Database
  let engine: Engine
  let queue: WorkQueue
  let bug: PlantedBug?

  /// What cuts a transaction short.
  enum Interruption: Error {
    case crash
    case full
    case rolledBack

    var error: any Error {
      switch self {
      case .crash: self
      case .full: StorageError.full
      case .rolledBack: StorageError.rolledBack
      }
    }
  }

  enum Answer {
    case acknowledged(Receipt?)
    /// The provider has to bring it again.
    case refused
  }

  func write<Value>(
    _ interruption: Interruption? = nil, _ body: (Transaction) throws -> Value
  ) throws -> Value {
    do {
      return try database.writeBlocking { transaction in
        let value = try body(transaction)
        if let interruption { throw interruption.error }
        return value
      }
    } catch {
      throw Violation(error) ?? error
    }
  }

  /// A read. Not `readBlocking`: it makes SQLite forget its prepared statements when the database
  /// has one connection only, which halves the speed.
  func look<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
    try database.writeBlocking(body)
  }

  func accept(
    _ letter: Letter, at now: Timestamp, _ interruption: Interruption?
  ) throws -> Answer {
    let inbound = keyed(letter)
    do {
      return .acknowledged(
        try write(interruption) { transaction in
          let receipt = try receive(inbound, at: now, in: transaction)
          try spoilTurn(receipt, in: transaction)
          return receipt
        })
    } catch let error as StorageError where error.meansTryAgain {
      return bug == .acknowledgedBeforeCommit ? .acknowledged(nil) : .refused
    } catch is SimulatedFault {
      if bug == .failedTurnLost { return .acknowledged(nil) }
      return .acknowledged(
        try write { try engine.keepFailed(inbound, fault: "simulated", at: now, in: $0) })
    }
  }

  func changeOwner(
    _ conversation: ID<ConversationRecord>, to owner: String, at now: Timestamp
  ) throws {
    try write { transaction in
      guard bug == .epochIgnored else {
        guard try engine.changeOwner(conversation, to: owner, at: now, in: transaction) else {
          throw Violation("a conversation is lost")
        }
        return
      }
      try transaction.execute(
        "UPDATE conversations SET owner = \(owner) WHERE id = \(conversation)")
    }
  }

  private func keyed(_ letter: Letter) -> Inbound {
    guard bug == .dedupeByArrival, letter.arrivals > 1 else { return letter.inbound }
    return Inbound(
      channel: letter.inbound.channel, key: "\(letter.inbound.key)#\(letter.arrivals)",
      sender: letter.inbound.sender, content: letter.inbound.content)
  }

  private func receive(
    _ inbound: Inbound, at now: Timestamp, in transaction: Transaction
  ) throws -> Receipt {
    guard bug == .failedTurnHalfKept else {
      return try engine.receive(inbound, at: now, in: transaction)
    }
    do {
      return try engine.receive(inbound, at: now, in: transaction)
    } catch is SimulatedFault {
      return try engine.keepFailed(inbound, fault: "simulated", at: now, in: transaction)
    }
  }

  private func spoilTurn(_ receipt: Receipt, in transaction: Transaction) throws {
    guard let conversation = receipt.conversation, receipt.outcome != .duplicate else { return }
    if bug == .stopHeardHereOnly {
      try transaction.execute(
        """
        UPDATE conversations SET stopped_at = NULL
        WHERE id != \(conversation) AND (person_id, stopped_at) IN (
          SELECT person_id, stopped_at FROM conversations WHERE id = \(conversation))
        """)
    }
    if bug == .stopConfirmedTwice { try confirmAgain(conversation, in: transaction) }
    if bug == .stopIgnored {
      try transaction.execute(
        "UPDATE conversations SET stopped_at = NULL WHERE id = \(conversation)")
    }
    if bug == .positionNotSaved {
      try transaction.execute(
        "UPDATE conversations SET position = position - 1 WHERE id = \(conversation)")
    }
    if bug == .dueForgotten {
      try transaction.execute(
        "UPDATE conversations SET send_due_at = NULL WHERE id = \(conversation)")
    }
  }
}
