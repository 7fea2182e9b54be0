import Foundation

/// How long somebody waits for the first answer after a restart.
struct StartBenchmark: Sendable {
  private static let starts = 5
  private static let millisecondsMax = 300.0
  private static let storedTurns = 10_000

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let contestants = Contestants(options: options, stage: stage)
    let home = try await stage.newFolder("home")
    let first = try await contestants.ours(home: home)
    try await fill(first)
    await first.stop(on: stage)

    var milliseconds: [Double] = []
    for _ in 0..<Self.starts {
      let begun = ContinuousClock.now
      let server = try await contestants.ours(home: home)
      var probe = LoadOptions(url: "http://127.0.0.1:\(server.port)/health")
      probe.method = "GET"
      probe.connections = 1
      probe.limit = .requests(1)
      let report = try await LoadGenerator.run(probe)
      milliseconds.append((ContinuousClock.now - begun) / .milliseconds(1))
      guard report.statuses == [200: 1] else {
        throw BenchmarkFault.refusedRequests(server.name, count: 1)
      }
      await server.stop(on: stage)
    }
    BenchmarkTable.show(
      "start to first 200, median of \(Self.starts)", median(milliseconds), unit: " ms",
      .atMost(Self.millisecondsMax))
  }

  private func fill(_ server: Contestant) async throws {
    var load = LoadOptions(url: "http://127.0.0.1:\(server.port)\(TelegramLoad.path)")
    load.headers = TelegramLoad.headers(secret: Contestant.secret)
    load.limit = .requests(Self.storedTurns)
    load.body = TelegramLoad(chats: options.chats, firstUpdateID: 1).body
    let report = try await LoadGenerator.run(load)
    guard report.failures == 0 else {
      throw BenchmarkFault.refusedRequests(server.name, count: report.failures)
    }
  }
}
