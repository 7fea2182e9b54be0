import Foundation

/// The same race on a slow disk: a library loaded before all others delays each fsync.
struct SlowDiskBenchmark: Sendable {
  private static let delayMs = 8
  private static let aiogramRatioMin = 4.0
  private static let compiler = "/usr/bin/cc"

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let library = try await stage.newFolder("slow-disk").appendingPathComponent("slow_fsync.so")
    try await stage.complete(
      "cc", Self.compiler,
      ["-shared", "-fPIC", "-O2", "-o", library.path, "Tests/Bench/slow_fsync.c", "-ldl"])

    var contestants = Contestants(options: options, stage: stage)
    contestants.diskEnvironment = [
      "LD_PRELOAD": library.path, "SLOW_FSYNC_MS": String(Self.delayMs),
    ]
    let both = [
      try await contestants.ours(home: try await stage.newFolder("home")),
      try await contestants.aiogram(),
    ]
    let lanes = try await Race(options: options).run(both)
    for contestant in both { await contestant.stop(on: stage) }

    BenchmarkTable.show(lanes)
    BenchmarkTable.show(
      "parlance ÷ aiogram", lanes[0].requestsPerSecond / lanes[1].requestsPerSecond,
      .atLeast(Self.aiogramRatioMin))
  }
}
