import Conversation
import Foundation

/// The rounds: start, let it work for a while or not even that, kill, look at what is left.
struct CrashKilling {
  let options: CrashOptions
  let server: CrashServer
  let store: CrashStore
  let sink: CrashSink

  private(set) var report = CrashReport()
  /// What was on its way at each kill.
  private(set) var inFlight: [Set<CrashSnapshot.Flight>] = []
  private var random: RandomSource

  init(options: CrashOptions, server: CrashServer, store: CrashStore, sink: CrashSink) {
    self.options = options
    self.server = server
    self.store = store
    self.sink = sink
    random = RandomSource(seed: options.seed)
  }

  mutating func run() async throws {
    for round in 1...max(1, options.rounds) {
      try Task.checkCancellation()
      try await runRound(round)
    }
  }

  private mutating func runRound(_ round: Int) async throws {
    let seconds = drawLife()
    let start = ContinuousClock.now
    let process = try server.start()
    defer { process.send(SIGKILL) }
    async let health = server.milliseconds(untilHealthy: process, since: start)
    try await Task.sleep(until: start + .seconds(seconds))
    if !process.isRunning { report.faults.append("in round \(round) it ended by itself") }
    process.send(SIGKILL)
    _ = await process.exitStatus()
    report.rounds += 1
    if let milliseconds = try await health {
      report.startMilliseconds.append(milliseconds)
      report.secondsUp += max(0, seconds - milliseconds / 1_000)
    } else {
      report.killedWhileStarting += 1
    }

    let remains = try await store.remains()
    if let integrity = remains.integrity, integrity != "ok" {
      report.faults.append("after kill \(round) the store is damaged: \(integrity)")
    }
    inFlight.append(remains.inFlight)
    report.inFlight.append(remains.inFlight.count)
    sink.beginLife()
  }

  private mutating func drawLife() -> Double {
    let isShort = Double.random(in: 0..<1, using: &random) < options.shortShare
    return Double.random(
      in: isShort ? options.shortLifeSeconds : options.lifeSeconds, using: &random)
  }
}
