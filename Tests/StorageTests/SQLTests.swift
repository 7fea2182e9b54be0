import Storage
import Testing

struct SQLTests {
  private static let hostile = [
    "'); DROP TABLE notes; --", "\" OR 1=1", "?", "💥 ‌می‌خوانم", "%_\\", "",
  ]

  @Test(arguments: hostile)
  func `interpolation binds and never splices`(text: String) throws {
    let database = try Notes.database()
    let found: String? = try database.writeBlocking { transaction in
      try Notes.add(text, in: transaction)
      return try transaction.first("SELECT text FROM notes WHERE text = \(text)")?.value("text")
    }
    #expect(found == text)
    #expect(try database.readBlocking { try Notes.all(in: $0) } == [text])
  }

  @Test func `a NUL is kept as the sign for what cannot be shown`() throws {
    let database = try Notes.database()
    try database.writeBlocking { try Notes.add("a\0b", in: $0) }
    #expect(try database.readBlocking { try Notes.all(in: $0) } == ["a\u{FFFD}b"])
  }

  @Test func `a statement is what its author wrote with marks for values`() {
    let ids = ["a", "b"]
    let statement: SQL = "SELECT \("x"), \(Int?.none) WHERE id IN (\(list: ids)) AND \(sql: "1=1")"
    #expect(statement.text == "SELECT ?, ? WHERE id IN (?, ?) AND 1=1")
    #expect(statement.values == [.text("x"), .null, .text("a"), .text("b")])
    let none: SQL = "IN (\(list: [String]()))"
    #expect(none.text == "IN (NULL)")
  }

  @Test func `values come back as they went in`() throws {
    let database = try Database(.memory)
    let row = try #require(
      try database.readBlocking { transaction in
        try transaction.first(
          """
          SELECT \(Int64.min) AS least, \(true) AS yes, \(1.5) AS real,
            \([UInt8]([0, 255])) AS bytes,
            \(Timestamp(milliseconds: 7)) AS at, \(ID<Int>("x")) AS id, \(String?.none) AS none
          """)
      })
    #expect(try row.value("least") == Int64.min)
    #expect(try row.value("yes") == true)
    #expect(try row.value("real") == 1.5)
    #expect(try row.value("bytes") == [UInt8]([0, 255]))
    #expect(try row.value("at") == Timestamp(milliseconds: 7))
    #expect(try row.value("id") == ID<Int>("x"))
    #expect(try row.value("none") == String?.none)
    #expect(throws: StorageError.self) { try row.value("none", as: String.self) }
    #expect(throws: StorageError.self) { try row.value("real", as: String.self) }
    #expect(throws: StorageError.self) { try row.value("missing", as: Int.self) }
  }

  @Test func `the schema refuses rows of another type and without their parent`() throws {
    let database = try Notes.database()
    #expect(throws: StorageError.self) {
      try database.writeBlocking { transaction in
        try transaction.execute("INSERT INTO notes (text, weight) VALUES ('a', \("heavy"))")
      }
    }
    #expect(throws: StorageError.self) {
      try database.writeBlocking { transaction in
        try transaction.execute("INSERT INTO remarks (note_id) VALUES (\(99))")
      }
    }
    #expect(try database.readBlocking { try Notes.all(in: $0) }.isEmpty)
  }

  @Test func `a savepoint undoes its own writes only`() throws {
    let database = try Notes.database()
    try database.writeBlocking { transaction in
      try Notes.add("before", in: transaction)
      do {
        try transaction.savepoint {
          try Notes.add("inside", in: transaction)
          throw Refusal()
        }
      } catch is Refusal {}
      try transaction.savepoint { try Notes.add("after", in: transaction) }
    }
    #expect(try database.readBlocking { try Notes.all(in: $0) } == ["before", "after"])
  }

  @Test func `a failed blocking write is undone`() throws {
    let database = try Notes.database()
    #expect(throws: Refusal.self) {
      try database.writeBlocking { transaction in
        try Notes.add("undone", in: transaction)
        throw Refusal()
      }
    }
    #expect(try database.readBlocking { try Notes.all(in: $0) }.isEmpty)
  }

  @Test func `visiting stops when it is told to`() throws {
    let database = try Notes.database()
    var seen: [String] = []
    try database.writeBlocking { transaction in
      for text in ["a", "b", "c"] { try Notes.add(text, in: transaction) }
      try transaction.visit("SELECT text FROM notes ORDER BY id") { row in
        seen.append(try row.value("text"))
        return seen.count < 2
      }
    }
    #expect(seen == ["a", "b"])
  }

  @Test func `an error never shows a bound value`() throws {
    let database = try Notes.database()
    let secret = "secret-words"
    #expect {
      try database.writeBlocking { transaction in
        try Notes.add(secret, in: transaction)
        try Notes.add(secret, in: transaction)
      }
    } throws: { error in
      !"\(error)".contains(secret)
    }
  }
}
