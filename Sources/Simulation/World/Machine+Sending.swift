import Conversation
import Storage

extension Machine {
  /// The sender's claim, and when it should look again.
  func claim(
    _ outbox: Outbox, at now: Timestamp, limit: Int, pace: Pace, limits: SendLimits,
    _ interruption: Interruption?
  ) throws -> (calls: [OutgoingCall], nextDueAt: Timestamp?) {
    try write(interruption) { transaction in
      if bug == .blockIgnored {
        try transaction.execute("UPDATE conversations SET blocked_at = NULL")
      }
      if bug == .windowIgnored {
        try transaction.execute(
          "UPDATE conversations SET window_until = \(now.adding(milliseconds: 1_000))")
      }
      if bug == .templateRepeated {
        try transaction.execute(
          "UPDATE conversations SET template_at = NULL, template_position = NULL")
      }
      if bug == .channelHoldIgnored { try transaction.execute("DELETE FROM send_holds") }
      let calls = try outbox.claim(
        at: now, limit: bug == .channelPaceIgnored ? limits.concurrencyMax : limit,
        pace: bug == .chatPaceIgnored ? nil : pace, in: transaction)
      if bug == .settledBeforeItEnded {
        for call in calls {
          try settleUnspoilt(
            outbox, call, .accepted(providerID: "early"), spacingMs: 0, at: now, seed: 0,
            in: transaction)
        }
      }
      return (calls, try outbox.nextDueAt(in: transaction))
    }
  }

  /// Writes an outcome down.
  ///
  /// - Returns: the state the delivery is in now, and whether the person is taken for gone.
  func settle(
    _ outbox: Outbox, _ call: OutgoingCall, _ outcome: SendOutcome, spacingMs: Int64,
    at now: Timestamp, seed: UInt64, _ interruption: Interruption?
  ) throws -> (state: String, isBlocked: Bool) {
    try write(interruption) { transaction in
      try settleUnspoilt(
        outbox, call, spoilt(outcome, of: call),
        spacingMs: bug == .chatPaceIgnored ? 0 : spacingMs, at: now, seed: seed, in: transaction)
      let row = try transaction.first(
        """
        SELECT d.state, c.blocked_at FROM deliveries d
        JOIN conversations c ON c.id = d.conversation_id
        WHERE d.conversation_id = \(call.delivery.conversation)
          AND d.position = \(call.delivery.position)
        """)
      guard let row else { throw Violation("a delivery is gone") }
      let blockedAt: Timestamp? = try row.value("blocked_at")
      return (try row.value("state"), blockedAt != nil)
    }
  }

  func recover(_ outbox: Outbox, at now: Timestamp) throws {
    try write { transaction in
      if bug != .recoveryMissing { try outbox.recover(at: now, in: transaction) }
      let forgotten = try transaction.first(
        """
        SELECT c.id FROM conversations c JOIN deliveries d ON d.conversation_id = c.id
        WHERE c.channel = \(outbox.channel) AND d.state = 'sending' AND c.send_due_at > \(now)
        LIMIT 1
        """)
      if forgotten != nil { throw Violation("a start has left a call of the last process alone") }
    }
  }

  private func settleUnspoilt(
    _ outbox: Outbox, _ call: OutgoingCall, _ outcome: SendOutcome, spacingMs: Int64,
    at now: Timestamp, seed: UInt64, in transaction: Transaction
  ) throws {
    var random = RandomSource(seed: seed)
    try outbox.settle(
      call, outcome, spacingMs: spacingMs, at: now, random: &random, in: transaction)
  }

  private func spoilt(_ outcome: SendOutcome, of call: OutgoingCall) -> SendOutcome {
    switch (bug, outcome) {
    case (.outcomeIgnored, _): .accepted(providerID: "wishful")
    case (.resentAfterAccepted, .accepted): .failed(reason: "planted")
    case (.chatHoldIgnored, .holdChat): .holdChat(delayMs: 0)
    case (.channelHoldIgnored, .holdChannel): .holdChannel(delayMs: 0)
    case (.blockIgnored, .unreachablePerson(let reason)): .refused(reason: reason)
    case (.unknownResent, .unknown(let reason)): .failed(reason: reason)
    case _: outcome
    }
  }
}
