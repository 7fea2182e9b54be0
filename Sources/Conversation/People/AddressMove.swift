import Storage

extension ConversationService {
  /// A person took a new address with them, as the provider says: the conversation goes along. The
  /// old address leads nowhere from then on, as it may become somebody else's.
  ///
  /// - Throws: `StorageError` when it could not be made durable.
  package func move(from old: String, to new: String, on channel: Channel) async throws {
    try await database.write { transaction in
      guard old != new,
        let known = try transaction.first(
          """
          SELECT conversation_id FROM addresses
          WHERE channel = \(channel) AND external_id = \(old)
          """)
      else { return }
      let conversation: ID<ConversationRecord> = try known.value("conversation_id")
      let isTaken =
        try transaction.first(
          """
          SELECT conversation_id FROM addresses
          WHERE channel = \(channel) AND external_id = \(new)
          """) != nil
      // Whoever has written from the new address already is left alone.
      if isTaken { return }
      try transaction.execute(
        """
        UPDATE addresses SET external_id = \(new)
        WHERE channel = \(channel) AND external_id = \(old)
        """)
      try transaction.execute(
        """
        UPDATE conversations SET external_id = \(new)
        WHERE id = \(conversation) AND external_id = \(old)
        """)
    }
  }
}
