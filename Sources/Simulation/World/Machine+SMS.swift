import Channels
import Conversation
import Storage

/// The steps `SMSPort` and the doors of SMS take on the database.
extension Machine {
  func admit(
    _ key: SMSKey, by provider: SMSProvider, limit: SMSWindow, at now: Timestamp,
    _ interruption: Interruption?
  ) throws -> SMSLedger.Admission {
    try write(interruption) { transaction in
      if bug == .smsForgotten {
        try transaction.execute("DELETE FROM sms_calls WHERE key = \(key.number)")
      }
      return try SMSLedger.admit(
        key, by: provider, limit: bug == .smsLimitIgnored ? nil : limit, at: now, in: transaction)
    }
  }

  func isTaken(
    _ id: String, by provider: SMSProvider, otherThan key: SMSKey
  ) throws -> Bool {
    try look { try SMSLedger.isTaken(id, by: provider, otherThan: key, in: $0) }
  }

  func settleSMS(
    _ key: SMSKey, _ outcome: SMSOutcome, by provider: SMSProvider, at now: Timestamp,
    _ interruption: Interruption?
  ) throws {
    try write(interruption) { transaction in
      try SMSLedger.settle(
        key, outcome, asksForStatus: provider == .kavenegar, at: now, in: transaction)
    }
  }

  func takeSMS(
    _ report: DeliveryReport, by provider: SMSProvider, key: SMSKey?, isFinal: Bool,
    _ interruption: Interruption?
  ) throws -> Bool {
    try write(interruption) { transaction in
      try SMSReports.take(report, by: provider, key: key, isFinal: isFinal, in: transaction)
    }
  }
}

/// A planted bug that sends a message again as a new one.
extension Machine {
  func confirmAgain(
    _ conversation: ID<ConversationRecord>, in transaction: Transaction
  ) throws {
    let confirmation = try transaction.first(
      """
      SELECT m.position FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE c.id = \(conversation) AND m.position = c.position
        AND m.created_at = c.stopped_at AND m.state = 'pending'
      """)
    guard let position: Int = try confirmation?.value("position") else { return }
    try copy(conversation, position, in: transaction)
  }

  private func copy(
    _ conversation: ID<ConversationRecord>, _ position: Int, in transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO messages (conversation_id, position, author, kind, text, state, created_at,
        changed_at, language, epoch, class, expires_at)
      SELECT m.conversation_id, c.position + 1, m.author, m.kind, m.text, 'pending',
        m.created_at, m.changed_at, m.language, m.epoch, m.class, m.expires_at
      FROM messages m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.conversation_id = \(conversation) AND m.position = \(position)
      """)
    try transaction.execute(
      """
      UPDATE conversations SET position = position + 1,
        send_due_at = coalesce(send_due_at, 0),
        unsent_from = coalesce(unsent_from, position + 1)
      WHERE id = \(conversation)
      """)
  }
}
