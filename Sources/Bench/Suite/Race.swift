/// Alternating short runs against several servers.
struct Race: Sendable {
  private static let warmUpSeconds = 1.0
  /// Update ids of one run never meet those of another.
  private static let updatesPerRun = 10_000_000

  struct Lane: Sendable {
    let contestant: Contestant
    let idle: ProcessUsage
    var runs: [Run] = []
    var usage = ProcessUsage()

    var requestsPerSecond: Double { median(runs.map(\.report.requestsPerSecond)) }
    var p50Milliseconds: Double { median(runs.map { $0.report.milliseconds(atShare: 0.5) }) }
    var p99Milliseconds: Double { median(runs.map { $0.report.milliseconds(atShare: 0.99) }) }
    var cpuMicrosecondsPerRequest: Double { median(runs.map(\.cpuMicrosecondsPerRequest)) }
  }

  struct Run: Sendable {
    let report: LoadReport
    let cpuMicrosecondsPerRequest: Double
  }

  let options: BenchmarkOptions

  func run(_ contestants: [Contestant]) async throws -> [Lane] {
    var lanes: [Lane] = []
    for contestant in contestants {
      lanes.append(Lane(contestant: contestant, idle: try contestant.usage()))
    }
    var updates = Self.updatesPerRun
    for round in 0...options.rounds {
      for index in lanes.indices {
        let isWarmUp = round == 0
        let seconds = isWarmUp ? Self.warmUpSeconds : options.secondsPerRound
        let run = try await load(lanes[index].contestant, seconds: seconds, firstUpdateID: updates)
        updates += Self.updatesPerRun
        if !isWarmUp { lanes[index].runs.append(run) }
      }
    }
    for index in lanes.indices { lanes[index].usage = try lanes[index].contestant.usage() }
    return lanes
  }

  private func load(
    _ contestant: Contestant, seconds: Double, firstUpdateID: Int
  ) async throws -> Run {
    try Task.checkCancellation()
    let updates = TelegramLoad(chats: options.chats, firstUpdateID: firstUpdateID)
    var load = LoadOptions(url: "http://127.0.0.1:\(contestant.port)\(TelegramLoad.path)")
    load.headers = TelegramLoad.headers(secret: Contestant.secret)
    load.connections = options.connections
    load.limit = .seconds(seconds)
    load.body = updates.body
    let before = try contestant.usage()
    let report = try await LoadGenerator.run(load)
    let after = try contestant.usage()
    guard report.failures == 0 else {
      throw BenchmarkFault.refusedRequests(contestant.name, count: report.failures)
    }
    let cpuSeconds = after.cpuSeconds - before.cpuSeconds
    return Run(
      report: report, cpuMicrosecondsPerRequest: cpuSeconds * 1e6 / Double(max(1, report.answers)))
  }
}

/// The middle value, the mean of both middle ones when their number is even; 0 of none.
package func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.indices.last else { return 0 }
  return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
}
