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
  /// How often a message may be sent that may have arrived each time before.
  package static let unknownAttemptsMax = 3
  /// Deliveries skipped per conversation and claim: cancelled, expired, without a target.
  static let skipsMax = 16

  package let channel: Channel

  package init(channel: Channel) { self.channel = channel }

  /// Takes the next call of up to `limit` conversations, passing over the chats that `pace` wants
  /// to wait.
  package func claim(
    at now: Timestamp, limit: Int, pace: Pace? = nil, in database: Transaction
  ) throws -> [OutgoingCall] {
    guard try !isHeld(at: now, in: database) else { return [] }
    let rows = try database.all(
      """
      SELECT id, external_id, epoch, position, unsent_from, blocked_at, stopped_at
      FROM conversations
      WHERE channel = \(channel) AND send_due_at <= \(now)
      ORDER BY send_due_at LIMIT \(limit)
      """)
    return try rows.compactMap { row in
      let recipient = try Recipient(row)
      switch try next(to: recipient, pace: pace, at: now, in: database) {
      case .nothing:
        try schedule(recipient.conversation, at: nil, from: nil, in: database)
        return nil
      case .wait(let due, let position):
        try schedule(recipient.conversation, at: due, from: position, in: database)
        return nil
      case .call(let call):
        try schedule(
          recipient.conversation, at: now.adding(milliseconds: Self.leaseMs),
          from: call.delivery.position, in: database)
        return call
      }
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
        SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id
          AND m.position >= conversations.unsent_from AND m.state = 'sending')
      """)
  }

  private enum Step {
    case nothing
    case wait(until: Timestamp, from: Int)
    case call(OutgoingCall)
  }

  private func next(
    to recipient: Recipient, pace: Pace?, at now: Timestamp, in database: Transaction
  ) throws -> Step {
    guard var position = recipient.unsentFrom else { return .nothing }
    for _ in 0..<Self.skipsMax {
      guard
        let head = try DeliveryStore.head(recipient.conversation, from: position, in: database)
      else { return .nothing }
      position = head.delivery.position
      if let (state, fault) = ending(of: head, to: recipient, at: now) {
        try DeliveryStore.mark(head.delivery, state, fault: fault, at: now, in: database)
        continue
      }
      if head.delivery.kind == .message, let pace,
        let earliest = pace.earliest(forChat: recipient.externalID, at: now), earliest > now
      {
        return .wait(until: earliest, from: position)
      }
      let providerID = try targetProviderID(of: head.delivery, in: database)
      if head.delivery.target != nil, providerID == nil {
        try DeliveryStore.mark(
          head.delivery, .cancelled, fault: "its message was never sent", at: now, in: database)
        continue
      }
      try DeliveryStore.markSending(head.delivery, after: head.state, at: now, in: database)
      return .call(
        OutgoingCall(
          delivery: head.delivery.claimed(after: head.state), externalID: recipient.externalID,
          targetProviderID: providerID, claimedAtPosition: recipient.position))
    }
    // There is more to skip; the next claim goes on with it.
    return .wait(until: now, from: position)
  }

  private func targetProviderID(
    of delivery: Delivery, in database: Transaction
  ) throws -> String? {
    guard let target = delivery.target else { return nil }
    return try DeliveryStore.sentMessage(
      delivery.conversation, position: target, in: database)?.providerID
  }

  /// Why a delivery must not be sent (again), if it must not.
  private func ending(
    of head: (delivery: Delivery, state: Delivery.State), to recipient: Recipient,
    at now: Timestamp
  ) -> (Delivery.State, String)? {
    let delivery = head.delivery
    if head.state == .sending, !delivery.mayBeSentAgain {
      return (.unknown, "the process ended while it was being sent")
    }
    guard let reason = refusal(of: delivery, to: recipient, at: now) else { return nil }
    return (head.state == .sending ? .unknown : .cancelled, reason)
  }

  private func refusal(
    of delivery: Delivery, to recipient: Recipient, at now: Timestamp
  ) -> String? {
    if recipient.blockedAt != nil { return "blocked" }
    // What was said in the turn of the stop itself is its confirmation.
    if let stopped = recipient.stoppedAt, delivery.createdAt != stopped { return "stopped" }
    if delivery.epoch < recipient.epoch { return "staff took over" }
    if let expiry = delivery.expiresAt, expiry <= now { return "too late" }
    return nil
  }

  /// - Parameter position: of the first delivery that is not settled.
  func schedule(
    _ conversation: ID<ConversationRecord>, at due: Timestamp?, from position: Int?,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE conversations SET send_due_at = \(due), unsent_from = \(position)
      WHERE id = \(conversation)
      """)
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
    let position: Int
    let unsentFrom: Int?
    let blockedAt: Timestamp?
    let stoppedAt: Timestamp?

    init(_ row: Row) throws {
      conversation = try row.value("id")
      externalID = try row.value("external_id")
      epoch = try row.value("epoch")
      position = try row.value("position")
      unsentFrom = try row.value("unsent_from")
      blockedAt = try row.value("blocked_at")
      stoppedAt = try row.value("stopped_at")
    }
  }
}

extension Delivery {
  /// Whether it may be sent once more though its last attempt may have arrived.
  var mayBeSentAgain: Bool {
    deliveryClass == .atLeastOnce && unknownCount + 1 < Outbox.unknownAttemptsMax
  }
}
