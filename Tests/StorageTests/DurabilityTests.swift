import Foundation
import Storage
import Testing

struct DurabilityTests {
  @Test func `a file is written ahead and flushed at every commit`() async throws {
    let folder = try Folder()
    let database = try Notes.database(.file(path: folder.path("notes.sqlite")))
    let (level, journal, keys) = try database.writeBlocking { transaction in
      (
        try transaction.first("PRAGMA synchronous")?.value("synchronous", as: Int.self),
        try transaction.first("PRAGMA journal_mode")?.value("journal_mode", as: String.self),
        try transaction.first("PRAGMA foreign_keys")?.value("foreign_keys", as: Int.self)
      )
    }
    #expect(level == 2)
    #expect(journal == "wal")
    #expect(keys == 1)
    await database.close()
  }

  @Test func `a backup taken while writing is whole`() async throws {
    let folder = try Folder()
    let database = try Notes.database(.file(path: folder.path("notes.sqlite")))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 {
        group.addTask {
          // Two rows a write: a copy must hold both or none.
          try await database.write { transaction in
            try Notes.add("left \(number)", in: transaction)
            try Notes.add("right \(number)", in: transaction)
          }
        }
      }
      try database.backUp(to: folder.path("copy.sqlite"))
      try await group.waitForAll()
    }
    let copy = try Notes.database(.file(path: folder.path("copy.sqlite")))
    let kept = try copy.readBlocking { Set(try Notes.all(in: $0)) }
    let lefts = kept.filter { $0.hasPrefix("left") }.map { $0.dropFirst(5) }
    let rights = kept.filter { $0.hasPrefix("right") }.map { $0.dropFirst(6) }
    #expect(Set(lefts) == Set(rights))
    let check = try copy.readBlocking { transaction in
      try transaction.first("PRAGMA integrity_check")?.value("integrity_check", as: String.self)
    }
    #expect(check == "ok")
    await copy.close()
    await database.close()
  }

  @Test func `a backup never replaces a file`() throws {
    let folder = try Folder()
    let database = try Notes.database()
    try Data("mine".utf8).write(to: folder.url.appendingPathComponent("copy.sqlite"))
    #expect(throws: StorageError.self) { try database.backUp(to: folder.path("copy.sqlite")) }
    let kept = try String(
      contentsOf: folder.url.appendingPathComponent("copy.sqlite"), encoding: .utf8)
    #expect(kept == "mine")
  }
}
