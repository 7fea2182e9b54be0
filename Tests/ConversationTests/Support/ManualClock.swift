import Conversation
import Rehearsal
import Storage
import Synchronization

/// A clock that stands still until it is moved.
final class ManualClock: Sendable {
  private let moment = Mutex(Rehearsal.start)

  var now: Timestamp { moment.withLock { $0 } }
  var source: TimeSource { TimeSource { self.now } }

  func advance(milliseconds: Int64) {
    moment.withLock { $0 = $0.adding(milliseconds: milliseconds) }
  }
}
