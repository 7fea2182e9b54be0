package import Storage

/// The messages of a conversation, both ways, for whoever shows, counts or deletes them. Nothing
/// else outside delivery and the engine reads these tables.
package enum MessageArchive {
  static let tables: Set<String> = ["inbounds", "deliveries"]

  /// Every message in order, as a JSON array.
  static func export(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> String {
    let rows = try database.all(
      """
      SELECT position, 'you' AS author, kind, content AS text, NULL AS buttons, state,
        received_at AS at
      FROM inbounds WHERE conversation_id = \(conversation)
      UNION ALL
      SELECT position, author, kind, text, buttons, state, created_at
      FROM deliveries WHERE conversation_id = \(conversation)
      ORDER BY 1
      """)
    return RowJSON.array(rows)
  }

  package static func count(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Int {
    try database.first(
      """
      SELECT (SELECT count(*) FROM inbounds WHERE conversation_id = \(conversation))
        + (SELECT count(*) FROM deliveries
          WHERE conversation_id = \(conversation) AND kind = 'message') AS count
      """)?.value("count") ?? 0
  }

  /// When the person wrote last.
  static func lastReceivedAt(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Timestamp? {
    try database.first(
      """
      SELECT received_at FROM inbounds WHERE conversation_id = \(conversation)
      ORDER BY position DESC LIMIT 1
      """)?.value("received_at")
  }

  /// Whether something of ours has still to go out.
  package static func hasUnsent(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Bool {
    try DeliveryStore.head(conversation, in: database) != nil
  }

  /// Gives up what has not gone out.
  package static func cancelUnsent(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws {
    try DeliveryStore.cancelPending(
      conversation, fault: "the data is being deleted", at: now, in: database)
  }

  /// - Returns: how many were deleted, at most about `limit`.
  static func erase(
    _ conversation: ID<ConversationRecord>, limit: Int, in database: Transaction
  ) throws -> Int {
    let received = try database.execute(
      """
      DELETE FROM inbounds WHERE conversation_id = \(conversation) AND position IN (
        SELECT position FROM inbounds WHERE conversation_id = \(conversation)
        ORDER BY position LIMIT \(limit))
      """)
    let sent = try database.execute(
      """
      DELETE FROM deliveries WHERE conversation_id = \(conversation) AND position IN (
        SELECT position FROM deliveries WHERE conversation_id = \(conversation)
        ORDER BY position LIMIT \(limit))
      """)
    return received + sent
  }
}
