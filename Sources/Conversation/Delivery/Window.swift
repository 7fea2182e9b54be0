import Storage

/// The time after a person's message in which a channel lets us write freely, and what becomes of
/// messages while it is over: the person is asked once, by a template, to write first; the messages
/// wait for that, go by another channel the person allowed, or are given up.
enum Window {
  /// What has waited this long for the person to write is no longer wanted.
  static let waitMsMax: Int64 = 7 * 86_400_000
  /// A call that begins just before the end arrives after it.
  static let marginMs: Int64 = 60_000
  /// Nobody is asked to write more often than this.
  static let askIntervalMs: Int64 = 86_400_000

  /// When a message that waits is given up.
  static func expiry(of delivery: Delivery) -> Timestamp {
    let latest = delivery.createdAt.adding(milliseconds: waitMsMax)
    return min(delivery.expiresAt ?? latest, latest)
  }

  /// The provider says that it is over, whatever we had reckoned.
  static func close(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE conversations SET window_until = min(coalesce(window_until, \(now)), \(now))
      WHERE id = \(conversation)
      """)
  }

  /// When the person may be asked to write; nil when they have been asked since the window closed.
  static func askAt(closedAt: Timestamp?, askedAt: Timestamp?, now: Timestamp) -> Timestamp? {
    guard let askedAt else { return now }
    guard let closedAt, closedAt > askedAt else { return nil }
    return max(now, askedAt.adding(milliseconds: askIntervalMs))
  }
}

enum WindowSchema {
  static let changes: [SchemaChange] = [
    // Until when we may write freely, where a channel sets an end.
    .statement("ALTER TABLE conversations ADD COLUMN window_until INTEGER"),
    // Whether messages wait for the person to write.
    .statement(
      "ALTER TABLE conversations ADD COLUMN waits_for_window INTEGER NOT NULL DEFAULT 0"),
    // The newest template: where it stands in the conversation, and when it was planned.
    .statement("ALTER TABLE conversations ADD COLUMN template_position INTEGER"),
    .statement("ALTER TABLE conversations ADD COLUMN template_at INTEGER"),
  ]

  /// Which template the newest is; before, all were the same.
  static let nameChanges: [SchemaChange] = [
    .statement("ALTER TABLE conversations ADD COLUMN template_name TEXT")
  ]
}
