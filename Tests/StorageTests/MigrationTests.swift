import Storage
import Testing

struct MigrationTests {
  private static let migrations = [
    Migration("one", [.table("CREATE TABLE one (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")]),
    Migration(
      "two",
      [
        .statement("ALTER TABLE one ADD COLUMN weight INTEGER NOT NULL DEFAULT 1"),
        .statement("UPDATE one SET weight = length(text)"),
      ]),
    Migration(
      "three",
      [
        .clusteredTable(
          "CREATE TABLE three (id TEXT PRIMARY KEY NOT NULL, one_id INTEGER NOT NULL)")
      ]
    ),
  ]

  @Test(arguments: 0...3)
  func `a database of any earlier version comes forward with its data`(version: Int) async throws {
    let folder = try Folder()
    let path = folder.path("old.sqlite")
    let old = try Database(.file(path: path))
    try old.migrate(Array(Self.migrations.prefix(version)))
    if version > 0 {
      try old.writeBlocking { try $0.execute("INSERT INTO one (text) VALUES ('kept')") }
    }
    await old.close()
    let new = try Database(.file(path: path))
    try new.migrate(Self.migrations)
    try new.migrate(Self.migrations)
    let rows = try new.readBlocking { transaction in
      try transaction.all("SELECT text, weight FROM one").map {
        (try $0.value("text", as: String.self), try $0.value("weight", as: Int.self))
      }
    }
    #expect(rows.map(\.0) == (version > 0 ? ["kept"] : []))
    if version == 1 { #expect(rows.first?.1 == 4) }
    try new.writeBlocking { transaction in
      try transaction.execute("INSERT INTO three (id, one_id) VALUES ('x', 1)")
    }
    await new.close()
  }

  @Test func `a database of a newer program is refused`() throws {
    let database = try Database(.memory)
    try database.migrate(Self.migrations)
    #expect(throws: StorageError.refused(reason: "the database was written by a newer version")) {
      try database.migrate(Array(Self.migrations.prefix(2)))
    }
  }

  @Test func `a migration that fails leaves nothing of itself`() throws {
    let database = try Database(.memory)
    try database.migrate(Array(Self.migrations.prefix(1)))
    let broken = Migration(
      "broken",
      [
        .table("CREATE TABLE half (id INTEGER PRIMARY KEY)"),
        .statement("INSERT INTO nowhere VALUES (1)"),
      ])
    #expect(throws: StorageError.self) {
      try database.migrate(Array(Self.migrations.prefix(1)) + [broken])
    }
    let half = try database.readBlocking { transaction in
      try transaction.first("SELECT name FROM sqlite_schema WHERE name = 'half'")
    }
    #expect(half == nil)
    try database.migrate(Self.migrations)
  }
}
