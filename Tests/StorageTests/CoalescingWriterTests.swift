import Storage
import Testing

struct CoalescingWriterTests {
  @Test func `writes that wait share a commit and each hears its own outcome`() async throws {
    let database = try Notes.database()
    let gate = Gate()
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    let outcomes = await withTaskGroup(of: (Int, Result<Int, any Error>).self) { group in
      for number in 0..<100 {
        group.addTask {
          do {
            let value = try await database.write { transaction in
              try Notes.add("note \(number)", in: transaction)
              if number % 7 == 0 { throw Refusal() }
              return number
            }
            return (number, .success(value))
          } catch {
            return (number, .failure(error))
          }
        }
      }
      gate.open()
      var outcomes: [Int: Result<Int, any Error>] = [:]
      for await (number, outcome) in group { outcomes[number] = outcome }
      return outcomes
    }
    try await first
    for (number, outcome) in outcomes {
      switch outcome {
      case .success(let value): #expect(value == number && number % 7 != 0)
      case .failure(let error): #expect(error is Refusal && number % 7 == 0)
      }
    }
    let kept = try await database.read { Set(try Notes.all(in: $0)) }
    #expect(kept == Set((0..<100).filter { $0 % 7 != 0 }.map { "note \($0)" }))
  }

  @Test func `a broken constraint undoes the write that broke it and no other`() async throws {
    let database = try Notes.database()
    try await database.write { try Notes.add("taken", in: $0) }
    let gate = Gate()
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    async let before: Void = database.write { try Notes.add("before", in: $0) }
    async let broken: Void = database.write { transaction in
      try Notes.add("undone", in: transaction)
      try Notes.add("taken", in: transaction)
    }
    async let after: Void = database.write { try Notes.add("after", in: $0) }
    gate.open()
    try await first
    try await before
    do {
      try await broken
      Issue.record("the broken write was kept")
    } catch StorageError.constraint {}
    try await after
    let kept = try await database.read { Set(try Notes.all(in: $0)) }
    #expect(kept == ["taken", "before", "after"])
  }

  @Test func `writes that wait keep the order in which they came`() async throws {
    let database = try Notes.database()
    let gate = Gate()
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask { try await database.write { try Notes.add("note \(number)", in: $0) } }
        while database.pendingWriteCount <= number { await Task.yield() }
      }
      gate.open()
      try await group.waitForAll()
    }
    try await first
    let kept = try await database.read { try Notes.all(in: $0) }
    #expect(kept == (0..<50).map { "note \($0)" })
  }

  @Test func `too many waiting writes are refused and the others still commit`() async throws {
    let database = try Notes.database()
    let gate = Gate()
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    let (refused, kept) = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<9_000 {
        group.addTask {
          do {
            try await database.write { try Notes.add("note \(number)", in: $0) }
            return true
          } catch StorageError.overloaded {
            return false
          } catch {
            Issue.record(error)
            return false
          }
        }
      }
      var counts = (refused: 0, kept: 0)
      for await isKept in group {
        // Only refusals can end while the gate is shut: the first one says that the queue is full.
        if !isKept, counts.refused == 0 { gate.open() }
        if isKept { counts.kept += 1 } else { counts.refused += 1 }
      }
      return counts
    }
    try await first
    #expect(refused >= 1)
    #expect(refused + kept == 9_000)
    let found = try await database.read { try Notes.all(in: $0).count }
    #expect(found == kept)
    #expect(database.pendingWriteCount == 0)
  }

  @Test func `closing commits what waits`() async throws {
    let folder = try Folder()
    let database = try Notes.database(.file(path: folder.path("notes.sqlite")))
    let gate = Gate()
    async let first: Void = database.write { _ in gate.hold() }
    await gate.isReached()
    async let waiting: Void = database.write { try Notes.add("waited", in: $0) }
    while database.pendingWriteCount == 0 { await Task.yield() }
    gate.open()
    await database.close()
    try await first
    try await waiting
    let reopened = try Notes.database(.file(path: folder.path("notes.sqlite")))
    #expect(try reopened.readBlocking { try Notes.all(in: $0) } == ["waited"])
    await reopened.close()
  }
}
