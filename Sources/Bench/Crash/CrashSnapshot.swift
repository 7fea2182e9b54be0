import Storage

/// What the store holds, read from a copy so that the original is recovered by nobody but the
/// program itself.
package struct CrashSnapshot: Sendable {
  package struct Conversation: Sendable {
    package let channel: String
    package let externalID: String
    package let position: Int

    package init(channel: String, externalID: String, position: Int) {
      self.channel = channel
      self.externalID = externalID
      self.position = position
    }
  }

  package struct Inbound: Sendable {
    package let position: Int
    package let key: CrashLedger.Key
    package let state: String
    package let receivedAt: Int

    package init(position: Int, key: CrashLedger.Key, state: String, receivedAt: Int) {
      self.position = position
      self.key = key
      self.state = state
      self.receivedAt = receivedAt
    }
  }

  package struct Delivery: Sendable {
    package let position: Int
    package let isMessage: Bool
    package let state: String
    package let providerID: String?
    package let createdAt: Int

    package init(
      position: Int, isMessage: Bool, state: String, providerID: String?, createdAt: Int
    ) {
      self.position = position
      self.isMessage = isMessage
      self.state = state
      self.providerID = providerID
      self.createdAt = createdAt
    }
  }

  /// A message on its way to the provider.
  package struct Flight: Hashable, Sendable {
    package let conversation: String
    package let position: Int

    package init(conversation: String, position: Int) {
      self.conversation = conversation
      self.position = position
    }
  }

  package var conversations: [String: Conversation] = [:]
  /// By conversation, in order.
  package var inbounds: [String: [Inbound]] = [:]
  package var deliveries: [String: [Delivery]] = [:]
  /// Every turn of a message appends one entry.
  package var webhookLogCount = 0

  package init() {}
}

extension CrashSnapshot {
  static func read(_ transaction: Transaction) throws -> CrashSnapshot {
    var snapshot = CrashSnapshot()
    try transaction.visit("SELECT id, channel, external_id, position FROM conversations") { row in
      snapshot.conversations[try row.value("id")] = Conversation(
        channel: try row.value("channel"), externalID: try row.value("external_id"),
        position: try row.value("position"))
      return true
    }
    try transaction.visit(
      """
      SELECT conversation_id, position, channel, key, state, received_at FROM inbounds
      ORDER BY conversation_id, position
      """
    ) { row in
      let inbound = Inbound(
        position: try row.value("position"),
        key: .init(channel: try row.value("channel"), key: try row.value("key")),
        state: try row.value("state"), receivedAt: try row.value("received_at"))
      snapshot.inbounds[try row.value("conversation_id"), default: []].append(inbound)
      return true
    }
    try transaction.visit(
      """
      SELECT conversation_id, position, kind = 'message' AS is_message, state, provider_id,
        created_at
      FROM deliveries ORDER BY conversation_id, position
      """
    ) { row in
      let delivery = Delivery(
        position: try row.value("position"), isMessage: try row.value("is_message"),
        state: try row.value("state"), providerID: try row.value("provider_id"),
        createdAt: try row.value("created_at"))
      snapshot.deliveries[try row.value("conversation_id"), default: []].append(delivery)
      return true
    }
    let count = try transaction.first("SELECT count(*) AS count FROM webhook_log")
    snapshot.webhookLogCount = try count?.value("count") ?? 0
    return snapshot
  }
}
