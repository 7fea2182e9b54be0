import ArgumentParser
import Simulation

struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run many simulated people through the real engine with seeded faults.",
    discussion: "The same seed makes the same run, to the last event.")

  enum System: String, ExpressibleByArgument, CaseIterable {
    /// Flows that count, so that every promise is checked exactly.
    case counting
    /// The tutor's own flows.
    case tutor
    /// People with a memory who take all lessons on every channel.
    case learners
  }

  @Option(help: "How many turns; split between both systems unless one is named.")
  var turns = 1_000_000
  @Option var seed: UInt64 = 1
  @Option(help: "counting, tutor or learners; without it the first two.") var system: System?

  func run() async throws {
    if system == .learners { return try learn() }
    let systems = system.map { [$0] } ?? [.counting, .tutor]
    for system in systems {
      let (done, isSound) = try Simulation.run(
        turns: turns / systems.count, fromSeed: seed, system: { try system.make(seed: $0) },
        report: { print("\(system.rawValue): \($0)") })
      print("\(system.rawValue): \(done) turns, \(isSound ? "every promise kept" : "BROKEN")")
      guard isSound else { throw ExitCode.failure }
    }
  }

  private func learn() throws {
    let report = try LearnersSimulation(root: Launch.root, seed: seed).run(turns: turns)
    print(report)
    guard report.isSound else { throw ExitCode.failure }
  }
}

extension Simulate.System {
  func make(seed: UInt64) throws -> SimulatedSystem {
    switch self {
    case .counting: try .smallTalk(seed: seed)
    case .tutor, .learners: try .tutor(root: Launch.root, seed: seed)
    }
  }
}
