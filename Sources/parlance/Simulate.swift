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
  }

  @Option(help: "How many turns; split between both systems unless one is named.")
  var turns = 1_000_000
  @Option var seed: UInt64 = 1
  @Option(help: "counting or tutor.") var system: System?

  func run() async throws {
    let systems = system.map { [$0] } ?? System.allCases
    for system in systems {
      let (done, isSound) = try Simulation.run(
        turns: turns / systems.count, fromSeed: seed, system: { try system.make(seed: $0) },
        report: { print("\(system.rawValue): \($0)") })
      print("\(system.rawValue): \(done) turns, \(isSound ? "every promise kept" : "BROKEN")")
      guard isSound else { throw ExitCode.failure }
    }
  }
}

extension Simulate.System {
  func make(seed: UInt64) throws -> SimulatedSystem {
    switch self {
    case .counting: try .smallTalk(seed: seed)
    case .tutor: try .tutor(root: Launch.root, seed: seed)
    }
  }
}
