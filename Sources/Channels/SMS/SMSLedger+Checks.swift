import Storage

extension SMSLedger {
  /// A message whose end has to be asked for.
  struct Check: Sendable {
    let providerID: String
    let startedAt: Timestamp
  }

  static func due(
    by provider: SMSProvider, at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> [Check] {
    try database.all(
      """
      SELECT provider_id, started_at FROM sms_calls
      WHERE check_at <= \(now) AND provider = \(provider.rawValue) AND provider_id IS NOT NULL
      ORDER BY check_at LIMIT \(limit)
      """
    ).map { Check(providerID: try $0.value("provider_id"), startedAt: try $0.value("started_at")) }
  }

  /// When a message is asked for again: later each time, and not at all once nobody would answer.
  static func postpone(_ check: Check, at now: Timestamp, in database: Transaction) throws {
    let ageMs = now.milliseconds - check.startedAt.milliseconds
    let pauseMs = min(max(ageMs, firstCheckMs), checkMsMax)
    let next = ageMs < checkedForMs ? now.adding(milliseconds: pauseMs) : nil
    try setCheck(check.providerID, by: .kavenegar, at: next, in: database)
  }

  /// The end of a message is known: it is not asked for any more.
  static func end(
    _ providerID: String, by provider: SMSProvider, in database: Transaction
  ) throws {
    try setCheck(providerID, by: provider, at: nil, in: database)
  }

  private static func setCheck(
    _ providerID: String, by provider: SMSProvider, at next: Timestamp?, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE sms_calls SET check_at = \(next)
      WHERE provider = \(provider.rawValue) AND provider_id = \(providerID)
      """)
  }
}
