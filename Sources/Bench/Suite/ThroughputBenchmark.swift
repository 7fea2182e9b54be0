/// Durable turns per second beside the ceiling and beside the peer.
struct ThroughputBenchmark: Sendable {
  private static let aiogramRatioMin = 8.0
  private static let bareRatioMin = 0.3
  private static let p99MillisecondsMax = 20.0
  private static let idleMegabytesMax = 40.0
  private static let loadMegabytesMax = 120.0

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let contestants = Contestants(options: options, stage: stage)
    let all = [
      try await contestants.ours(home: try await stage.newFolder("home")),
      try await contestants.bare(),
      try await contestants.aiogram(),
    ]
    let lanes = try await Race(options: options).run(all)
    for contestant in all { await contestant.stop(on: stage) }

    BenchmarkTable.show(lanes)
    let (ours, bare, aiogram) = (lanes[0], lanes[1], lanes[2])
    BenchmarkTable.show(
      "parlance ÷ aiogram", ours.requestsPerSecond / aiogram.requestsPerSecond,
      .atLeast(Self.aiogramRatioMin))
    BenchmarkTable.show(
      "parlance ÷ bare Hummingbird", ours.requestsPerSecond / bare.requestsPerSecond,
      .atLeast(Self.bareRatioMin))
    BenchmarkTable.show(
      "p99", ours.p99Milliseconds, unit: " ms", .atMost(Self.p99MillisecondsMax))
    BenchmarkTable.show(
      "memory when idle", ours.idle.residentMegabytes, unit: " MB", .atMost(Self.idleMegabytesMax))
    BenchmarkTable.show(
      "memory under load", ours.usage.residentPeakMegabytes, unit: " MB",
      .atMost(Self.loadMegabytesMax))
  }
}
