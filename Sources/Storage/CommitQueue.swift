import GRDB
import Synchronization

/// The coalescing writer. Callers append their work to a locked queue; if no commit is running,
/// one starts. It takes what has gathered, so a lone caller pays nothing and a crowd shares one
/// flush to the disk.
final class CommitQueue: Sendable {
  static let batchCountMax = 256
  static let pendingCountMax = 8_192

  /// One caller's work, which may be performed again after it was undone. `perform` returns the
  /// action that tells the caller it succeeded, which
  /// must not be taken before the commit.
  struct Entry: Sendable {
    let perform: @Sendable (Transaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private struct State {
    var pending: [Entry] = []
    var isRunning = false
    var isFaulted = false
    var drains: [CheckedContinuation<Void, Never>] = []
  }

  private let writer: any DatabaseWriter
  private let state = Mutex(State())

  private let checkpointer: Checkpointer?

  init(writer: any DatabaseWriter, checkpointer: Checkpointer?) {
    self.writer = writer
    self.checkpointer = checkpointer
  }

  var isFaulted: Bool { state.withLock(\.isFaulted) }
  var pendingCount: Int { state.withLock { $0.pending.count } }

  func submit<Value: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(
        Entry(
          perform: { transaction in
            let value = try body(transaction)
            return { continuation.resume(returning: value) }
          },
          fail: { continuation.resume(throwing: StorageError.convert($0)) }))
    }
  }

  private func enqueue(_ entry: Entry) {
    let decision = state.withLock { state -> Decision in
      if state.isFaulted { return .refuse(.unavailable(reason: "a commit failed earlier")) }
      guard state.pending.count < Self.pendingCountMax else { return .refuse(.overloaded) }
      state.pending.append(entry)
      defer { state.isRunning = true }
      return state.isRunning ? .wait : .start
    }
    switch decision {
    case .refuse(let error): entry.fail(error)
    case .start: runNextBatch()
    case .wait: break
    }
  }

  private enum Decision {
    case refuse(StorageError)
    case start
    case wait
  }

  /// Not a task: a caller's cancellation must not interrupt a commit others share.
  private func runNextBatch() {
    writer.asyncWriteWithoutTransaction { connection in
      while let entries = self.takeBatch() {
        let outcome = Batch.run(connection, entries)
        if outcome == .faulted { self.state.withLock { $0.isFaulted = true } }
        self.checkpointer?.noteCommit()
      }
    }
  }

  private func takeBatch() -> [Entry]? {
    let (batch, drains) = state.withLock { state in
      guard !state.pending.isEmpty else {
        state.isRunning = false
        defer { state.drains = [] }
        return ([Entry](), state.drains)
      }
      let count = min(state.pending.count, Self.batchCountMax)
      let batch = Array(state.pending.prefix(count))
      state.pending.removeFirst(count)
      return (batch, [])
    }
    for drain in drains { drain.resume() }
    return batch.isEmpty ? nil : batch
  }

  /// Returns once nothing waits and no commit is running.
  func drain() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        guard state.isRunning else { return true }
        state.drains.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }
}
