import ArgumentParser

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run many simulated people through the real engine with seeded faults.")

  @Option var turns = 1_000_000
  @Option var seed: UInt64 = 1

  func run() async throws {}
}

struct Crash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kill the server again and again under load and prove that nothing is lost.")

  @Option var rounds = 200
  @Option var seed: UInt64 = 1

  func run() async throws {}
}
