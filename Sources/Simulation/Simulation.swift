import Storage

/// Many people talking with the real engine, outbox and work queue on a real database in memory,
/// under a virtual clock and one seeded source of chance. After every step the promises of the
/// program are checked; the same seed makes the same run.
package struct Simulation: Sendable {
  package static let peopleCountUsual = 200

  private let seed: UInt64
  private let turns: Int
  private let system: SimulatedSystem
  private let faults: FaultPlan
  private let peopleCount: Int
  private let bug: PlantedBug?

  package init(
    seed: UInt64, turns: Int, system: SimulatedSystem, faults: FaultPlan = .all,
    people peopleCount: Int = peopleCountUsual, bug: PlantedBug? = nil
  ) {
    self.seed = seed
    self.turns = turns
    self.system = system
    self.faults = faults
    self.peopleCount = peopleCount
    self.bug = bug
  }

  /// Runs until the turns are done, lets the world calm down, and looks everything through.
  ///
  /// - Throws: only when the simulator itself fails; a broken promise is part of the report.
  package func run() throws -> SimulationReport {
    let world = try World(
      seed: seed, system: system, faults: faults, peopleCount: peopleCount, bug: bug)
    var broken: String?
    do {
      try world.run(turns: turns)
    } catch let violation as Violation {
      broken = violation.description
    }
    return SimulationReport(
      seed: seed, turns: world.turnsCount, steps: world.stepsCount,
      faults: Array(zip(Fault.allCases, world.chance.strikes)), hash: world.journal.hash,
      violation: broken.map {
        SimulationReport.Violation(
          promise: $0, step: world.stepsCount, lastEvents: world.journal.shown)
      })
  }
}
