import Synchronization

/// How many may do something costly at the same time.
final class Places: Sendable {
  private let free: Mutex<Int>

  init(count: Int) { free = Mutex(count) }

  /// - Returns: whether there was one; who got it has to give it back.
  func take() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  func giveBack() { free.withLock { $0 += 1 } }
}
