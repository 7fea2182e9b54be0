package import Storage

/// The tables of this floor.
package enum ConversationSchema {
  package static let migrations = [
    Migration(
      "conversation-1",
      [
        .table(
          """
          CREATE TABLE people (
            id TEXT PRIMARY KEY, name TEXT, language TEXT NOT NULL, time_zone TEXT,
            created_at INTEGER NOT NULL)
          """),
        .table(
          """
          CREATE TABLE conversations (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            channel TEXT NOT NULL, external_id TEXT NOT NULL,
            stack TEXT NOT NULL, prompt TEXT, owner TEXT NOT NULL, epoch INTEGER NOT NULL,
            position INTEGER NOT NULL, send_due_at INTEGER, blocked_at INTEGER,
            stopped_at INTEGER, started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL)
          """),
        .statement("CREATE INDEX conversations_by_person ON conversations (person_id)"),
        .statement(
          """
          CREATE INDEX conversations_to_send ON conversations (channel, send_due_at)
          WHERE send_due_at IS NOT NULL
          """),
        .clusteredTable(
          """
          CREATE TABLE addresses (
            channel TEXT NOT NULL, external_id TEXT NOT NULL,
            conversation_id TEXT NOT NULL UNIQUE REFERENCES conversations (id),
            PRIMARY KEY (channel, external_id))
          """),
        .clusteredTable(
          """
          CREATE TABLE inbounds (
            conversation_id TEXT NOT NULL REFERENCES conversations (id),
            position INTEGER NOT NULL, channel TEXT NOT NULL, key TEXT NOT NULL,
            kind TEXT NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL, fault TEXT,
            received_at INTEGER NOT NULL,
            PRIMARY KEY (conversation_id, position))
          """),
        .statement("CREATE UNIQUE INDEX inbounds_by_key ON inbounds (channel, key)"),
        .statement(
          """
          CREATE INDEX inbounds_failed ON inbounds (conversation_id, position)
          WHERE state = 'failed'
          """),
        .clusteredTable(
          """
          CREATE TABLE deliveries (
            conversation_id TEXT NOT NULL REFERENCES conversations (id),
            position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, buttons TEXT,
            target INTEGER, language TEXT NOT NULL, author TEXT NOT NULL,
            epoch INTEGER NOT NULL, class TEXT NOT NULL, state TEXT NOT NULL,
            attempt INTEGER NOT NULL, unknown_count INTEGER NOT NULL DEFAULT 0,
            provider_id TEXT, fault TEXT, chosen TEXT, expires_at INTEGER,
            created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
            PRIMARY KEY (conversation_id, position))
          """),
        .statement(
          """
          CREATE INDEX deliveries_unsent ON deliveries (conversation_id, position)
          WHERE state IN ('pending', 'sending')
          """),
        .clusteredTable(
          "CREATE TABLE send_holds (channel TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL)"),
      ]),
    Migration("conversation-2", JobSchema.changes + WebhookLogSchema.changes),
    Migration("conversation-3", MessageSchema.changes),
    Migration("conversation-reports", ReportSchema.changes),
    Migration("conversation-window", WindowSchema.changes),
    Migration("conversation-consent", ConsentSchema.changes),
    Migration("conversation-addresses", AddressSchema.changes),
    Migration("conversation-media", MediaSchema.changes),
    Migration("conversation-job-frames", JobSchema.frameChanges),
    Migration("conversation-received-files", ReceivedFiles.changes),
    Migration("conversation-template-names", WindowSchema.nameChanges),
  ]
}

enum JobSchema {
  static let changes: [SchemaChange] = [
    .table(
      """
      CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL,
        conversation_id TEXT REFERENCES conversations (id), unique_key TEXT UNIQUE,
        state TEXT NOT NULL, attempt INTEGER NOT NULL, due_at INTEGER NOT NULL,
        lease_until INTEGER, late_at INTEGER, fault TEXT, created_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL)
      """),
    .statement("CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'available'"),
    .statement("CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running'"),
    .statement("CREATE INDEX jobs_late ON jobs (late_at) WHERE late_at IS NOT NULL"),
    .statement("CREATE INDEX jobs_by_conversation ON jobs (conversation_id)"),
    .clusteredTable(
      """
      CREATE TABLE timers (
        conversation_id TEXT NOT NULL REFERENCES conversations (id), name TEXT NOT NULL,
        payload TEXT NOT NULL, due_at INTEGER NOT NULL, waits_for_morning INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, name))
      """),
    .statement("CREATE INDEX timers_due ON timers (due_at)"),
  ]

  /// Which run of a flow waits for a job's end; null in rows older than this, and where none does.
  static let frameChanges: [SchemaChange] = [
    .statement("ALTER TABLE jobs ADD COLUMN flow TEXT"),
    .statement("ALTER TABLE jobs ADD COLUMN flow_begun_at INTEGER"),
  ]
}

enum WebhookLogSchema {
  static let changes: [SchemaChange] = [
    .table(
      """
      CREATE TABLE webhook_log (
        id INTEGER PRIMARY KEY, provider TEXT NOT NULL, payload TEXT NOT NULL,
        received_at INTEGER NOT NULL)
      """)
  ]
}

/// Several addresses may lead to one conversation, and a conversation may outlive none of them.
enum AddressSchema {
  static let changes: [SchemaChange] = [
    .clusteredTable(
      """
      CREATE TABLE further_addresses (
        channel TEXT NOT NULL, external_id TEXT NOT NULL,
        conversation_id TEXT NOT NULL REFERENCES conversations (id),
        PRIMARY KEY (channel, external_id))
      """),
    .statement(
      """
      INSERT INTO further_addresses (channel, external_id, conversation_id)
      SELECT channel, external_id, conversation_id FROM addresses
      """),
    .statement("DROP TABLE addresses"),
    .statement("ALTER TABLE further_addresses RENAME TO addresses"),
    .statement("CREATE INDEX addresses_by_conversation ON addresses (conversation_id)"),
    .clusteredTable(
      """
      CREATE TABLE address_conflicts (
        conversation_id TEXT NOT NULL REFERENCES conversations (id),
        other_conversation_id TEXT NOT NULL REFERENCES conversations (id),
        channel TEXT NOT NULL, external_id TEXT NOT NULL, noticed_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, other_conversation_id, external_id))
      """),
    .clusteredTable(
      """
      CREATE TABLE stop_list (
        address_hash TEXT NOT NULL PRIMARY KEY, stopped_at INTEGER NOT NULL)
      """),
    .statement("ALTER TABLE webhook_log ADD COLUMN conversation_id TEXT"),
  ]
}
