import Conversation
import Storage

extension Machine {
  /// What a report has made of the delivery it found.
  struct TakenReport {
    /// Nil when it waits for the answer to its own call.
    var position: Int?
    var stateBefore = ""
    var stateAfter = ""
    var isBlocked = false
    /// The person has written after the message.
    var hasWritten = false
    var receipt: Receipt?
  }

  func report(
    _ report: DeliveryReport, at now: Timestamp, _ interruption: Interruption?
  ) throws -> TakenReport {
    try write(interruption) { transaction in
      let before = try delivery(of: report, in: transaction)
      let receipt = try DeliveryReports.apply(spoilt(report), at: now, in: transaction)
      if bug == .earlyReportLost { try transaction.execute("DELETE FROM early_reports") }
      if bug == .statusGoesBack {
        try transaction.execute("UPDATE messages SET state = 'sent' WHERE state = 'read'")
      }
      guard let before, let after = try delivery(of: report, in: transaction) else {
        return TakenReport(receipt: receipt)
      }
      return TakenReport(
        position: after.position, stateBefore: before.state, stateAfter: after.state,
        isBlocked: after.isBlocked, hasWritten: after.hasWritten, receipt: receipt)
    }
  }

  private func delivery(
    of report: DeliveryReport, in transaction: Transaction
  ) throws -> (position: Int, state: String, isBlocked: Bool, hasWritten: Bool)? {
    guard let call = try call(of: report, in: transaction) else { return nil }
    return try transaction.first(
      """
      SELECT d.state, c.blocked_at IS NOT NULL AS blocked, EXISTS (SELECT 1 FROM inbounds i
          WHERE i.conversation_id = c.id AND i.position > d.position
            AND i.kind != 'blocked') AS written
      FROM deliveries d JOIN conversations c ON c.id = d.conversation_id
      WHERE d.conversation_id = \(call.conversation) AND d.position = \(call.position)
      """
    ).map {
      (
        call.position, try $0.value("state"), try $0.value("blocked"), try $0.value("written")
      )
    }
  }

  /// The call a report names, or the one its id is known for.
  private func call(
    of report: DeliveryReport, in transaction: Transaction
  ) throws -> (conversation: ID<ConversationRecord>, position: Int)? {
    if let call = report.reference { return (call.conversation, call.position) }
    return try transaction.first(
      """
      SELECT conversation_id, position FROM provider_messages
      WHERE channel = \(report.channel) AND provider_id = \(report.providerID)
      """
    ).map { (try $0.value("conversation_id"), try $0.value("position")) }
  }

  private func spoilt(_ report: DeliveryReport) -> DeliveryReport {
    var state = report.state
    switch (bug, report.state) {
    case (.arrivalForgotten, .delivered):
      state = .failed(.passing(delayMs: 0), reason: "planted")
    case (.goneReportIgnored, .failed(.unreachable, let reason)):
      state = .failed(.final, reason: reason)
    case _: break
    }
    return DeliveryReport(
      channel: report.channel, providerID: report.providerID, state: state, at: report.at,
      reference: report.reference)
  }
}
