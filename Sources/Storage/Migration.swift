/// One step of a capability's schema, applied once, in order, at start. Never edited after release.
package struct Migration: Sendable {
  /// Unique and stable: `conversation-1`.
  package let name: String
  package let changes: [SchemaChange]

  package init(_ name: String, _ changes: [SchemaChange]) {
    self.name = name
    self.changes = changes
  }
}

/// A change of the schema in the subset both databases share; what differs is added by the dialect.
package enum SchemaChange: Sendable {
  /// `CREATE TABLE` with checked column types.
  case table(StaticString)
  /// The same, its rows stored in the order of the primary key.
  case clusteredTable(StaticString)
  /// An index, a column, a change of data.
  case statement(StaticString)
}

extension Database {
  /// Brings the schema forward; each migration is one transaction, so a crash leaves all or none.
  ///
  /// - Throws: `StorageError.refused` when the file was written by a newer program.
  package func migrate(_ migrations: [Migration]) throws {
    try writeBlocking { transaction in
      try transaction.execute(
        """
        CREATE TABLE IF NOT EXISTS migrations (
          position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT
        """
      )
    }
    let applied: Set<String> = try readBlocking { transaction in
      Set(try transaction.all("SELECT name FROM migrations").map { try $0.value("name") })
    }
    let known = Set(migrations.map(\.name))
    precondition(known.count == migrations.count, "two migrations share a name")
    guard applied.isSubset(of: known) else {
      throw StorageError.refused(reason: "the database was written by a newer version")
    }
    for migration in migrations where !applied.contains(migration.name) {
      try writeBlocking { transaction in
        for change in migration.changes { try transaction.execute(SQLiteDialect.sql(change)) }
        try transaction.execute("INSERT INTO migrations (name) VALUES (\(migration.name))")
      }
    }
  }
}
