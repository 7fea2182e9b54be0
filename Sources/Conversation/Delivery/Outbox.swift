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
  let reportsDeliveries: Bool
  let hasWindow: Bool
  let rules: WindowRules

  package init(
    channel: Channel, capabilities: Capabilities? = nil, rules: WindowRules = .none
  ) {
    self.channel = channel
    reportsDeliveries = capabilities?.reportsDeliveries ?? false
    hasWindow = capabilities?.windowMs != nil
    self.rules = rules
  }

  /// Takes the next call of up to `limit` conversations, passing over the chats that `pace` wants
  /// to wait.
  package func claim(
    at now: Timestamp, limit: Int, pace: Pace? = nil, in database: Transaction
  ) throws -> [OutgoingCall] {
    guard try !isHeld(at: now, in: database) else { return [] }
    let rows = try database.all(
      """
      SELECT id, external_id, epoch, position, unsent_from, blocked_at, stopped_at,
        window_until, template_position, template_at
      FROM conversations
      WHERE channel = \(channel) AND send_due_at <= \(now)
      ORDER BY send_due_at LIMIT \(limit)
      """)
    return try rows.compactMap { row in
      let recipient = try Recipient(row)
      switch try next(to: recipient, pace: pace, at: now, in: database) {
      case .nothing:
        try schedule(recipient.conversation, at: nil, in: database)
        return nil
      case .wait(let due, let position):
        try schedule(recipient.conversation, at: due, from: position, in: database)
        return nil
      case .waitForPerson(let due):
        try schedule(recipient.conversation, at: due, waitsForWindow: true, in: database)
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
    /// - from: the position of what waits.
    case wait(until: Timestamp, from: Int?)
    /// Until they write, or there is nothing to wait for any more.
    case waitForPerson(until: Timestamp)
    case call(OutgoingCall)
  }

  private func next(
    to recipient: Recipient, pace: Pace?, at now: Timestamp, in database: Transaction
  ) throws -> Step {
    var recipient = recipient
    for _ in 0..<Self.skipsMax {
      guard let head = try head(of: recipient, at: now, in: database) else { return .nothing }
      if let (state, fault) = try ending(of: head, to: recipient, at: now, in: database) {
        try DeliveryStore.mark(head.delivery, state, fault: fault, at: now, in: database)
        continue
      }
      if head.delivery.kind == .message, let pace,
        let earliest = pace.earliest(forChat: recipient.externalID, at: now), earliest > now
      {
        return .wait(until: earliest, from: head.delivery.position)
      }
      if head.delivery.kind == .message, isClosed(for: recipient, at: now),
        head.delivery.position != recipient.templatePosition
      {
        switch try passClosedWindow(head, to: recipient, at: now, in: database) {
        case .lookAgain(let changed):
          recipient = changed
          continue
        case .wait(let until): return .waitForPerson(until: until)
        }
      }
      if let call = try call(head, to: recipient, at: now, in: database) { return .call(call) }
    }
    // There is more to skip; the next claim goes on with it.
    return .wait(until: now, from: nil)
  }

  /// The call of a delivery that may be sent; nil when it turns out to be impossible.
  private func call(
    _ head: Head, to recipient: Recipient, at now: Timestamp, in database: Transaction
  ) throws -> OutgoingCall? {
    let providerID = try targetProviderID(of: head.delivery, in: database)
    if head.delivery.target != nil, providerID == nil {
      try DeliveryStore.mark(
        head.delivery, .cancelled, fault: "its message was never sent", at: now, in: database)
      return nil
    }
    let template = try template(of: head.delivery, to: recipient, in: database)
    if head.delivery.position == recipient.templatePosition, template == nil {
      try DeliveryStore.mark(
        head.delivery, .cancelled, fault: "its template is gone", at: now, in: database)
      return nil
    }
    try DeliveryStore.markSending(head.delivery, after: head.state, at: now, in: database)
    return OutgoingCall(
      delivery: head.delivery.claimed(after: head.state), externalID: recipient.externalID,
      targetProviderID: providerID, template: template,
      media: try head.delivery.mediaID.flatMap { try MediaStore.load($0, in: database) },
      asksForLocation: head.delivery.location == .made, claimedAtPosition: recipient.position)
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
    of head: Head, to recipient: Recipient, at now: Timestamp, in database: Transaction
  ) throws -> (Delivery.State, String)? {
    let delivery = head.delivery
    if head.state == .sending, !delivery.mayBeSentAgain {
      return (.unknown, "the process ended while it was being sent")
    }
    guard let reason = try refusal(of: delivery, to: recipient, at: now, in: database)
    else { return nil }
    return (head.state == .sending ? .unknown : .cancelled, reason)
  }

  private func refusal(
    of delivery: Delivery, to recipient: Recipient, at now: Timestamp,
    in database: Transaction
  ) throws -> String? {
    if recipient.blockedAt != nil { return "blocked" }
    // What was said in the turn of the stop itself is its confirmation.
    if let stopped = recipient.stoppedAt, delivery.createdAt != stopped { return "stopped" }
    if delivery.epoch < recipient.epoch { return "staff took over" }
    if let expiry = delivery.expiresAt, expiry <= now { return "too late" }
    if delivery.position == recipient.templatePosition, !isClosed(for: recipient, at: now) {
      return "the person has written"
    }
    let purpose = try DeliveryPurpose.of(delivery, in: database)
    if purpose != .service,
      try !Consent.allows(purpose, recipient.conversation, in: database)
    {
      return "not wanted"
    }
    return nil
  }

  /// - Parameters:
  ///   - due: when to look again; nil when everything is settled.
  ///   - position: of the first delivery that is not settled, where it is known. Where messages
  ///     can come back it says nothing about older ones, and is not used.
  func schedule(
    _ conversation: ID<ConversationRecord>, at due: Timestamp?, from position: Int? = nil,
    waitsForWindow: Bool = false, in database: Transaction
  ) throws {
    let first = canReopen ? nil : position
    try database.execute(
      """
      UPDATE conversations SET send_due_at = \(due), waits_for_window = \(waitsForWindow),
        unsent_from = CASE WHEN \(due) IS NULL THEN NULL ELSE coalesce(\(first), unsent_from) END
      WHERE id = \(conversation)
      """)
  }

  private func isHeld(at now: Timestamp, in database: Transaction) throws -> Bool {
    try heldUntil(in: database).map { $0 > now } ?? false
  }

  private func heldUntil(in database: Transaction) throws -> Timestamp? {
    try database.first("SELECT until FROM send_holds WHERE channel = \(channel)")?.value("until")
  }

  struct Recipient {
    let conversation: ID<ConversationRecord>
    let externalID: String
    let epoch: Int
    var position: Int
    let unsentFrom: Int?
    let blockedAt: Timestamp?
    let stoppedAt: Timestamp?
    let windowUntil: Timestamp?
    /// The newest message that asked the person to write, and when it was planned.
    var templatePosition: Int?
    var templateAt: Timestamp?

    init(_ row: Row) throws {
      conversation = try row.value("id")
      externalID = try row.value("external_id")
      epoch = try row.value("epoch")
      position = try row.value("position")
      unsentFrom = try row.value("unsent_from")
      blockedAt = try row.value("blocked_at")
      stoppedAt = try row.value("stopped_at")
      windowUntil = try row.value("window_until")
      templatePosition = try row.value("template_position")
      templateAt = try row.value("template_at")
    }
  }
}

extension Delivery {
  /// Whether it may be sent once more though its last attempt may have arrived.
  var mayBeSentAgain: Bool {
    deliveryClass == .atLeastOnce && unknownCount + 1 < Outbox.unknownAttemptsMax
  }
}
