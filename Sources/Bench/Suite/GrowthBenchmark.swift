import Foundation

/// Whether a turn gets dearer as conversations pile up.
struct GrowthBenchmark: Sendable {
  private static let few = 1_000
  private static let many = 1_000_000
  private static let ratioMax = 1.2

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let contestants = Contestants(options: options, stage: stage)
    var servers: [Contestant] = []
    for count in [Self.few, Self.many] {
      let home = try await stage.newFolder("home-\(count)")
      try await stage.complete(
        "seed", options.binary, ["seed", "--conversations", String(count)],
        environment: contestants.environment(home: home, port: 0))
      let server = try await contestants.ours(home: home)
      servers.append(
        Contestant(
          name: "\(count.formatted()) stored", port: server.port, processes: server.processes,
          stopSignal: server.stopSignal))
    }
    let lanes = try await Race(options: options).run(servers)
    for server in servers { await server.stop(on: stage) }

    BenchmarkTable.show(lanes)
    BenchmarkTable.show(
      "time of a turn, many ÷ few", lanes[0].requestsPerSecond / lanes[1].requestsPerSecond,
      .atMost(Self.ratioMax))
    BenchmarkTable.show(
      "CPU of a turn, many ÷ few",
      lanes[1].cpuMicrosecondsPerRequest / lanes[0].cpuMicrosecondsPerRequest,
      .atMost(Self.ratioMax))
  }
}
