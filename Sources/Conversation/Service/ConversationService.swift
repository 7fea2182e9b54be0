package import Logging
import Metrics
package import Storage

/// The engine's shell: gives each message its durable transaction and wakes whoever has work from
/// it. When `accept` has returned, the message is on the disk and its answer too.
package final class ConversationService: Sendable {
  /// More reports than this are written in several transactions, so that turns are not held up.
  static let reportsPerWriteMax = 256

  package let database: Database
  package let engine: Engine
  package let time: TimeSource

  private let logger: Logger
  /// Called after every commit.
  private let onCommit: @Sendable (Receipt) -> Void
  private let turns = Counter(label: "parlance_turns_total")
  private let duplicates = Counter(label: "parlance_duplicates_total")
  private let failures = Counter(label: "parlance_failed_turns_total")

  package init(
    database: Database, engine: Engine, time: TimeSource, logger: Logger,
    onCommit: @escaping @Sendable (Receipt) -> Void
  ) {
    self.database = database
    self.engine = engine
    self.time = time
    self.logger = logger
    self.onCommit = onCommit
  }

  /// Takes a message in, durably and once.
  ///
  /// - Parameters:
  ///   - payload: what the provider posted, for the webhook log.
  ///   - file: what came with it, where nobody else keeps it; kept with the message or not at all.
  /// - Throws: `StorageError` when it could not be made durable; the provider must send it again.
  @discardableResult
  package func accept(
    _ inbound: Inbound, payload: String? = nil, file: ReceivedFile? = nil
  ) async throws -> Receipt {
    let now = time.now()
    do {
      let receipt = try await database.write { [engine] transaction in
        let receipt = try engine.receive(inbound, at: now, in: transaction)
        try Self.keep(file, of: inbound, receipt, at: now, in: transaction)
        try Self.log(payload, of: inbound, receipt, at: now, in: transaction)
        return receipt
      }
      return count(receipt)
    } catch let error as StorageError where error.meansTryAgain {
      throw error
    } catch {
      return try await keepFailed(inbound, payload: payload, file: file, error)
    }
  }

  /// Runs a failed message again.
  ///
  /// - Returns: nil when that message is not kept as failed.
  package func retry(_ conversation: ID<ConversationRecord>, position: Int) async throws -> Receipt?
  {
    let now = time.now()
    let receipt = try await database.write { [engine] transaction in
      try engine.retry(conversation, position: position, at: now, in: transaction)
    }
    return receipt.map(count)
  }

  /// Takes in what a provider says later about messages it has taken, durably before it returns.
  ///
  /// Repeats, reports out of order and reports that overtake the answer to their own call are
  /// harmless.
  /// - Throws: `StorageError` when they could not be made durable; the provider must send them
  ///   again.
  package func report(_ reports: [DeliveryReport]) async throws {
    for start in stride(from: 0, to: reports.count, by: Self.reportsPerWriteMax) {
      let part = Array(reports[start..<min(start + Self.reportsPerWriteMax, reports.count)])
      let now = time.now()
      let receipts = try await database.write { transaction in
        try part.compactMap {
          try DeliveryReports.apply($0, at: now, in: transaction)
        }
      }
      receipts.forEach(onCommit)
    }
  }

  private func keepFailed(
    _ inbound: Inbound, payload: String?, file: ReceivedFile?, _ error: any Error
  ) async throws -> Receipt {
    let fault = "\(type(of: error))"
    logger.error(
      "a turn failed; the message is kept",
      metadata: [
        "channel": .string(inbound.channel.rawValue), "kind": .string(inbound.content.kind),
        "fault": .string(fault),
      ])
    let now = time.now()
    let receipt = try await database.write { [engine] transaction in
      let receipt = try engine.keepFailed(inbound, fault: fault, at: now, in: transaction)
      try Self.keep(file, of: inbound, receipt, at: now, in: transaction)
      try Self.log(payload, of: inbound, receipt, at: now, in: transaction)
      return receipt
    }
    return count(receipt)
  }

  private static func keep(
    _ file: ReceivedFile?, of inbound: Inbound, _ receipt: Receipt, at now: Timestamp,
    in transaction: Transaction
  ) throws {
    guard let file, receipt.outcome != .duplicate, let conversation = receipt.conversation
    else { return }
    try ReceivedFiles.keep(
      file, key: inbound.key, conversation: conversation, at: now, in: transaction)
  }

  private static func log(
    _ payload: String?, of inbound: Inbound, _ receipt: Receipt, at now: Timestamp,
    in transaction: Transaction
  ) throws {
    guard let payload, receipt.outcome != .duplicate else { return }
    try WebhookLog.append(
      provider: inbound.channel.rawValue, payload: payload, conversation: receipt.conversation,
      at: now, in: transaction)
  }

  private func count(_ receipt: Receipt) -> Receipt {
    switch receipt.outcome {
    case .handled: turns.increment()
    case .duplicate: duplicates.increment()
    case .failed: failures.increment()
    }
    onCommit(receipt)
    return receipt
  }
}

extension StorageError {
  /// The store is at fault, not the message: the same message can succeed later.
  package var meansTryAgain: Bool {
    switch self {
    case .full, .overloaded, .rolledBack, .unavailable: true
    case .constraint, .refused: false
    }
  }
}
