package import Storage

/// The sender's steps on the database, each one transaction, without a clock or a network: what
/// to send next, and what follows from how a call ended.
///
///     pending → sending → sent → delivered → read
///        ↑         │ hold, failed, unknown (at least once)
///        └─────────┤
///                  └→ failed | unknown | cancelled
package struct Outbox: Sendable {
  /// A call that has not ended after this is taken for lost with its process.
  package static let leaseMs: Int64 = 120_000
  /// With the backoff's delays this bridges an outage of more than two hours.
  package static let attemptsMax = 20
  /// How often a message may be sent again that may have arrived.
  package static let unknownAttemptsMax = 3
  /// Deliveries skipped per conversation and claim: cancelled, expired, without a target.
  static let skipsMax = 16

  package let channel: Channel

  package init(channel: Channel) { self.channel = channel }

  /// Takes the next call of up to `limit` conversations.
  package func claim(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> [OutgoingCall] {
    guard try !isHeld(at: now, in: database) else { return [] }
    let rows = try database.all(
      """
      SELECT id, external_id, epoch, blocked_at, stopped_at FROM conversations
      WHERE channel = \(channel) AND send_due_at <= \(now)
      ORDER BY send_due_at LIMIT \(limit)
      """)
    return try rows.compactMap { row in
      let recipient = try Recipient(row)
      guard let call = try nextCall(to: recipient, at: now, in: database) else {
        try schedule(recipient.conversation, at: nil, in: database)
        return nil
      }
      try DeliveryStore.mark(
        call.delivery, .sending, countsAttempt: true, at: now, in: database)
      try schedule(
        recipient.conversation, at: now.adding(milliseconds: Self.leaseMs), in: database)
      return call
    }
  }

  /// When somebody is due next; nil when nothing waits.
  package func nextDueAt(in database: Transaction) throws -> Timestamp? {
    let row = try database.first(
      """
      SELECT send_due_at FROM conversations
      WHERE channel = \(channel) AND send_due_at IS NOT NULL ORDER BY send_due_at LIMIT 1
      """)
    guard let due: Timestamp = try row?.value("send_due_at") else { return nil }
    let held = try heldUntil(in: database)
    return held.map { max($0, due) } ?? due
  }

  /// After a start: what was being sent when the last process ended has an unknown outcome.
  package func recover(at now: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE conversations SET send_due_at = \(now)
      WHERE channel = \(channel) AND send_due_at > \(now) AND EXISTS (
        SELECT 1 FROM deliveries d WHERE d.conversation_id = conversations.id
          AND d.state = 'sending')
      """)
  }

  private func nextCall(
    to recipient: Recipient, at now: Timestamp, in database: Transaction
  ) throws -> OutgoingCall? {
    for _ in 0..<Self.skipsMax {
      guard let head = try DeliveryStore.head(recipient.conversation, in: database) else {
        return nil
      }
      if let (state, fault) = try ending(of: head, to: recipient, at: now) {
        try DeliveryStore.mark(head.delivery, state, fault: fault, at: now, in: database)
        continue
      }
      guard let target = head.delivery.target else {
        return OutgoingCall(
          delivery: head.delivery.claimed, externalID: recipient.externalID,
          targetProviderID: nil)
      }
      let sent = try DeliveryStore.sentMessage(
        recipient.conversation, position: target, in: database)
      if let providerID = sent?.providerID {
        return OutgoingCall(
          delivery: head.delivery.claimed, externalID: recipient.externalID,
          targetProviderID: providerID)
      }
      try DeliveryStore.mark(
        head.delivery, .cancelled, fault: "its message was never sent", at: now, in: database)
    }
    return nil
  }

  /// Why a delivery must not be sent (again), if it must not.
  private func ending(
    of head: (delivery: Delivery, state: Delivery.State), to recipient: Recipient,
    at now: Timestamp
  ) throws -> (Delivery.State, String)? {
    if head.state == .sending {
      let mayResend =
        head.delivery.deliveryClass == .atLeastOnce
        && head.delivery.attempt < Self.unknownAttemptsMax
      if !mayResend { return (.unknown, "the process ended while it was being sent") }
    }
    if recipient.blockedAt != nil { return (.cancelled, "blocked") }
    if let stopped = recipient.stoppedAt, head.delivery.createdAt > stopped {
      return (.cancelled, "stopped")
    }
    if head.delivery.epoch < recipient.epoch { return (.cancelled, "staff took over") }
    if let expiry = head.delivery.expiresAt, expiry <= now { return (.cancelled, "too late") }
    return nil
  }

  func schedule(
    _ conversation: ID<ConversationRecord>, at due: Timestamp?, in database: Transaction
  ) throws {
    try database.execute(
      "UPDATE conversations SET send_due_at = \(due) WHERE id = \(conversation)")
  }

  private func isHeld(at now: Timestamp, in database: Transaction) throws -> Bool {
    try heldUntil(in: database).map { $0 > now } ?? false
  }

  private func heldUntil(in database: Transaction) throws -> Timestamp? {
    try database.first("SELECT until FROM send_holds WHERE channel = \(channel)")?.value("until")
  }

  private struct Recipient {
    let conversation: ID<ConversationRecord>
    let externalID: String
    let epoch: Int
    let blockedAt: Timestamp?
    let stoppedAt: Timestamp?

    init(_ row: Row) throws {
      conversation = try row.value("id")
      externalID = try row.value("external_id")
      epoch = try row.value("epoch")
      blockedAt = try row.value("blocked_at")
      stoppedAt = try row.value("stopped_at")
    }
  }
}
