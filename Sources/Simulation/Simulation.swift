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
  /// - Throws: only when the world cannot be made; a broken promise is part of the report.
  package func run() throws -> SimulationReport {
    let world = try World(
      seed: seed, system: system, faults: faults, peopleCount: peopleCount, bug: bug)
    var broken: String?
    do {
      try world.run(turns: turns)
    } catch {
      // A turn, a step of the sender or of the workers that throws has broken a promise, too.
      broken = (error as? Violation)?.description ?? "\(type(of: error)): \(error)"
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

extension Simulation {
  /// One world holds no more turns than this, so that memory stays small.
  package static let turnsPerSeedMax = 25_000

  /// Runs one world after another, each with the next seed, until so many turns are done or a
  /// promise is broken.
  ///
  /// `system` makes the program for a seed; `report` is called after every world.
  ///
  /// - Returns: how many turns were done, and whether every promise was kept.
  /// - Throws: when a world cannot be made.
  package static func run(
    turns: Int, fromSeed firstSeed: UInt64, faults: FaultPlan = .all,
    system: (UInt64) throws -> SimulatedSystem, report: (SimulationReport) -> Void
  ) throws -> (turns: Int, isSound: Bool) {
    var done = 0
    var seed = firstSeed
    while done < turns {
      let world = try Simulation(
        seed: seed, turns: min(turnsPerSeedMax, turns - done), system: system(seed),
        faults: faults
      ).run()
      report(world)
      done += world.turns
      if world.violation != nil { return (done, false) }
      seed &+= 1
    }
    return (done, true)
  }
}
