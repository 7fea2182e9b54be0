import GRDB

/// Writes that share one commit, each in its own savepoint and with its own outcome.
struct Batch {
  enum Outcome: Equatable {
    case finished
    /// The disk did not take the commit: what it holds now is unknown until a restart.
    case faulted
  }

  private let connection: GRDB.Database
  private var performed: [(entry: CommitQueue.Entry, succeed: @Sendable () -> Void)] = []
  private var outcome = Outcome.finished

  init(_ connection: GRDB.Database) { self.connection = connection }

  mutating func perform(_ entries: [CommitQueue.Entry]) {
    for entry in entries {
      do {
        try Self.beginIfNeeded(connection)
        performed.append((entry, try performInSavepoint(entry)))
      } catch {
        entry.fail(error)
        guard !connection.isInsideTransaction, !performed.isEmpty else { continue }
        // After a full disk, an I/O or a memory error SQLite may have undone everything. Those
        // before this one are innocent: they are performed once more, without it, and committed
        // at once.
        var innocent = Batch(connection)
        innocent.perform(performed.map(\.entry))
        performed = []
        if innocent.commit() == .faulted { outcome = .faulted }
      }
    }
  }

  /// Makes the writes durable and tells each caller how its own has ended.
  mutating func commit() -> Outcome {
    guard connection.isInsideTransaction else { return outcome }
    defer { performed = [] }
    do {
      try Self.commit(connection)
      for (_, succeed) in performed { succeed() }
      return outcome
    } catch {
      for (entry, _) in performed { entry.fail(error) }
      return Self.isFault(error) ? .faulted : outcome
    }
  }

  /// One write in a commit of its own.
  static func runAlone<Value>(
    _ connection: GRDB.Database, _ body: (Transaction) throws -> Value
  ) throws -> Value {
    try beginIfNeeded(connection)
    do {
      let value = try body(Transaction(connection))
      try commit(connection)
      return value
    } catch {
      rollBack(connection)
      throw error
    }
  }

  private func performInSavepoint(
    _ entry: CommitQueue.Entry
  ) throws -> @Sendable () -> Void {
    let transaction = Transaction(connection)
    try transaction.execute("SAVEPOINT write")
    do {
      let succeed = try entry.perform(transaction)
      guard connection.isInsideTransaction else { throw StorageError.rolledBack }
      try transaction.execute("RELEASE write")
      return succeed
    } catch {
      if connection.isInsideTransaction {
        try transaction.execute("ROLLBACK TO write")
        try transaction.execute("RELEASE write")
      }
      throw error
    }
  }

  private static func beginIfNeeded(_ connection: GRDB.Database) throws {
    guard !connection.isInsideTransaction else { return }
    try connection.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
  }

  private static func commit(_ connection: GRDB.Database) throws {
    do {
      try connection.cachedStatement(sql: "COMMIT").execute()
    } catch {
      rollBack(connection)
      throw error
    }
  }

  private static func rollBack(_ connection: GRDB.Database) {
    guard connection.isInsideTransaction else { return }
    StorageError.ignoring("SQLite undoes an unfinished transaction when the connection closes") {
      try connection.cachedStatement(sql: "ROLLBACK").execute()
    }
  }

  private static func isFault(_ error: any Error) -> Bool {
    guard let failure = error as? DatabaseError else { return false }
    return failure.resultCode == .SQLITE_IOERR || failure.resultCode == .SQLITE_CORRUPT
  }
}
