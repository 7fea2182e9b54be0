import Storage

/// What was said in both directions, in one table that only grows at its end: a turn dirties one
/// page of the index and shares the table's last page. `inbounds` and `deliveries` are views.
enum MessageSchema {
  static let changes: [SchemaChange] = [
    .table(
      """
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations (id),
        position INTEGER NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL, state TEXT NOT NULL, fault TEXT, created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL, channel TEXT, key TEXT, buttons TEXT, target INTEGER,
        language TEXT, epoch INTEGER, class TEXT, attempt INTEGER NOT NULL DEFAULT 0,
        unknown_count INTEGER NOT NULL DEFAULT 0, provider_id TEXT, chosen TEXT,
        expires_at INTEGER,
        UNIQUE (conversation_id, position),
        CHECK ((author = 'person') = (key IS NOT NULL)))
      """),
    .statement(
      """
      INSERT INTO messages (conversation_id, position, author, kind, text, state, fault,
        created_at, changed_at, channel, key)
      SELECT conversation_id, position, 'person', kind, content, state, fault, received_at,
        received_at, channel, key FROM inbounds
      """),
    .statement(
      """
      INSERT INTO messages (conversation_id, position, author, kind, text, state, fault,
        created_at, changed_at, buttons, target, language, epoch, class, attempt, unknown_count,
        provider_id, chosen, expires_at)
      SELECT conversation_id, position, author, kind, text, state, fault, created_at, changed_at,
        buttons, target, language, epoch, class, attempt, unknown_count, provider_id, chosen,
        expires_at FROM deliveries
      """),
    .statement("ALTER TABLE conversations ADD COLUMN unsent_from INTEGER"),
    .statement(
      """
      UPDATE conversations SET unsent_from = (SELECT min(position) FROM deliveries
        WHERE conversation_id = conversations.id AND state IN ('pending', 'sending'))
      """),
    .statement("DROP TABLE inbounds"),
    .statement("DROP TABLE deliveries"),
    .statement(
      "CREATE UNIQUE INDEX messages_by_key ON messages (channel, key) WHERE key IS NOT NULL"),
    .statement(
      """
      CREATE INDEX messages_failed ON messages (conversation_id, position)
      WHERE state = 'failed' AND author = 'person'
      """),
    .statement(
      """
      CREATE VIEW inbounds AS
      SELECT conversation_id, position, channel, key, kind, text AS content, state, fault,
        created_at AS received_at
      FROM messages WHERE author = 'person'
      """),
    .statement(
      """
      CREATE VIEW deliveries AS
      SELECT conversation_id, position, author, kind, text, buttons, target, language, epoch,
        class, state, attempt, unknown_count, provider_id, fault, chosen, expires_at, created_at,
        changed_at
      FROM messages WHERE author != 'person'
      """),
  ]
}
