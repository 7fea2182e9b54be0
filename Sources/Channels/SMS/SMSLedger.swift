package import Storage

/// Every message handed to a provider, for as long as a provider tells anything about it: how many
/// went out lately, which may have gone out, whose end is unknown.
package enum SMSLedger {
  package static let migrations = [
    Migration(
      "sms-1",
      [
        .clusteredTable(
          """
          CREATE TABLE sms_calls (
            key INTEGER NOT NULL PRIMARY KEY, provider TEXT NOT NULL, provider_id TEXT,
            is_bulk INTEGER NOT NULL, is_uncertain INTEGER NOT NULL,
            first_at INTEGER NOT NULL, started_at INTEGER NOT NULL, check_at INTEGER)
          """),
        .statement("CREATE INDEX sms_calls_by_start ON sms_calls (is_bulk, started_at)"),
        .statement(
          """
          CREATE INDEX sms_calls_by_provider_id ON sms_calls (provider, provider_id)
          WHERE provider_id IS NOT NULL
          """),
        .statement(
          "CREATE INDEX sms_calls_to_check ON sms_calls (check_at) WHERE check_at IS NOT NULL"),
      ]),
    SMSBulk.migration,
    // The newest message of that key which the provider took and then failed to carry.
    Migration("sms-failed", [.statement("ALTER TABLE sms_calls ADD COLUMN failed_id TEXT")]),
    SMSBulk.purposeMigration,
  ]

  /// Longer than any provider answers questions about a message.
  package static let lifeMs: Int64 = 3 * 86_400_000
  /// The first question about a message's end; each later one waits twice as long.
  static let firstCheckMs: Int64 = 10_000
  static let checkMsMax: Int64 = 3_600_000
  /// Kavenegar answers for two days.
  static let checkedForMs: Int64 = 48 * 3_600_000

  package enum Admission: Sendable, Equatable {
    case go(Attempt)
    /// So many have gone out lately that this one has to wait.
    case wait(delayMs: Int64)
    /// It has gone out before.
    case alreadySent(providerID: String)
  }

  package struct Attempt: Sendable, Equatable {
    /// Whether an earlier attempt may have gone out.
    package let mayHaveGoneOut: Bool
    package let firstAt: Timestamp
  }

  /// Counts a message about to be sent, before it is: a process that dies meanwhile has left a
  /// trace of it.
  ///
  /// - Parameter limit: nil for one of a bulk, which has a limit of its own.
  package static func admit(
    _ key: SMSKey, by provider: SMSProvider, limit: SMSWindow?, at now: Timestamp,
    in database: Transaction
  ) throws -> Admission {
    let known = try database.first(
      "SELECT provider_id, is_uncertain, first_at FROM sms_calls WHERE key = \(key.number)")
    if let known, let id: String = try known.value("provider_id") {
      return .alreadySent(providerID: id)
    }
    if let limit, let delayMs = try delayMs(key, limit, at: now, in: database) {
      return .wait(delayMs: delayMs)
    }
    try database.execute(
      """
      INSERT INTO sms_calls (key, provider, is_bulk, is_uncertain, first_at, started_at)
      VALUES (\(key.number), \(provider.rawValue), \(limit == nil), 1, \(now), \(now))
      ON CONFLICT (key) DO UPDATE SET provider = excluded.provider, is_uncertain = 1,
        started_at = excluded.started_at
      """)
    return .go(
      Attempt(
        mayHaveGoneOut: try known?.value("is_uncertain") ?? false,
        firstAt: try known?.value("first_at") ?? now))
  }

  /// Writes down how the attempt ended.
  package static func settle(
    _ key: SMSKey, _ outcome: SMSOutcome, asksForStatus: Bool, at now: Timestamp,
    in database: Transaction
  ) throws {
    switch outcome {
    case .accepted(let id):
      let checkAt = asksForStatus ? now.adding(milliseconds: firstCheckMs) : nil
      try database.execute(
        """
        UPDATE sms_calls SET is_uncertain = 0, check_at = \(checkAt),
          provider_id = CASE WHEN failed_id IS NOT \(id) THEN \(id) ELSE provider_id END
        WHERE key = \(key.number)
        """)
    case .hold, .refused, .unreachable, .failed:
      try database.execute("UPDATE sms_calls SET is_uncertain = 0 WHERE key = \(key.number)")
    case .uncertain: break
    }
  }

  /// A provider has told us its id of a message before it answered the call. What is said late of
  /// one that has failed does not end the attempt after it.
  package static func learn(
    _ id: String, of key: SMSKey, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE sms_calls SET provider_id = \(id), is_uncertain = 0
      WHERE key = \(key.number) AND provider_id IS NULL AND failed_id IS NOT \(id)
      """)
  }

  /// The provider has failed to carry a message that may go out once more: the next attempt is a
  /// new message.
  package static func renew(
    _ providerID: String, by provider: SMSProvider, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE sms_calls
      SET provider_id = NULL, failed_id = \(providerID), is_uncertain = 0, check_at = NULL
      WHERE provider = \(provider.rawValue) AND provider_id = \(providerID)
      """)
  }

  /// Whether an id belongs to a message we know by another key.
  package static func isTaken(
    _ id: String, by provider: SMSProvider, otherThan key: SMSKey, in database: Transaction
  ) throws -> Bool {
    try database.first(
      """
      SELECT key FROM sms_calls WHERE provider = \(provider.rawValue) AND provider_id = \(id)
        AND key <> \(key.number)
      """) != nil
  }

  package static func forget(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Int {
    let old = now.adding(milliseconds: -lifeMs)
    return try database.execute(
      """
      DELETE FROM sms_calls WHERE key IN (SELECT key FROM sms_calls
        WHERE is_bulk IN (0, 1) AND started_at < \(old) LIMIT \(limit))
      """)
  }

  /// How long until one more fits; nil when it does now.
  private static func delayMs(
    _ key: SMSKey, _ limit: SMSWindow, at now: Timestamp, in database: Transaction
  ) throws -> Int64? {
    let since = now.adding(milliseconds: -limit.milliseconds)
    let row = try database.first(
      """
      SELECT started_at FROM sms_calls
      WHERE is_bulk = 0 AND started_at > \(since) AND key <> \(key.number)
      ORDER BY started_at DESC LIMIT 1 OFFSET \(max(0, limit.count - 1))
      """)
    guard let row else { return nil }
    let oldest: Timestamp = try row.value("started_at")
    return max(1, oldest.milliseconds + limit.milliseconds - now.milliseconds)
  }
}

/// So many in any stretch of that length.
package struct SMSWindow: Sendable, Equatable {
  package let count: Int
  package let milliseconds: Int64

  package init(count: Int, milliseconds: Int64) {
    self.count = count
    self.milliseconds = milliseconds
  }
}
