package import Storage

extension Outbox {
  /// Writes down how a call ended and when this chat may be written to again.
  ///
  /// - Parameter spacingMs: what the channel's pace asks this chat to wait after a message.
  package func settle(
    _ call: OutgoingCall, _ outcome: SendOutcome, spacingMs: Int64, at now: Timestamp,
    random: inout RandomSource, in database: Transaction
  ) throws {
    guard try isCurrent(call, in: database) else {
      return try keepHold(call, outcome, at: now, in: database)
    }
    switch outcome {
    case .accepted(let providerID):
      try DeliveryStore.mark(call.delivery, .sent, providerID: providerID, at: now, in: database)
      try goOn(call, after: spacingMs, at: now, in: database)
    case .holdChat(let delayMs):
      try putBack(call, fault: "held", after: delayMs, countsAttempt: false, at: now, in: database)
    case .holdChannel(let delayMs):
      try hold(until: now.adding(milliseconds: delayMs), in: database)
      try putBack(call, fault: "held", after: delayMs, countsAttempt: false, at: now, in: database)
    case .refused(let reason):
      try DeliveryStore.mark(call.delivery, .failed, fault: reason, at: now, in: database)
      try goOn(call, after: 0, at: now, in: database)
    case .unreachablePerson(let reason):
      try giveUp(call, reason, at: now, in: database)
    case .failed(let reason):
      let delayMs = Backoff.delayMs(attempt: call.delivery.attempt, random: &random)
      let isLast = call.delivery.attempt >= Self.attemptsMax
      try retry(call, isLast ? .failed : nil, reason, after: delayMs, at: now, in: database)
    case .unknown(let reason):
      let delayMs = Backoff.delayMs(attempt: call.delivery.attempt, random: &random)
      let ending: Delivery.State? = call.delivery.mayBeSentAgain ? nil : .unknown
      try countUnknown(call, in: database)
      try retry(call, ending, reason, after: delayMs, at: now, in: database)
    }
  }

  /// The row may have been rescued and sent again while this call was under way.
  private func isCurrent(_ call: OutgoingCall, in database: Transaction) throws -> Bool {
    try database.first(
      """
      SELECT position FROM messages
      WHERE conversation_id = \(call.delivery.conversation) AND state = 'sending'
        AND position = \(call.delivery.position) AND attempt = \(call.delivery.attempt)
      """) != nil
  }

  /// A provider that asks to wait is obeyed even when its answer comes too late for its call.
  private func keepHold(
    _ call: OutgoingCall, _ outcome: SendOutcome, at now: Timestamp, in database: Transaction
  ) throws {
    switch outcome {
    case .holdChat(let delayMs), .holdChannel(let delayMs):
      try database.execute(
        """
        UPDATE conversations
        SET send_due_at = max(send_due_at, \(now.adding(milliseconds: delayMs)))
        WHERE id = \(call.delivery.conversation) AND send_due_at IS NOT NULL
        """)
      if case .holdChannel = outcome {
        try hold(until: now.adding(milliseconds: delayMs), in: database)
      }
    case .accepted, .refused, .unreachablePerson, .failed, .unknown: break
    }
  }

  private func countUnknown(_ call: OutgoingCall, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE messages SET unknown_count = unknown_count + 1
      WHERE conversation_id = \(call.delivery.conversation)
        AND position = \(call.delivery.position)
      """)
  }

  private func goOn(
    _ call: OutgoingCall, after delayMs: Int64, at now: Timestamp, in database: Transaction
  ) throws {
    let head = try DeliveryStore.head(
      call.delivery.conversation, from: call.delivery.position, in: database)
    try schedule(
      call.delivery.conversation, at: head == nil ? nil : now.adding(milliseconds: delayMs),
      from: head?.delivery.position, in: database)
  }

  private func retry(
    _ call: OutgoingCall, _ ending: Delivery.State?, _ reason: String, after delayMs: Int64,
    at now: Timestamp, in database: Transaction
  ) throws {
    guard let ending else {
      return try putBack(
        call, fault: reason, after: delayMs, countsAttempt: true, at: now, in: database)
    }
    try DeliveryStore.mark(call.delivery, ending, fault: reason, at: now, in: database)
    try goOn(call, after: 0, at: now, in: database)
  }

  private func putBack(
    _ call: OutgoingCall, fault: String, after delayMs: Int64, countsAttempt: Bool,
    at now: Timestamp, in database: Transaction
  ) throws {
    let attempt = countsAttempt ? call.delivery.attempt : call.delivery.attempt - 1
    try database.execute(
      """
      UPDATE messages SET state = 'pending', fault = \(fault), attempt = \(attempt),
        changed_at = \(now)
      WHERE conversation_id = \(call.delivery.conversation)
        AND position = \(call.delivery.position)
      """)
    try schedule(
      call.delivery.conversation, at: now.adding(milliseconds: delayMs),
      from: call.delivery.position, in: database)
  }

  private func giveUp(
    _ call: OutgoingCall, _ reason: String, at now: Timestamp, in database: Transaction
  ) throws {
    let isBack = try hasWritten(since: call, in: database)
    try DeliveryStore.mark(call.delivery, .failed, fault: reason, at: now, in: database)
    // Somebody who has written since the call began is back: the refusal is out of date.
    if isBack { return try goOn(call, after: 0, at: now, in: database) }
    try DeliveryStore.cancelPending(
      call.delivery.conversation, fault: "blocked", at: now, in: database)
    try database.execute(
      """
      UPDATE conversations SET blocked_at = \(now), send_due_at = NULL, unsent_from = NULL
      WHERE id = \(call.delivery.conversation)
      """)
  }

  private func hasWritten(since call: OutgoingCall, in database: Transaction) throws -> Bool {
    try database.first(
      """
      SELECT position FROM messages
      WHERE conversation_id = \(call.delivery.conversation)
        AND position > \(call.claimedAtPosition) AND author = 'person' AND kind != 'blocked'
      LIMIT 1
      """) != nil
  }

  private func hold(until: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      INSERT INTO send_holds (channel, until) VALUES (\(channel), \(until))
      ON CONFLICT (channel) DO UPDATE SET until = max(until, excluded.until)
      """)
  }
}
