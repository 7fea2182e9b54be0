import Accounts
import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

/// Nothing that is kept of a person may be forgotten when they ask for it.
struct KeeperTests {
  /// Tables that hold nothing of anybody: what the program itself needs, and the stop list, which
  /// is all that outlives a deletion.
  private static let impersonal: Set<String> = ["migrations", "send_holds", "stop_list"]

  @Test func `every table has a keeper that shows and deletes what it holds of a person`() throws {
    let stage = try AccountsStage()
    let kept = stage.accounts.keepers.reduce(into: Set<String>()) { $0.formUnion($1.tables) }
    let tables = try stage.database.readBlocking { try Set(Tables.names($0)) }
    #expect(tables.subtracting(kept).subtracting(Self.impersonal).sorted() == [])
    #expect(kept.subtracting(tables).sorted() == [])
  }

  @Test func `no table that names a person passes for impersonal`() throws {
    let stage = try AccountsStage()
    try stage.database.readBlocking { transaction in
      for table in Self.impersonal {
        let columns = try Tables.columns(of: table, transaction)
        #expect(!columns.contains { $0 == "person_id" || $0.hasSuffix("conversation_id") })
      }
    }
  }

  @Test func `these tests can look into every table`() throws {
    let stage = try AccountsStage()
    #expect(!(try stage.dump().values.joined().contains { $0.contains("unknown table") }))
  }

  @Test func `two keepers do not answer for the same table`() throws {
    let tables = try AccountsStage().accounts.keepers.flatMap(\.tables)
    #expect(Set(tables).count == tables.count)
  }
}
