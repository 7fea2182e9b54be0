import ArgumentParser

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run many simulated people through the real engine with seeded faults.")

  @Option var turns = 1_000_000
  @Option var seed: UInt64 = 1

  func run() async throws {}
}
