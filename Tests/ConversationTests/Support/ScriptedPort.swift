import Conversation
import Foundation
import Logging
import Rehearsal
import Storage
import Synchronization

/// A provider that answers from a list, then accepts everything, and reports every call it gets.
final class ScriptedPort: Sendable {
  let calls: AsyncStream<OutgoingCall>
  private let report: AsyncStream<OutgoingCall>.Continuation
  private let outcomes: Mutex<[SendOutcome]>
  private let sentCount = Mutex(0)

  init(_ outcomes: [SendOutcome] = []) {
    (calls, report) = AsyncStream.makeStream()
    self.outcomes = Mutex(outcomes)
  }

  func port(
    limits: SendLimits = SendLimits(
      perSecond: 100, chatSpacingMs: 0, chatBurst: 1, concurrencyMax: 4),
    whileSending: @escaping @Sendable (OutgoingCall) async -> Void = { _ in }
  ) -> ChannelPort {
    ChannelPort(
      channel: .telegram, capabilities: Small.capabilities, limits: limits,
      send: { call in
        self.report.yield(call)
        await whileSending(call)
        return self.outcomes.withLock { $0.isEmpty ? nil : $0.removeFirst() }
          ?? .accepted(providerID: "m\(self.sentCount.withLock { $0 += 1; return $0 })")
      },
      signalActivity: { _, _ in })
  }
}

/// Lets tasks wait until a test lets one of them pass.
final class Latch: Sendable {
  private struct State {
    var openings = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func open() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
      state.openings += 1
      return nil
    }
    waiter?.resume()
  }

  func isOpened() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        guard state.openings == 0 else {
          state.openings -= 1
          return true
        }
        state.waiters.append(continuation)
        return false
      }
      if isOpen { continuation.resume() }
    }
  }
}

extension TimeSource {
  /// The machine's clock, from a fixed start.
  static let machine = {
    let began = ContinuousClock.now
    return TimeSource {
      let elapsed = ContinuousClock.now - began
      return Rehearsal.start.adding(milliseconds: Int64(elapsed / .milliseconds(1)))
    }
  }()
}

extension Logger {
  static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
