import Storage

/// The tables of this capability.
enum AccountsSchema {
  static let migrations = [
    Migration(
      "accounts-1",
      [
        .clusteredTable(
          """
          CREATE TABLE link_codes (
            code_hash TEXT NOT NULL PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES people (id),
            conversation_id TEXT NOT NULL REFERENCES conversations (id),
            created_at INTEGER NOT NULL, used_at INTEGER)
          """),
        .statement("CREATE INDEX link_codes_by_person ON link_codes (person_id, created_at)"),
        .statement("CREATE INDEX link_codes_by_age ON link_codes (created_at)"),
        .table(
          """
          CREATE TABLE link_tries (
            id INTEGER PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id),
            tried_at INTEGER NOT NULL)
          """),
        .statement(
          "CREATE INDEX link_tries_by_conversation ON link_tries (conversation_id, tried_at)"),
        .statement("CREATE INDEX link_tries_by_age ON link_tries (tried_at)"),
        .table(
          """
          CREATE TABLE merges (
            id TEXT PRIMARY KEY, survivor_id TEXT NOT NULL, absorbed_id TEXT NOT NULL,
            undo TEXT NOT NULL, merged_at INTEGER NOT NULL, undone_at INTEGER)
          """),
        .statement("CREATE INDEX merges_by_survivor ON merges (survivor_id)"),
        .statement("CREATE INDEX merges_by_absorbed ON merges (absorbed_id)"),
        .clusteredTable(
          """
          CREATE TABLE export_tickets (
            token_hash TEXT NOT NULL PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES people (id), created_at INTEGER NOT NULL)
          """),
        .statement(
          "CREATE INDEX export_tickets_by_person ON export_tickets (person_id, created_at)"),
        .table(
          """
          CREATE TABLE erasures (
            number TEXT PRIMARY KEY, person_id TEXT, state TEXT NOT NULL, counts TEXT NOT NULL,
            requested_at INTEGER NOT NULL, due_at INTEGER NOT NULL, announced_at INTEGER,
            done_at INTEGER)
          """),
        .statement(
          """
          CREATE UNIQUE INDEX erasures_by_person ON erasures (person_id)
          WHERE person_id IS NOT NULL
          """),
      ])
  ]
}
