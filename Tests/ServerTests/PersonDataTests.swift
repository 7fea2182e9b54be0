import Accounts
import Conversation
import Server
import Storage
import Testing

/// Nothing that is kept of a person may be forgotten when they ask for it.
struct PersonDataTests {
  /// Tables that hold nothing of anybody: what the program itself needs, and the stop list, which
  /// is all that outlives a deletion.
  private static let impersonal: Set<String> = [
    "content_drafts", "content_events", "content_lessons", "content_state", "content_versions",
    "lesson_audio", "migrations", "model_days", "send_holds", "sms_bulks", "sms_calls",
    "spoken_audio",
    "stop_list",
  ]

  private func columns() throws -> [String: [String]] {
    let database = try Database(.memory)
    try database.migrate(Product.migrations)
    return try database.readBlocking { transaction in
      let rows = try transaction.all(
        """
        SELECT m.name AS name, group_concat(c.name, ' ') AS columns
        FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' GROUP BY m.name
        """)
      return try Dictionary(
        uniqueKeysWithValues: rows.map { row in
          let columns: String = try row.value("columns")
          return (try row.value("name"), columns.split(separator: " ").map(String.init))
        })
    }
  }

  private func keepers() -> [PersonDataKeeper] {
    let keys = AccountKeys(secret: []) { Array(repeating: 0, count: $0) }
    return Accounts(
      keepers: Product.keepers(stopList: keys.stopList), keys: keys,
      reach: Accounts.Reach(publicURL: nil, localURL: "")
    ).keepers
  }

  @Test func `every table has a keeper that shows, joins and deletes what it holds`() throws {
    let kept = keepers().reduce(into: Set<String>()) { $0.formUnion($1.tables) }
    let tables = Set(try columns().keys)
    #expect(tables.count > 20)
    #expect(tables.subtracting(kept).subtracting(Self.impersonal).sorted() == [])
    #expect(kept.subtracting(tables).sorted() == [])
  }

  @Test func `no table that names a person or a conversation passes for impersonal`() throws {
    for (table, columns) in try columns() where Self.impersonal.contains(table) {
      #expect(
        !columns.contains { $0.hasSuffix("person_id") || $0.hasSuffix("conversation_id") },
        "\(table)")
    }
  }

  @Test func `no two keepers answer for the same table`() {
    let tables = keepers().flatMap(\.tables)
    #expect(Set(tables).count == tables.count)
  }
}
