import Foundation
import GRDB

/// The one store everything is kept in: rows of conversations, money, lessons and work to do.
///
/// Reads run in parallel on a pool of connections and see the last commit. Writes go through one
/// coalescing writer: those that arrive while a commit is running share the next one, each in its
/// own savepoint and each with its own outcome. A write that has returned is on the disk.
package final class Database: Sendable {
  package static let readerCountMax = 4

  private let writer: any DatabaseWriter
  private let commits: CommitQueue

  /// Opens, and creates if need be, the database at `location`.
  ///
  /// - Throws: `StorageError.unavailable` when the file cannot be opened or is not durable.
  package init(_ location: Location) throws(StorageError) {
    let writer = try StorageError.converting { try Self.open(location) }
    self.writer = writer
    commits = CommitQueue(writer: writer)
  }

  /// Runs `body` on a snapshot of the last commit.
  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      writer.asyncRead { connection in
        continuation.resume(
          with: Result { try body(Transaction(connection.get())) }
            .mapError(StorageError.convert))
      }
    }
  }

  /// Runs `body` in a durable transaction that it may share with other writers. When `body`
  /// throws, what it wrote is undone and nobody else's.
  ///
  /// - Throws: what `body` throws, or a `StorageError`; `StorageError.overloaded` when too many
  ///   writes are waiting.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await commits.submit(body)
  }

  /// `read` for callers that may block their thread: tests, commands, the simulator.
  package func readBlocking<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
    do {
      return try writer.read { try body(Transaction($0)) }
    } catch { throw StorageError.convert(error) }
  }

  /// `write` for callers that may block their thread; one commit of its own.
  @discardableResult
  package func writeBlocking<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
    do {
      return try writer.writeWithoutTransaction { connection in
        try Batch.runAlone(connection, body)
      }
    } catch { throw StorageError.convert(error) }
  }

  /// Whether a write can be made durable now, asked by the health check.
  package var isWritable: Bool { !commits.isFaulted }

  /// How many writes wait for the next commit.
  package var pendingWriteCount: Int { commits.pendingCount }

  /// Copies the whole database, consistently and while it is in use, to a new file.
  package func backUp(to path: String) throws(StorageError) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw .refused(reason: "a file exists at the destination")
    }
    try StorageError.converting {
      let copy = try DatabaseQueue(path: path)
      defer { StorageError.ignoring("the copy is complete") { try copy.close() } }
      try writer.backup(to: copy)
    }
  }

  /// Closes every connection. Writes that wait are committed first.
  package func close() async {
    await commits.drain()
    StorageError.ignoring("nothing is left to lose after the drain") { try writer.close() }
  }
}
