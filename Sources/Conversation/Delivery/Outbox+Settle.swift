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
      try expectReports(of: call, as: providerID, at: now, in: database)
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
    case .windowClosed(let reason):
      try Window.close(call.delivery.conversation, at: now, in: database)
      // A template is what may be sent then; this one may not.
      let isLast = call.template != nil || call.delivery.attempt >= Self.attemptsMax
      try retry(call, isLast ? .failed : nil, reason, after: 0, at: now, in: database)
    case .failed(let reason):
      let delayMs = Backoff.delayMs(attempt: call.delivery.attempt, random: &random)
      let isLast = call.delivery.attempt >= Self.attemptsMax
      try retry(call, isLast ? .failed : nil, reason, after: delayMs, at: now, in: database)
    case .unknown(let reason):
      if let report = try earlyReport(of: call, in: database) {
        return try settle(
          call, .accepted(providerID: report.providerID), spacingMs: spacingMs, at: now,
          random: &random, in: database)
      }
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
        SET waits_for_window = 0, send_due_at = max(
          CASE WHEN waits_for_window THEN 0 ELSE send_due_at END,
          \(now.adding(milliseconds: delayMs)))
        WHERE id = \(call.delivery.conversation) AND send_due_at IS NOT NULL
        """)
      if case .holdChannel = outcome {
        try hold(until: now.adding(milliseconds: delayMs), in: database)
      }
    case .accepted(let providerID):
      // It went out twice; a receipt of either tells that it has arrived.
      try expectReports(of: call, as: providerID, at: now, in: database)
    case .refused, .unreachablePerson, .windowClosed, .failed, .unknown: break
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
    let first =
      canReopen
      ? try DeliveryStore.unsentFrom(call.delivery.conversation, in: database)
      : call.delivery.position
    let head = try first.flatMap {
      try nextUnsettled(call.delivery.conversation, from: $0, in: database)
    }
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
    try DeliveryStore.reopen(call.delivery, fault: fault, attempt: attempt, at: now, in: database)
    try schedule(
      call.delivery.conversation, at: now.adding(milliseconds: delayMs),
      from: call.delivery.position, in: database)
  }

  private func giveUp(
    _ call: OutgoingCall, _ reason: String, at now: Timestamp, in database: Transaction
  ) throws {
    let isBack = try InboundStore.hasWritten(
      call.delivery.conversation, after: call.claimedAtPosition, in: database)
    try DeliveryStore.mark(call.delivery, .failed, fault: reason, at: now, in: database)
    // Somebody who has written since the call began is back: the refusal is out of date.
    if isBack { return try goOn(call, after: 0, at: now, in: database) }
    try block(call.delivery.conversation, at: now, in: database)
  }

  /// The person cannot be reached any more: what waits for them is given up.
  func block(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws {
    try DeliveryStore.cancelPending(conversation, fault: "blocked", at: now, in: database)
    // What is under way keeps its lease, so that its end is written down.
    try database.execute(
      """
      UPDATE conversations SET blocked_at = \(now), send_due_at =
        CASE WHEN EXISTS (SELECT 1 FROM deliveries d WHERE d.conversation_id = conversations.id
          AND d.state = 'sending') THEN send_due_at END
      WHERE id = \(conversation)
      """)
  }

  /// Remembers what the provider calls a message, and takes in what it has said of it already.
  private func expectReports(
    of call: OutgoingCall, as providerID: String?, at now: Timestamp, in database: Transaction
  ) throws {
    guard reportsDeliveries, let providerID else { return }
    try ReportStore.remember(
      call.reference, as: providerID, on: channel, at: now, in: database)
    guard let early = try ReportStore.takeEarly(providerID, on: channel, in: database)
    else { return }
    _ = try DeliveryReports.apply(
      early, to: call.reference, isEchoed: false, at: now, in: database)
  }

  private func earlyReport(
    of call: OutgoingCall, in database: Transaction
  ) throws -> DeliveryReport? {
    guard reportsDeliveries else { return nil }
    let report = try ReportStore.takeEarly(of: call.reference, on: channel, in: database)
    // It is applied once the call is settled.
    if let report { try ReportStore.keepEarly(report, at: report.at, in: database) }
    return report
  }

  private func hold(until: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      INSERT INTO send_holds (channel, until) VALUES (\(channel), \(until))
      ON CONFLICT (channel) DO UPDATE SET until = max(until, excluded.until)
      """)
  }
}
