/// Whether a commit should wait a moment for company.
///
/// On a disk that flushes slowly, callers fall into two crowds: one writes while the other's
/// commit is being flushed, and each waits for both flushes. A commit that waits a little for
/// those who have just been answered brings them together again and halves the flushes. On a
/// disk that flushes quickly there is nothing to win, and nothing is waited for.
struct Crowd {
  /// A flush that takes at least this long is worth waiting for.
  static let slowFlush = Duration.milliseconds(2)
  /// Fewer callers than this are not waited for.
  static let sizeMin = 8
  /// The wait is at most this part of a flush, and never longer than the limit below.
  static let flushShare = 2
  static let waitMax = Duration.milliseconds(8)

  /// How many callers there were at the end of the last commit: answered by it, or waiting.
  private(set) var size = 0
  private var flush = Duration.zero

  /// - Parameters:
  ///   - answered: the callers of the commit that has just ended.
  ///   - waiting: those that have come in the meantime.
  mutating func note(flush: Duration, answered: Int, waiting: Int) {
    self.flush = flush
    size = answered + waiting
  }

  /// How long a commit of `count` writes may wait for more; nil when it should not.
  func wait(for count: Int) -> Duration? {
    guard flush >= Self.slowFlush, size >= Self.sizeMin, count < size else { return nil }
    return min(flush / Self.flushShare, Self.waitMax)
  }
}
