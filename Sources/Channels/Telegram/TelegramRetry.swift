import Conversation
import Synchronization

/// Waiting between tries, so that a test need not.
package struct TelegramRetry: Sendable {
  /// Somebody is waiting for an answer: no need to be as patient as with a job.
  package static let delayMsMax: Int64 = 30_000

  private let random: Shared
  let sleep: @Sendable (_ delayMs: Int64) async throws -> Void

  private final class Shared: Sendable {
    let source: Mutex<RandomSource>
    init(seed: UInt64) { source = Mutex(RandomSource(seed: seed)) }
  }

  package init(
    seed: UInt64,
    sleep: @escaping @Sendable (_ delayMs: Int64) async throws -> Void = { delayMs in
      try await Task.sleep(for: .milliseconds(delayMs))
    }
  ) {
    random = Shared(seed: seed)
    self.sleep = sleep
  }

  /// - Returns: false when the task was cancelled meanwhile.
  func wait(_ delayMs: Int64) async -> Bool {
    do {
      try await sleep(delayMs)
      return !Task.isCancelled
    } catch {
      return false
    }
  }

  /// Waits longer with every attempt, counted from 1.
  func wait(attempt: Int) async -> Bool {
    let delayMs = random.source.withLock { Backoff.delayMs(attempt: attempt, random: &$0) }
    return await wait(min(delayMs, Self.delayMsMax))
  }
}
