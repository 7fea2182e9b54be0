package import Logging
import Metrics
package import Storage
import Synchronization

/// Works through one channel's deliveries: claims, calls the provider, writes down how it ended.
package final class Sender: Sendable {
  /// Even without a signal it looks again after this long.
  static let idleMsMax: Int64 = 5_000
  /// How long it waits when the database is away.
  static let faultPauseMs: Int64 = 1_000
  /// How often it tries to write down how a call ended. Unwritten, the call would be made again
  /// once its lease is over.
  static let settlesMax = 30

  private struct State {
    var pace: Pace
    var random: RandomSource
    var inFlightCount = 0
    var isStopping = false
    /// Whether the last call found the channel held.
    var isHeld = false
  }

  private let port: ChannelPort
  private let outbox: Outbox
  private let database: Database
  private let time: TimeSource
  private let logger: Logger
  private let signal: WakeSignal
  private let state: Mutex<State>

  package init(
    port: ChannelPort, windowRules: WindowRules = .none, database: Database, time: TimeSource,
    seed: UInt64, logger: Logger, signal: WakeSignal
  ) {
    self.signal = signal
    self.port = port
    self.database = database
    self.time = time
    self.logger = logger
    outbox = Outbox(
      channel: port.channel, capabilities: port.capabilities, rules: windowRules)
    state = Mutex(
      State(pace: Pace(port.limits, now: time.now()), random: RandomSource(seed: seed)))
  }

  /// Takes no more calls; `run` returns when those under way have ended.
  package func stop() {
    state.withLock { $0.isStopping = true }
    signal.wake()
  }

  package func run() async {
    await recover()
    await withDiscardingTaskGroup { group in
      while !isStopping, !Task.isCancelled {
        let calls = await claim()
        for call in calls ?? [] {
          group.addTask { await self.send(call) }
        }
        calls == nil ? await pauseAfterFault() : await rest()
      }
    }
  }

  private var isStopping: Bool { state.withLock(\.isStopping) }

  private func recover() async {
    let now = time.now()
    await reporting("recovering deliveries") {
      try await database.write { [outbox] in try outbox.recover(at: now, in: $0) }
    }
  }

  /// The calls that may begin now; nil when the database cannot tell.
  private func claim() async -> [OutgoingCall]? {
    let now = time.now()
    let (limit, pace) = state.withLock { state in
      (
        min(state.pace.available(at: now), port.limits.concurrencyMax - state.inFlightCount),
        state.pace
      )
    }
    guard limit > 0 else { return [] }
    let calls = await reporting("claiming deliveries") {
      try await database.read { [outbox] in try outbox.nextDueAt(in: $0) }
        .map { $0 <= now } == true
        ? try await database.write { [outbox] in
          try outbox.claim(at: now, limit: limit, pace: pace, in: $0)
        } : []
    }
    state.withLock { state in
      state.pace.take(calls?.count ?? 0, at: now)
      state.inFlightCount += calls?.count ?? 0
    }
    return calls
  }

  private func send(_ call: OutgoingCall) async {
    let outcome = await port.send(call)
    report(outcome)
    let now = time.now()
    let spacingMs = state.withLock { state in
      call.delivery.kind == .message
        ? state.pace.spacingMs(afterMessageTo: call.externalID, at: now) : 0
    }
    for _ in 0..<Self.settlesMax {
      if await settle(call, outcome, spacingMs: spacingMs, at: now) { break }
      do { try await Task.sleep(for: .milliseconds(Self.faultPauseMs)) } catch { break }
    }
    state.withLock { $0.inFlightCount -= 1 }
    signal.wake()
  }

  private func settle(
    _ call: OutgoingCall, _ outcome: SendOutcome, spacingMs: Int64, at now: Timestamp
  ) async -> Bool {
    await reporting("settling a delivery") {
      let seed = state.withLock { $0.random.next() }
      try await database.write { [outbox] transaction in
        var random = RandomSource(seed: seed)
        try outbox.settle(
          call, outcome, spacingMs: spacingMs, at: now, random: &random, in: transaction)
      }
    } != nil
  }

  /// Until there may be something to send. While the channel's pace allows nothing, signals do not
  /// count: under load they would come thousands of times a second.
  private func rest() async {
    let now = time.now()
    let pauseMs = state.withLock { state in
      state.pace.available(at: now) > 0 ? nil : state.pace.waitMs
    }
    if let pauseMs {
      do { try await Task.sleep(for: .milliseconds(pauseMs)) } catch { return }
    } else {
      await signal.wait(atMostMs: await idleMs(at: now))
    }
  }

  private func pauseAfterFault() async {
    await signal.wait(atMostMs: Self.faultPauseMs)
  }

  private func idleMs(at now: Timestamp) async -> Int64 {
    let due = await reporting("looking for deliveries") {
      try await database.read { [outbox] in try outbox.nextDueAt(in: $0) }
    }
    guard let due = due ?? nil else { return Self.idleMsMax }
    let isFull = state.withLock { $0.inFlightCount >= port.limits.concurrencyMax }
    return isFull
      ? Self.idleMsMax : min(Self.idleMsMax, max(0, due.milliseconds - now.milliseconds))
  }

  private func report(_ outcome: SendOutcome) {
    Counter(
      label: "parlance_sends_total",
      dimensions: [("channel", port.channel.rawValue), ("outcome", outcome.label)]
    ).increment()
    // While a channel is held every look at it ends like this: it is told once.
    let isNews = state.withLock { state in
      defer { state.isHeld = outcome.isChannelHold }
      return !(state.isHeld && outcome.isChannelHold)
    }
    if isNews, let reason = outcome.fault {
      logger.warning(
        "a send did not succeed",
        metadata: [
          "channel": .string(port.channel.rawValue), "outcome": .string(outcome.label),
          "reason": .string(reason),
        ])
    }
  }

  /// Runs a database step; when the database is away the loop goes on and tries again.
  private func reporting<Value>(
    _ what: String, _ body: () async throws -> Value
  ) async -> Value? {
    do {
      return try await body()
    } catch {
      logger.error("\(what) failed", metadata: ["fault": .string("\(type(of: error))")])
      return nil
    }
  }
}

extension SendOutcome {
  package var label: String {
    switch self {
    case .accepted: "accepted"
    case .holdChat: "hold_chat"
    case .holdChannel: "hold_channel"
    case .refused: "refused"
    case .unreachablePerson: "unreachable"
    case .windowClosed: "window_closed"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }

  fileprivate var isChannelHold: Bool {
    if case .holdChannel = self { true } else { false }
  }

  fileprivate var fault: String? {
    switch self {
    case .accepted: nil
    case .holdChat(let delayMs), .holdChannel(let delayMs): "wait \(delayMs) ms"
    case .refused(let reason), .unreachablePerson(let reason), .windowClosed(let reason),
      .failed(let reason), .unknown(let reason):
      reason
    }
  }
}
