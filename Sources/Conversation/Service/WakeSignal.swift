import Synchronization

/// Lets a loop sleep until there is work. Signals that come while nobody waits are kept as one.
package final class WakeSignal: Sendable {
  private struct State {
    var isSet = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  package init() {}

  package func wake() {
    let waiter = state.withLock { state in
      guard let waiter = state.waiter else {
        state.isSet = true
        return nil as CheckedContinuation<Void, Never>?
      }
      state.waiter = nil
      return waiter
    }
    waiter?.resume()
  }

  /// Returns at a signal, after `delayMs`, or when the task is cancelled. One waiter at a time.
  package func wait(atMostMs delayMs: Int64) async {
    guard delayMs > 0 else { return }
    let alarm = Task {
      do { try await Task.sleep(for: .milliseconds(delayMs)) } catch { return }
      wake()
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isAwake = state.withLock { state in
          guard !state.isSet, !Task.isCancelled else {
            state.isSet = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isAwake { continuation.resume() }
      }
    } onCancel: {
      wake()
    }
    alarm.cancel()
  }
}
