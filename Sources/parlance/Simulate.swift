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
      let simulated =
        switch system {
        case .counting: try SimulatedSystem.smallTalk(seed: seed)
        case .tutor: try SimulatedSystem.tutor(root: Launch.root, seed: seed)
        }
      let report = try Simulation(
        seed: seed, turns: turns / systems.count, system: simulated
      ).run()
      print("\(system.rawValue): \(report)")
      if report.violation != nil { throw ExitCode.failure }
    }
  }
}
