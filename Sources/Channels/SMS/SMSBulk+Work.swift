package import Conversation
package import Storage

/// Works off an order, a batch at a time.
package struct SMSBulkWork: Sendable {
  /// Before numbers whose attempt failed are tried again …
  static let failPauseMs: Int64 = 30_000
  /// … and for how long they are.
  static let lifeMs: Int64 = 12 * 3_600_000
  /// Between two batches: a bulk does not crowd out conversations.
  static let batchPauseMs: Int64 = 200

  package enum Step: Sendable, Equatable {
    case done
    /// More is to be done after a while.
    case goOn(afterMs: Int64)
  }

  private let carriers: SMSCarriers
  private let holds: SMSHolds
  private let stopList: StopList?
  private let database: Database
  private let time: TimeSource

  package init(
    carriers: SMSCarriers, holds: SMSHolds, stopList: StopList?, database: Database,
    time: TimeSource
  ) {
    self.carriers = carriers
    self.holds = holds
    self.stopList = stopList
    self.database = database
    self.time = time
  }

  private struct Batch: Sendable {
    var items: [Item] = []
    var provider = SMSProvider.kavenegar
    var isLast = true

    struct Item: Sendable {
      let position: Int
      let message: SMSMessage
      let attempt: SMSLedger.Attempt
    }
  }

  /// Sends the next batch.
  ///
  /// - Throws: `StorageError`; nothing is lost, and nothing sent twice when it is called again.
  package func step(_ id: String) async throws -> Step {
    let now = time.now()
    let delaysMs = SMSProvider.allCases.reduce(into: [:]) { delaysMs, provider in
      delaysMs[provider] = holds.remainingMs(of: provider, at: now)
    }
    let batch = try await database.write { [delaysMs] in
      try nextBatch(id, without: Set(delaysMs.keys), at: now, in: $0)
    }
    guard let carrier = carriers.carrier(batch.provider), !batch.items.isEmpty else {
      return batch.isLast
        ? .done : .goOn(afterMs: delaysMs.values.min() ?? Self.batchPauseMs)
    }
    let outcomes = await carrier.sendBatch(batch.items.map { ($0.message, $0.attempt) })
    return try await settle(id, batch, outcomes, by: carrier)
  }

  private func settle(
    _ id: String, _ batch: Batch, _ outcomes: [SMSOutcome], by carrier: any SMSCarrier
  ) async throws -> Step {
    let now = time.now()
    var pauseMs = Self.batchPauseMs
    for outcome in outcomes {
      holds.note(outcome, by: carrier.provider, at: now)
      switch outcome {
      case .hold(let delayMs, _): pauseMs = max(pauseMs, delayMs)
      case .failed, .uncertain: pauseMs = max(pauseMs, Self.failPauseMs)
      case .accepted, .refused, .unreachable: break
      }
    }
    let asksForStatus = carrier.asksForStatus
    try await database.write { transaction in
      for (item, outcome) in zip(batch.items, outcomes) {
        try SMSLedger.settle(
          item.message.key, outcome, asksForStatus: asksForStatus, at: now, in: transaction)
        guard let (state, reason, providerID) = outcome.bulkState else { continue }
        try SMSBulk.mark(id, item.position, state, reason, providerID, in: transaction)
      }
    }
    return .goOn(afterMs: pauseMs)
  }

  /// The numbers of one provider that come next, counted as being sent.
  private func nextBatch(
    _ id: String, without held: Set<SMSProvider>, at now: Timestamp, in database: Transaction
  ) throws -> Batch {
    var batch = Batch()
    let bulk = try database.first(
      "SELECT purpose, text, created_at FROM sms_bulks WHERE id = \(id)")
    guard let bulk else { return batch }
    if try bulk.value("created_at") <= now.adding(milliseconds: -Self.lifeMs) {
      try SMSBulk.giveUp(id, in: database)
      return batch
    }
    let text = SMSText.cheapest(try bulk.value("text"))
    let permission = SMSPermission(purpose: try bulk.value("purpose"), stopList: stopList)
    let rows = try database.all(
      """
      SELECT position, number FROM sms_bulk_receptors
      WHERE bulk_id = \(id) AND state = 'waiting' ORDER BY position
      """)
    batch.isLast = rows.isEmpty
    var chosen: (any SMSCarrier)?
    for row in rows {
      let position: Int = try row.value("position")
      let stored: String = try row.value("number")
      guard let number = PhoneNumber(stored), let carrier = carriers.carrier(for: number) else {
        try SMSBulk.mark(id, position, .refused, "no provider for this country", nil, in: database)
        continue
      }
      if let reason = try permission.objection(of: number, in: database) {
        try SMSBulk.mark(id, position, .refused, reason, nil, in: database)
        continue
      }
      guard !held.contains(carrier.provider) else { continue }
      let current = chosen ?? carrier
      guard current.provider == carrier.provider, batch.items.count < current.batchMax else {
        continue
      }
      chosen = current
      batch.provider = current.provider
      let message = SMSMessage(to: number, text: text, key: SMSKey("bulk", id, number.e164))
      switch try SMSLedger.admit(
        message.key, by: current.provider, limit: nil, at: now, in: database)
      {
      case .go(let attempt):
        batch.items.append(.init(position: position, message: message, attempt: attempt))
      case .alreadySent(let providerID):
        try SMSBulk.mark(id, position, .sent, nil, providerID, in: database)
      case .wait: continue
      }
    }
    return batch
  }
}

extension SMSBulk {
  /// What has not gone out by now does not go out any more.
  fileprivate static func giveUp(_ id: String, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE sms_bulk_receptors SET state = 'failed', reason = 'it could not be sent in time'
      WHERE bulk_id = \(id) AND state = 'waiting'
      """)
  }

  static func mark(
    _ id: String, _ position: Int, _ state: State, _ reason: String?, _ providerID: String?,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE sms_bulk_receptors SET state = \(state), reason = \(reason),
        provider_id = coalesce(\(providerID), provider_id)
      WHERE bulk_id = \(id) AND position = \(position)
      """)
  }

  /// Writes down a status when it is of a bulk.
  ///
  /// - Returns: whether it was.
  package static func note(_ report: DeliveryReport, in database: Transaction) throws -> Bool {
    let (state, reason): (State, String?) =
      switch report.state {
      case .sent: (.sent, nil)
      case .delivered, .read: (.delivered, nil)
      case .failed(_, let reason): (.failed, reason)
      }
    let known = try database.first(
      "SELECT state FROM sms_bulk_receptors WHERE provider_id = \(report.providerID)")
    guard let known else { return false }
    // A status may come late: what is known to be the end stays.
    guard try known.value("state", as: State.self) == .sent else { return true }
    try database.execute(
      """
      UPDATE sms_bulk_receptors SET state = \(state), reason = \(reason)
      WHERE provider_id = \(report.providerID)
      """)
    return true
  }
}

extension SMSOutcome {
  /// What it means for one number of a bulk; nil when it is tried again.
  fileprivate var bulkState: (SMSBulk.State, reason: String?, providerID: String?)? {
    switch self {
    case .accepted(let id): (.sent, nil, id)
    case .refused(let reason), .unreachable(let reason): (.refused, reason, nil)
    case .hold, .failed, .uncertain: nil
    }
  }
}
