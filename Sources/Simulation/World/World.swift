import Channels
import Conversation
import Storage

/// The simulated world: everybody in it, what is on its way, and the time.
final class World {
  /// The evening in Tehran, so that quiet hours come soon.
  static let startMs: Int64 = 1_760_032_800_000
  /// A run that has not calmed down after this many steps beyond its turns never will.
  static let calmStepsMax = 2_000_000
  /// Reminders that renew themselves are watched for three days of calm, then ended.
  static let renewalMs: Int64 = 3 * 86_400_000
  static let auditIntervalTurns = 10_000
  /// Long enough for every message to have come.
  static let retryPauseMs: Int64 = 3_600_000
  /// By how much the program thinks the time to write freely shorter than it is.
  static let windowMarginMs: Int64 = 60_000
  /// Nobody is asked to write more often.
  static let askIntervalMs: Int64 = 86_400_000

  let system: SimulatedSystem
  let machine: Machine
  let stoppedTexts: Set<String>
  let startedTexts: Set<String>
  var lines: [Line] = []
  var people: [Person] = []
  var personOf: [ID<ConversationRecord>: Int] = [:]
  var agenda = Agenda()
  var chance: Chance
  var journal = Journal()
  var sms = SMSWorld()
  /// Who got a text that is said once only.
  var hearers: [String: Int] = [:]

  /// True time, and by how much the clock on the wall is off.
  var nowMs: Int64 = 0
  var clockOffsetMs: Int64 = 0

  var process = 0
  var isUp = true
  var runningJobs: [ID<Job>: (attempt: Int, leaseUntil: Timestamp)] = [:]
  var busyWorkersCount = 0
  var workersLookAtMs: Int64?
  /// How many timers have rung since none was due.
  var ringsOnEndCount = 0

  var turnsCount = 0
  var stepsCount = 0
  var committedLettersCount = 0
  var takenMessagesCount = 0
  var expectedTextsCount = 0
  var isWindingDown = false
  /// When the last of the traps is over, on the program's clock.
  var trapsEndAt = Timestamp(milliseconds: 0)

  /// A channel on its way out.
  struct Line {
    let channel: Channel
    let limits: SendLimits?
    let capabilities: Capabilities?
    let outbox: Outbox
    var pace: Pace?
    var flyingCount = 0
    var looksAtMs: Int64?
    var heldUntil: Timestamp?
    /// The same by the provider's clock, which nobody moves.
    var heldUntilMs: Int64 = 0
    var outageUntilMs: Int64 = -1
    var recentCalls: [Timestamp] = []
  }

  init(
    seed: UInt64, system: SimulatedSystem, faults: FaultPlan, peopleCount: Int, bug: PlantedBug?
  ) throws {
    precondition(
      Outbox.attemptsMax + Outbox.unknownAttemptsMax == 23 && FlowStack.depthMax == 8,
      "the triggers of Watch restate these limits")
    self.system = system
    chance = Chance(seed: seed, plan: faults)
    let database = try Database(.memory)
    try database.migrate(system.migrations + [Watch.migration])
    machine = Machine(
      database: database, engine: system.engine,
      queue: WorkQueue(engine: system.engine, handlers: system.handlers), bug: bug)
    let phrasebook = system.engine.phrasebook
    stoppedTexts = Set(
      phrasebook.languages.map { phrasebook.text(EnginePhrase.stopped, in: $0.language) })
    startedTexts = Set(
      phrasebook.languages.map { phrasebook.text(EnginePhrase.started, in: $0.language) })
    lines = system.lines.map {
      Line(
        channel: $0.channel, limits: $0.limits, capabilities: $0.capabilities,
        outbox: Outbox(
          channel: $0.channel, capabilities: $0.capabilities, rules: system.windowRules))
    }
    startProcess()
    let seats = system.lines.indices.flatMap {
      repeatElement($0, count: system.lines[$0].share)
    }
    for number in 0..<peopleCount {
      let line = seats[number % seats.count]
      people.append(
        Person(
          line: line, channel: lines[line].channel, chat: "chat-of-person-\(number)"))
      agenda.plan(.personActs(number), at: chance.between(0, 20_000))
    }
    pairPeople()
  }

  /// What the program's clock shows.
  var clock: Timestamp { Timestamp(milliseconds: Self.startMs + nowMs + clockOffsetMs) }

  func run(turns: Int) throws {
    var nextAudit = Self.auditIntervalTurns
    while turnsCount < turns {
      guard try step() else { throw Violation("nothing is left to happen") }
      if turnsCount >= nextAudit {
        try audit()
        nextAudit += Self.auditIntervalTurns
      }
    }
    try calmDown()
  }

  /// Nothing goes wrong any more and nobody begins anything: everything must come to rest.
  private func calmDown() throws {
    chance.isCalm = true
    isWindingDown = true
    let lastStep = stepsCount + Self.calmStepsMax
    agenda.plan(.failedAreRetried, at: nowMs + Self.retryPauseMs)
    var timersEndMs = system.renewsTimers ? nowMs + Self.renewalMs : Int64.max
    while try step() {
      if nowMs >= timersEndMs {
        timersEndMs = .max
        _ = try machine.look { try $0.execute("DELETE FROM timers") }
      }
      if stepsCount > lastStep { throw Violation("the world does not come to rest") }
    }
    try audit()
    try auditRest()
  }

  /// - Returns: false when nothing is left to happen.
  private func step() throws -> Bool {
    guard let (atMs, event) = agenda.next() else { return false }
    nowMs = max(nowMs, atMs)
    stepsCount += 1
    try happen(event)
    if isUp, chance.strikes(.crashBetweenSteps) { crash() }
    moveClock()
    return true
  }

  private func happen(_ event: Event) throws {
    switch event {
    case .personActs(let person): try act(person)
    case .personAdds(let person): try speak(person)
    case .arrive(let letter): try arrive(letter)
    case .sendersLook(let line): try sendersLook(line)
    case .reachProvider(let call): try reachProvider(call)
    case .callEnds(let call, let outcome): try callEnds(call, outcome)
    case .reportArrives(let report, let person): try reportArrives(report, of: person)
    case .workersLook: try workersLook()
    case .jobEnds(let job, let outcome): try jobEnds(job, outcome)
    case .restart: try restart()
    case .staffLeaves(let person): try changeOwner(person, toStaff: false)
    case .failedAreRetried: try retryAllFailed()
    }
  }
}
