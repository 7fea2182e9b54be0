import Synchronization

/// What the senders have sent and what the server said to it: the truth that the store is held
/// against afterwards.
package final class CrashLedger: Sendable {
  /// What makes a message one of its kind: its channel and the sender's key.
  package struct Key: Hashable, Sendable, CustomStringConvertible {
    package let channel: String
    package let key: String

    package init(channel: String, key: String) {
      self.channel = channel
      self.key = key
    }

    package var description: String { "\(channel) \(key)" }
  }

  package struct Record: Sendable {
    package var sent: Set<Key> = []
    package var acknowledged: Set<Key> = []
    /// Answers by status.
    package var statuses: [Int: Int] = [:]
    /// Requests that got no answer at all.
    package var unanswered = 0
    /// Messages sent again although they had been acknowledged.
    package var deliberateRepeats = 0

    package init() {}
  }

  private struct State {
    var record = Record()
    var isStopping = false
  }

  private let state = Mutex(State())

  package init() {}

  package var record: Record { state.withLock(\.record) }
  var acknowledgedCount: Int { state.withLock(\.record.acknowledged.count) }
  var isStopping: Bool { state.withLock(\.isStopping) }

  /// From now on senders finish the message they are at, and begin no other.
  func stop() { state.withLock { $0.isStopping = true } }

  func note(sent key: Key) { state.withLock { _ = $0.record.sent.insert(key) } }

  func noteDeliberateRepeat() { state.withLock { $0.record.deliberateRepeats += 1 } }

  /// - Returns: whether the message counts as acknowledged.
  func note(status: Int?, of key: Key) -> Bool {
    state.withLock { state in
      guard let status else {
        state.record.unanswered += 1
        return false
      }
      state.record.statuses[status, default: 0] += 1
      guard (200..<300).contains(status) else { return false }
      state.record.acknowledged.insert(key)
      return true
    }
  }
}
