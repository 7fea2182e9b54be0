import Storage

/// Files beside the messages that carry them. The bytes come last: a file is kept longer without
/// writing them again.
enum MediaSchema {
  static let changes: [SchemaChange] = [
    .table(
      """
      CREATE TABLE media (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, media_type TEXT NOT NULL,
        file_name TEXT NOT NULL, kept_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        bytes BLOB NOT NULL)
      """),
    .statement(
      """
      ALTER TABLE messages ADD COLUMN media_id TEXT REFERENCES media (id) ON DELETE SET NULL
      """),
    .statement("ALTER TABLE messages ADD COLUMN asks_location INTEGER"),
    .statement(
      "CREATE INDEX messages_by_media ON messages (media_id) WHERE media_id IS NOT NULL"),
    .clusteredTable(
      """
      CREATE TABLE media_links (
        token TEXT NOT NULL PRIMARY KEY,
        media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id),
        expires_at INTEGER NOT NULL)
      """),
    .statement("CREATE INDEX media_links_by_media ON media_links (media_id)"),
    .statement("CREATE INDEX media_links_by_conversation ON media_links (conversation_id)"),
    .statement("CREATE INDEX media_links_by_age ON media_links (expires_at)"),
  ]
}
