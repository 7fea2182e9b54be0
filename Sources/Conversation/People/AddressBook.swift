import Storage

/// The addresses that lead to a conversation: a provider may know one person by several ids.
enum AddressBook {
  /// Ids beyond these are a provider's mistake.
  static let otherIDsMax = 8

  /// The conversation one of the sender's other ids leads to. Answers go to the newest id from
  /// then on, as the older one may no longer be reachable.
  static func findByOtherID(
    _ inbound: Inbound, at now: Timestamp, in database: Transaction
  ) throws -> ConversationRecord? {
    for id in inbound.sender.otherIDs.prefix(otherIDsMax) {
      guard
        let known = try conversation(of: id, on: inbound.channel, in: database)
      else { continue }
      try add(inbound.sender.externalID, on: inbound.channel, to: known, in: database)
      try database.execute(
        """
        UPDATE conversations SET external_id = \(inbound.sender.externalID) WHERE id = \(known)
        """)
      try learn(inbound, conversation: known, at: now, in: database)
      return try ConversationRecord.load(known, in: database)
    }
    return nil
  }

  /// Adds the sender's other ids. One that leads to another conversation stays there, and the
  /// conflict is written down.
  static func learn(
    _ inbound: Inbound, conversation: ID<ConversationRecord>, at now: Timestamp,
    in database: Transaction
  ) throws {
    for id in inbound.sender.otherIDs.prefix(otherIDsMax) {
      guard let known = try self.conversation(of: id, on: inbound.channel, in: database) else {
        try add(id, on: inbound.channel, to: conversation, in: database)
        continue
      }
      guard known != conversation else { continue }
      try database.execute(
        """
        INSERT INTO address_conflicts
          (conversation_id, other_conversation_id, channel, external_id, noticed_at)
        VALUES (\(conversation), \(known), \(inbound.channel), \(id), \(now))
        ON CONFLICT (conversation_id, other_conversation_id, external_id) DO NOTHING
        """)
    }
  }

  private static func conversation(
    of externalID: String, on channel: Channel, in database: Transaction
  ) throws -> ID<ConversationRecord>? {
    try database.first(
      """
      SELECT conversation_id FROM addresses
      WHERE channel = \(channel) AND external_id = \(externalID)
      """)?.value("conversation_id")
  }

  private static func add(
    _ externalID: String, on channel: Channel, to conversation: ID<ConversationRecord>,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO addresses (channel, external_id, conversation_id)
      VALUES (\(channel), \(externalID), \(conversation))
      ON CONFLICT (channel, external_id) DO NOTHING
      """)
  }
}
