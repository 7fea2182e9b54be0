import GRDB
import Synchronization

/// Moves the write-ahead log into the file beside the writer, on a connection and a thread of its
/// own, so that no turn waits for it. The writer's own checkpoint stays as a backstop: it finds
/// most of the work done, and starts the log anew.
final class Checkpointer: Sendable {
  /// A commit under load writes some two hundred pages.
  static let commitsPerRun = 32

  private struct State {
    var commits = 0
    var isRunning = false
  }

  private let connection: DatabaseQueue
  private let state = Mutex(State())

  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    connection = try DatabaseQueue(path: path, configuration: configuration)
  }

  func noteCommit() {
    let isDue = state.withLock { state in
      state.commits += 1
      guard state.commits >= Self.commitsPerRun, !state.isRunning else { return false }
      state.commits = 0
      state.isRunning = true
      return true
    }
    guard isDue else { return }
    connection.asyncWriteWithoutTransaction { connection in
      StorageError.ignoring("what is not moved now is moved later") {
        try connection.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
      self.state.withLock { $0.isRunning = false }
    }
  }

  func close() {
    StorageError.ignoring("it only ever moved what is safe in the log") {
      try connection.close()
    }
  }
}
