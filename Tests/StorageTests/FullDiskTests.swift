import Storage
import Testing

struct FullDiskTests {
  private let large = [UInt8](repeating: 7, count: 200_000)

  private func nearlyFull(_ location: Location) throws -> Database {
    let database = try Database(location)
    try database.migrate([
      Migration("blobs-1", [.table("CREATE TABLE blobs (id INTEGER PRIMARY KEY, bytes BLOB)")])
    ])
    try database.writeBlocking { transaction in
      _ = try transaction.first("PRAGMA max_page_count = 20")
    }
    return database
  }

  private func count(_ database: Database) throws -> Int {
    try database.readBlocking { transaction in
      try transaction.first("SELECT count(*) AS n FROM blobs")?.value("n") ?? -1
    }
  }

  @Test func `a full disk refuses the write that does not fit and the next one goes on`() throws {
    let database = try nearlyFull(.memory)
    #expect(throws: StorageError.full) {
      try database.writeBlocking { transaction in
        try transaction.execute("INSERT INTO blobs (bytes) VALUES (\(large))")
      }
    }
    try database.writeBlocking { transaction in
      try transaction.execute("INSERT INTO blobs (bytes) VALUES (\([UInt8(1)]))")
    }
    #expect(try count(database) == 1)
  }

  @Test func `writes that share a commit with one that does not fit are kept`()
    async throws
  {
    let folder = try Folder()
    let database = try nearlyFull(.file(path: folder.path("full.sqlite")))
    let gate = Gate()
    let large = large
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    let results = await withTaskGroup(of: Result<Int, any Error>.self) { group in
      for number in 0..<20 {
        group.addTask {
          do {
            return .success(
              try await database.write { transaction in
                let bytes = number % 5 == 4 ? large : [UInt8(number)]
                return try transaction.execute("INSERT INTO blobs (bytes) VALUES (\(bytes))")
              })
          } catch {
            return .failure(error)
          }
        }
      }
      gate.open()
      return await group.reduce(into: []) { $0.append($1) }
    }
    try await first
    var kept = 0
    var full = 0
    for result in results {
      switch result {
      case .success: kept += 1
      case .failure(StorageError.full): full += 1
      case .failure(let error): Issue.record(error)
      }
    }
    #expect(full == 4)
    #expect(kept == 16)
    #expect(try count(database) == kept)
    #expect(database.isWritable)
    await database.close()
  }
}
