package import Storage

/// A file that came with a message on a channel where nobody else keeps it.
package struct ReceivedFile: Sendable, Equatable {
  /// What it is by its first bytes: `audio/webm`.
  package let mediaType: String
  package let bytes: [UInt8]

  package init(mediaType: String, bytes: [UInt8]) {
    self.mediaType = mediaType
    self.bytes = bytes
  }
}

/// Where such files are, each under the key of its message, which is the attachment's `fileID`.
package enum ReceivedFiles {
  /// As long as what we send can be looked at.
  package static let lifeMs = MediaStore.lifeMsDefault
  /// A conversation keeps this much; what is older makes room.
  package static let bytesPerConversationMax = 64 << 20

  static let changes: [SchemaChange] = [
    .table(
      """
      CREATE TABLE received_files (
        key TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id),
        media_type TEXT NOT NULL, byte_count INTEGER NOT NULL, kept_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, bytes BLOB NOT NULL)
      """),
    .statement(
      "CREATE INDEX received_files_by_conversation ON received_files (conversation_id, kept_at)"),
    .statement("CREATE INDEX received_files_by_age ON received_files (expires_at)"),
  ]

  static func keep(
    _ file: ReceivedFile, key: String, conversation: ID<ConversationRecord>, at now: Timestamp,
    in database: Transaction
  ) throws {
    try makeRoom(for: file.bytes.count, in: conversation, database)
    try database.execute(
      """
      INSERT INTO received_files
        (key, conversation_id, media_type, byte_count, kept_at, expires_at, bytes)
      VALUES (\(key), \(conversation), \(file.mediaType), \(file.bytes.count), \(now),
        \(now.adding(milliseconds: lifeMs)), \(file.bytes))
      """)
  }

  /// - Returns: nil when it is no longer kept.
  package static func load(
    _ key: String, at now: Timestamp, in database: Transaction
  ) throws -> ReceivedFile? {
    try database.first(
      "SELECT media_type, bytes FROM received_files WHERE key = \(key) AND expires_at > \(now)"
    ).map { ReceivedFile(mediaType: try $0.value("media_type"), bytes: try $0.value("bytes")) }
  }

  /// The file that came with one message of a conversation.
  package static func load(
    of conversation: ID<ConversationRecord>, position: Int, in database: Transaction
  ) throws -> ReceivedFile? {
    try database.first(
      """
      SELECT f.media_type, f.bytes FROM messages m JOIN received_files f ON f.key = m.key
      WHERE m.conversation_id = \(conversation) AND m.position = \(position)
        AND f.conversation_id = \(conversation)
      """
    ).map { ReceivedFile(mediaType: try $0.value("media_type"), bytes: try $0.value("bytes")) }
  }

  package static func isKept(_ key: String, in database: Transaction) throws -> Bool {
    try database.first("SELECT key FROM received_files WHERE key = \(key)") != nil
  }

  /// Forgets files whose time is over.
  ///
  /// - Returns: how many, at most `limit`.
  package static func prune(at now: Timestamp, limit: Int, in database: Transaction) throws -> Int {
    try database.execute(
      """
      DELETE FROM received_files WHERE key IN (
        SELECT key FROM received_files WHERE expires_at <= \(now) LIMIT \(limit))
      """)
  }

  private static func makeRoom(
    for byteCount: Int, in conversation: ID<ConversationRecord>, _ database: Transaction
  ) throws {
    let kept = try database.all(
      """
      SELECT key, byte_count FROM received_files WHERE conversation_id = \(conversation)
      ORDER BY kept_at DESC, key DESC
      """)
    var sum = byteCount
    for row in kept {
      sum += try row.value("byte_count", as: Int.self)
      guard sum > bytesPerConversationMax else { continue }
      try database.execute(
        "DELETE FROM received_files WHERE key = \(try row.value("key", as: String.self))")
    }
  }
}
