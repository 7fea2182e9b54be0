import Storage

/// What is kept so that a later report finds its delivery.
enum ReportSchema {
  static let changes: [SchemaChange] = [
    .clusteredTable(
      """
      CREATE TABLE provider_messages (
        channel TEXT NOT NULL, provider_id TEXT NOT NULL, conversation_id TEXT NOT NULL,
        position INTEGER NOT NULL, attempt INTEGER NOT NULL, kept_at INTEGER NOT NULL,
        PRIMARY KEY (channel, provider_id))
      """),
    .statement("CREATE INDEX provider_messages_by_age ON provider_messages (kept_at)"),
    .clusteredTable(
      """
      CREATE TABLE early_reports (
        channel TEXT NOT NULL, provider_id TEXT NOT NULL, state TEXT NOT NULL,
        delay_ms INTEGER, reason TEXT, reported_at INTEGER NOT NULL,
        conversation_id TEXT, position INTEGER, attempt INTEGER, kept_at INTEGER NOT NULL,
        PRIMARY KEY (channel, provider_id))
      """),
    .statement("CREATE INDEX early_reports_by_age ON early_reports (kept_at)"),
    .statement(
      """
      CREATE INDEX early_reports_by_call ON early_reports (conversation_id, position)
      WHERE conversation_id IS NOT NULL
      """),
  ]
}
