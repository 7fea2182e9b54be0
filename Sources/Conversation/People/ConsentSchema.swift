import Storage

enum ConsentSchema {
  static let changes: [SchemaChange] = [
    .clusteredTable(
      """
      CREATE TABLE consents (
        conversation_id TEXT NOT NULL REFERENCES conversations (id), purpose TEXT NOT NULL,
        number INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('granted', 'withdrawn')),
        source TEXT NOT NULL, word TEXT, said_in TEXT, said_at_position INTEGER,
        at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, purpose, number))
      """),
    // Of deliveries that are not for service; all of them expire.
    .clusteredTable(
      """
      CREATE TABLE delivery_purposes (
        conversation_id TEXT NOT NULL REFERENCES conversations (id),
        position INTEGER NOT NULL, purpose TEXT NOT NULL,
        PRIMARY KEY (conversation_id, position))
      """),
  ]
}
