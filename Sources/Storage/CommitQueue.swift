import Foundation
import GRDB
import Synchronization

/// The coalescing writer. Callers append their work to a locked queue; if no commit is running,
/// one starts. It takes what has gathered, so a lone caller pays nothing and a crowd shares one
/// flush to the disk.
final class CommitQueue: Sendable {
  static let batchCountMax = 256
  static let pendingCountMax = 8_192

  /// One caller's work, which may be performed again after it was undone. `perform` returns the
  /// action that tells the caller it succeeded, which must not be taken before the commit.
  struct Entry: Sendable {
    let perform: @Sendable (Transaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
  }

  private struct State {
    var pending: [Entry] = []
    var isRunning = false
    var isFaulted = false
    var crowd = Crowd()
    /// How many must be pending to wake the commit that waits for company.
    var awaitedCount: Int?
    var drains: [CheckedContinuation<Void, Never>] = []
  }

  private let writer: any DatabaseWriter
  private let state = Mutex(State())
  private let company = DispatchSemaphore(value: 0)

  init(writer: any DatabaseWriter) { self.writer = writer }

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

  private enum Decision {
    case refuse(StorageError)
    case start
    case wait
    case wake
  }

  private func enqueue(_ entry: Entry) {
    let decision = state.withLock { state -> Decision in
      if state.isFaulted { return .refuse(.unavailable(reason: "a commit failed earlier")) }
      guard state.pending.count < Self.pendingCountMax else { return .refuse(.overloaded) }
      state.pending.append(entry)
      defer { state.isRunning = true }
      guard state.isRunning else { return .start }
      guard let count = state.awaitedCount, state.pending.count >= count else { return .wait }
      state.awaitedCount = nil
      return .wake
    }
    switch decision {
    case .refuse(let error): entry.fail(error)
    case .start: runCommits()
    case .wait: break
    case .wake: company.signal()
    }
  }

  /// Not a task: a caller's cancellation must not interrupt a commit others share.
  private func runCommits() {
    writer.asyncWriteWithoutTransaction { connection in
      while let entries = self.takeBatch() { self.runCommit(entries, on: connection) }
    }
  }

  private func runCommit(_ entries: [Entry], on connection: GRDB.Database) {
    var batch = Batch(connection)
    batch.perform(entries)
    var count = entries.count
    let crowd = state.withLock(\.crowd)
    if let wait = crowd.wait(for: count) {
      let late = takeCompany(upTo: crowd.size - count, within: wait)
      batch.perform(late)
      count += late.count
    }
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = batch.commit()
    let flush = clock.now - start
    state.withLock { state in
      if outcome == .faulted { state.isFaulted = true }
      state.crowd.note(flush: flush, answered: count, waiting: state.pending.count)
    }
  }

  /// The next writes; nil when there are none and the queue rests.
  private func takeBatch() -> [Entry]? {
    let (batch, drains) = state.withLock { state in
      guard !state.pending.isEmpty else {
        state.isRunning = false
        defer { state.drains = [] }
        return ([Entry](), state.drains)
      }
      return (Self.take(Self.batchCountMax, from: &state), [])
    }
    for drain in drains { drain.resume() }
    return batch.isEmpty ? nil : batch
  }

  /// Waits until `count` writes are pending, at most for `duration`, and takes them.
  private func takeCompany(upTo count: Int, within duration: Duration) -> [Entry] {
    let mustWait = state.withLock { state in
      guard state.pending.count < count else { return false }
      state.awaitedCount = count
      return true
    }
    if mustWait {
      let nanoseconds = Int(duration / .nanoseconds(1))
      if company.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .timedOut {
        // Who was woken in the same moment has left a signal behind.
        let isSignalled = state.withLock { state in
          defer { state.awaitedCount = nil }
          return state.awaitedCount == nil
        }
        if isSignalled { company.wait() }
      }
    }
    return state.withLock { Self.take(min(count, Self.batchCountMax), from: &$0) }
  }

  private static func take(_ limit: Int, from state: inout State) -> [Entry] {
    let count = min(state.pending.count, limit)
    defer { state.pending.removeFirst(count) }
    return Array(state.pending.prefix(count))
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
