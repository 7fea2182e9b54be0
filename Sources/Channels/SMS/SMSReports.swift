package import Conversation
package import Storage

/// What a provider's later word means for what is kept here, before it goes on to conversations.
package enum SMSReports {
  /// - Parameter key: ours, where the provider gives it back: it tells that a message has gone out
  ///   whose answer was lost or is still to come.
  /// - Returns: whether the report is of a conversation's message, not of a bulk's.
  package static func take(
    _ report: DeliveryReport, by provider: SMSProvider, key: SMSKey?, isFinal: Bool,
    in database: Transaction
  ) throws -> Bool {
    if let key { try SMSLedger.learn(report.providerID, of: key, in: database) }
    if isFinal { try SMSLedger.end(report.providerID, by: provider, in: database) }
    guard try !SMSBulk.note(report, in: database) else { return false }
    if case .failed(.passing, _) = report.state {
      try SMSLedger.renew(report.providerID, by: provider, in: database)
    }
    return true
  }
}
