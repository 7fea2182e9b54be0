package import Storage

/// What providers posted, as it came, for search and replay. Kept for a week; holds what people
/// wrote, so it is shown to staff only.
package enum WebhookLog {
  package static let lifeMs: Int64 = 7 * 86_400_000
  package static let pageMax = 200
  /// Characters of each payload that a search shows; a payload can be a megabyte.
  package static let previewLengthMax = 4_000

  package struct Entry: Sendable, Equatable {
    package let id: Int64
    package let provider: String
    package let payload: String
    package let receivedAt: Timestamp
  }

  /// - Parameter conversation: the one it led to, when there is just one.
  package static func append(
    provider: String, payload: String, conversation: ID<ConversationRecord>? = nil,
    at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO webhook_log (provider, payload, conversation_id, received_at)
      VALUES (\(provider), \(payload), \(conversation), \(now))
      """)
  }

  /// The newest first, each cut to `previewLengthMax`, older than `before` when it is given,
  /// holding `text` when it is given.
  package static func search(
    provider: String?, text: String?, before: Int64?, limit: Int, in database: Transaction
  ) throws -> [Entry] {
    try database.all(
      """
      SELECT id, provider, substr(payload, 1, \(previewLengthMax)) AS payload, received_at
      FROM webhook_log
      WHERE id < \(before ?? Int64.max) AND (\(provider) IS NULL OR provider = \(provider))
        AND (\(text) IS NULL OR instr(payload, \(text)) > 0)
      ORDER BY id DESC LIMIT \(min(max(limit, 1), pageMax))
      """
    ).map(Entry.init)
  }

  package static func entry(_ id: Int64, in database: Transaction) throws -> Entry? {
    try database.first(
      "SELECT id, provider, payload, received_at FROM webhook_log WHERE id = \(id)"
    ).map(Entry.init)
  }

  /// Forgets what is older than a week, at most `limit` entries at once.
  ///
  /// - Returns: how many it forgot.
  package static func prune(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Int {
    try database.execute(
      """
      DELETE FROM webhook_log WHERE id IN (
        SELECT id FROM webhook_log WHERE received_at < \(now.adding(milliseconds: -lifeMs))
        ORDER BY id LIMIT \(limit))
      """)
  }
}

extension WebhookLog.Entry {
  fileprivate init(_ row: Row) throws {
    id = try row.value("id")
    provider = try row.value("provider")
    payload = try row.value("payload")
    receivedAt = try row.value("received_at")
  }
}
