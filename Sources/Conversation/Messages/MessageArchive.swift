package import Storage

/// The messages of a conversation, both ways, for whoever shows, counts or deletes them. Nothing
/// else outside delivery and the engine reads these tables.
package enum MessageArchive {
  static let tables: Set<String> = MediaStore.tables.union([
    "messages", "provider_messages",
  ])

  /// Every message in order, as a JSON array.
  static func export(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> String {
    let rows = try database.all(
      """
      SELECT position, author, kind, text, buttons, chosen, language, state, created_at,
        (SELECT file_name FROM media WHERE media.id = messages.media_id) AS file_name
      FROM messages WHERE conversation_id = \(conversation) ORDER BY position
      """)
    return RowJSON.array(rows)
  }

  /// How many were said on either side.
  package static func count(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Int {
    try database.first(
      """
      SELECT count(*) AS count FROM messages
      WHERE conversation_id = \(conversation) AND (author = 'person' OR kind = 'message')
      """)?.value("count") ?? 0
  }

  /// When the person wrote last.
  static func lastReceivedAt(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Timestamp? {
    try database.first(
      """
      SELECT created_at FROM messages
      WHERE conversation_id = \(conversation) AND author = 'person'
      ORDER BY position DESC LIMIT 1
      """)?.value("created_at")
  }

  /// Whether something of ours has still to go out.
  package static func hasUnsent(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Bool {
    guard let record = try ConversationRecord.load(conversation, in: database),
      let position = record.unsentFrom
    else { return false }
    return try DeliveryStore.head(conversation, from: position, in: database) != nil
  }

  /// Gives up what has not gone out.
  package static func cancelUnsent(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws {
    try DeliveryStore.cancelPending(
      conversation, fault: "the data is being deleted", at: now, in: database)
  }

  /// - Returns: how many were deleted, at most `limit`.
  static func erase(
    _ conversation: ID<ConversationRecord>, limit: Int, in database: Transaction
  ) throws -> Int {
    // By way of the messages, as they have no index by conversation.
    try database.execute(
      """
      DELETE FROM provider_messages WHERE (channel, provider_id) IN (
        SELECT c.channel, m.provider_id FROM messages m
        JOIN conversations c ON c.id = m.conversation_id
        WHERE m.conversation_id = \(conversation) AND m.provider_id IS NOT NULL
        ORDER BY m.position LIMIT \(limit))
      """)
    let links = try database.all(
      "DELETE FROM media_links WHERE conversation_id = \(conversation) RETURNING media_id")
    let messages = try database.all(
      """
      DELETE FROM messages WHERE id IN (
        SELECT id FROM messages WHERE conversation_id = \(conversation)
        ORDER BY position LIMIT \(limit))
      RETURNING media_id
      """)
    let files = try (links + messages).compactMap {
      try $0.value("media_id", as: ID<OutgoingMedia>?.self)
    }
    // What goes to others, too, stays for them.
    try MediaStore.forget(Set(files), in: database)
    return messages.count
  }
}
