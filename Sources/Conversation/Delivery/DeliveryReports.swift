package import Storage

/// Takes in what providers say later about messages they have taken.
package enum DeliveryReports {
  /// A message that failed after this long is not sent again: it would be out of place.
  static let resendAgeMsMax: Int64 = 86_400_000
  /// A provider's delay before another try is obeyed up to this.
  static let resendDelayMsMax: Int64 = 3_600_000

  /// Writes one report down. A repeat changes nothing, and so does one that comes too late.
  ///
  /// - Returns: whom to wake when there is something to send because of it.
  package static func apply(
    _ report: DeliveryReport, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let conversation = try reopened(by: report, at: now, in: database) else { return nil }
    var receipt = Receipt(
      outcome: .handled, conversation: conversation, channel: report.channel, externalID: "")
    receipt.hasDeliveries = true
    return receipt
  }

  /// - Returns: the conversation that has something to send because of the report.
  private static func reopened(
    by report: DeliveryReport, at now: Timestamp, in database: Transaction
  ) throws -> ID<ConversationRecord>? {
    if let call = try ReportStore.call(report.providerID, on: report.channel, in: database) {
      return try apply(report, to: call, isEchoed: false, at: now, in: database)
    }
    guard let call = report.reference,
      let found = try DeliveryStore.find(call.conversation, call.position, in: database)
    else {
      // Perhaps it has overtaken the answer to its own call.
      try ReportStore.keepEarly(report, at: now, in: database)
      return nil
    }
    guard found.state != .sending else {
      try ReportStore.keepEarly(report, at: now, in: database)
      return nil
    }
    try ReportStore.remember(
      call, as: report.providerID, on: report.channel, at: now, in: database)
    return try apply(report, to: call, isEchoed: true, at: now, in: database)
  }

  /// - Parameter isEchoed: whether the report names the call itself and so settles a doubt.
  static func apply(
    _ report: DeliveryReport, to call: CallReference, isEchoed: Bool, at now: Timestamp,
    in database: Transaction
  ) throws -> ID<ConversationRecord>? {
    guard let found = try DeliveryStore.find(call.conversation, call.position, in: database)
    else { return nil }
    // One of its calls ended without anybody knowing how.
    let isInDoubt =
      (found.state == .pending || found.state == .cancelled) && found.delivery.unknownCount > 0
    switch DeliveryProgress(of: isInDoubt ? .unknown : found.state, report.state) {
    case .none:
      try keepForNextTry(report, found.state, at: now, in: database)
      return nil
    case .reached(let state):
      try DeliveryStore.mark(
        found.delivery, state, providerID: report.providerID, at: now, in: database)
      return nil
    case .failed(let failure, let reason):
      // An older try has failed; the newer one decides. What waits to be sent again may have
      // failed of this already.
      guard call.attempt == found.delivery.attempt,
        !isInDoubt || isEchoed && found.state == .pending
      else {
        try keepForNextTry(report, found.state, at: now, in: database)
        return nil
      }
      return try fail(found.delivery, failure, reason, on: report.channel, at: now, in: database)
    }
  }

  /// The next try may turn out to be the very message the report is about.
  private static func keepForNextTry(
    _ report: DeliveryReport, _ state: Delivery.State, at now: Timestamp,
    in database: Transaction
  ) throws {
    switch state {
    case .pending, .sending: try ReportStore.keepEarly(report, at: now, in: database)
    case .sent, .delivered, .read, .failed, .cancelled, .unknown: break
    }
  }

  private static func fail(
    _ delivery: Delivery, _ failure: DeliveryReport.Failure, _ reason: String,
    on channel: Channel, at now: Timestamp, in database: Transaction
  ) throws -> ID<ConversationRecord>? {
    switch failure {
    case .final:
      try DeliveryStore.mark(delivery, .failed, fault: reason, at: now, in: database)
      return nil
    case .passing(let delayMs):
      guard delivery.mayBeResent(at: now) else {
        try DeliveryStore.mark(delivery, .failed, fault: reason, at: now, in: database)
        return nil
      }
      let dueAt = now.adding(milliseconds: min(max(delayMs, 0), resendDelayMsMax))
      try putBack(delivery, reason, dueAt: dueAt, at: now, in: database)
      return delivery.conversation
    case .windowClosed:
      try Window.close(delivery.conversation, at: now, in: database)
      guard delivery.mayWaitForWindow(at: now) else {
        try DeliveryStore.mark(delivery, .failed, fault: reason, at: now, in: database)
        return nil
      }
      try putBack(delivery, reason, dueAt: now, at: now, in: database)
      return delivery.conversation
    case .unreachable:
      try DeliveryStore.mark(delivery, .failed, fault: reason, at: now, in: database)
      // Somebody who has written since can be reached: the report is out of date.
      guard
        try !InboundStore.hasWritten(
          delivery.conversation, after: delivery.position, in: database)
      else { return nil }
      try Outbox(channel: channel).block(delivery.conversation, at: now, in: database)
      return nil
    }
  }

  /// Not before the chat's next call is due: it may be held.
  private static func putBack(
    _ delivery: Delivery, _ reason: String, dueAt: Timestamp, at now: Timestamp,
    in database: Transaction
  ) throws {
    try DeliveryStore.reopen(
      delivery, fault: reason, attempt: delivery.attempt, at: now, in: database)
    try database.execute(
      """
      UPDATE conversations SET send_due_at = max(coalesce(send_due_at, 0), \(dueAt)),
        unsent_from = min(coalesce(unsent_from, \(delivery.position)), \(delivery.position))
      WHERE id = \(delivery.conversation)
      """)
  }
}

extension DeliveryReports {
  /// Forgets, with age, which delivery a provider's id stands for.
  ///
  /// - Returns: how many rows it forgot, at most `limit` of each table.
  package static func prune(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Int {
    try ReportStore.prune(at: now, limit: limit, in: database)
  }

  /// Forgets the providers' ids of a conversation's messages, before its deliveries are deleted.
  package static func forget(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws {
    try ReportStore.forget(conversation, in: database)
  }
}

extension Delivery {
  /// It has failed for a reason that passes, and is known not to have arrived.
  fileprivate func mayBeResent(at now: Timestamp) -> Bool {
    deliveryClass == .atLeastOnce && attempt < Outbox.attemptsMax
      && createdAt.adding(milliseconds: DeliveryReports.resendAgeMsMax) > now
  }

  fileprivate func mayWaitForWindow(at now: Timestamp) -> Bool {
    kind == .message && attempt < Outbox.attemptsMax && Window.expiry(of: self) > now
  }
}
