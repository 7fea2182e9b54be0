import Conversation
import Storage

/// Timers ring and workers work.
extension World {
  private static let timersPerLook = 64
  /// More than this, one after another without an end, is more than everybody's timers together.
  private static let ringsOnEndMax = 5_000
  private static let faultPauseMs: Int64 = 1_000

  func wakeWorkers(at atMs: Int64? = nil) {
    let atMs = max(nowMs, atMs ?? nowMs)
    guard workersLookAtMs.map({ atMs < $0 }) ?? true else { return }
    workersLookAtMs = atMs
    agenda.plan(.workersLook, at: atMs)
  }

  func workersLook() throws {
    guard isUp, workersLookAtMs == nowMs else { return }
    workersLookAtMs = nil
    guard try fireTimers() else {
      return isUp ? wakeWorkers(at: nowMs + Self.faultPauseMs) : ()
    }
    for receipt in try machine.lookAfterJobs(at: clock) {
      turnsCount += 1
      wake(receipt)
    }
    try claimJobs()
    if chance.strikes(.crashAfterCommit) { return crash() }
    guard let due = try machine.nextWorkDueAt() else { return }
    let isFull = busyWorkersCount >= Workers.concurrencyMax
    wakeWorkers(at: max(nowMs + (isFull ? 100 : 1), trueMs(due)))
  }

  /// - Returns: false when a transaction was cut short.
  private func fireTimers() throws -> Bool {
    for _ in 0..<Self.timersPerLook {
      let step = try attempt { try machine.fireTimer(at: clock, $0) }
      ringsOnEndCount += 1
      switch step {
      case nil: return false
      case .noneDue?:
        ringsOnEndCount = 0
        return true
      case .postponed?: journal.note(.timer, at: nowMs, 0)
      case .fired(let receipt)?:
        turnsCount += 1
        journal.note(.timer, at: nowMs, 1)
        if let receipt { wake(receipt) }
      case .dropped(let fault)?:
        guard fault == "\(SimulatedFault.self)" else {
          throw Violation("a timer failed: \(fault)")
        }
        journal.note(.timer, at: nowMs, 2)
      }
    }
    guard ringsOnEndCount <= Self.ringsOnEndMax else { throw Violation("timers ring without end") }
    return true
  }

  private func claimJobs() throws {
    let free = Workers.concurrencyMax - busyWorkersCount
    guard free > 0 else { return }
    let claim = try machine.claimJobs(at: clock, limit: free)
    claim.receipts.forEach(wake)
    for job in claim.jobs {
      journal.note(.jobClaimed, at: nowMs, Int64(job.attempt))
      if let held = runningJobs[job.id], clock < held.leaseUntil {
        throw Violation("one piece of work was given to two workers")
      }
      let limitMs = machine.queue.handlers[job.kind]?.timeLimitMs ?? 0
      runningJobs[job.id] = (job.attempt, clock.adding(milliseconds: limitMs))
      busyWorkersCount += 1
      let duration =
        chance.strikes(.jobHangs) ? limitMs + 5_000 : chance.between(50, 4_000)
      agenda.plan(
        .jobEnds(RunningJob(job, process: process), workerDecides(job)), at: nowMs + duration)
    }
  }

  private func workerDecides(_ job: Job) -> JobOutcome {
    if chance.strikes(.jobRetried) { return .retry(reason: "not yet") }
    if chance.strikes(.jobSnoozed) { return .snooze(delayMs: chance.between(100, 10_000)) }
    // Nobody is told of work that is cancelled: the tutor's workers cancel none that people wait
    // for.
    if system.vocabulary == nil, chance.strikes(.jobCancelled) {
      return .cancel(reason: "not wanted")
    }
    if chance.strikes(.jobDiscarded) { return .discard(reason: "hopeless") }
    return system.outcome(job)
  }

  func jobEnds(_ running: RunningJob, _ outcome: JobOutcome) throws {
    guard isUp, running.process == process else { return }
    busyWorkersCount -= 1
    let job = running.job
    let isAwaited = try machine.look { try Self.isAwaited(job, in: $0) }
    let settled = try attempt { interruption in
      [
        try machine.settle(
          job, outcome, at: clock, seed: chance.seed(), interruption)
      ]
    }
    guard let receipt = settled?.first else { return isUp ? wakeWorkers() : () }
    journal.note(.jobSettled, at: nowMs, Int64(job.attempt))
    if let receipt {
      turnsCount += 1
      wake(receipt)
    }
    if let held = runningJobs[job.id], held.attempt == job.attempt {
      runningJobs[job.id] = nil
      if clock < held.leaseUntil { try checkBrought(job, outcome, isAwaited: isAwaited) }
    }
    if chance.strikes(.crashAfterCommit) { return crash() }
    wakeWorkers()
  }

  /// Whether the very run of the flow that started a job is still somewhere on the stack.
  private static func isAwaited(_ job: Job, in database: Transaction) throws -> Bool {
    let row = try database.first(
      """
      SELECT c.stack, j.flow, j.flow_begun_at FROM jobs j
      JOIN conversations c ON c.id = j.conversation_id WHERE j.id = \(job.id)
      """)
    guard let row, let flow = try row.value("flow", as: String?.self) else { return false }
    let begunAt: Int = try row.value("flow_begun_at")
    return FlowStack(stored: try row.value("stack")).frames.contains {
      $0.flow.text == flow && $0.begunAt == begunAt
    }
  }

  private func checkBrought(_ job: Job, _ outcome: JobOutcome, isAwaited: Bool) throws {
    guard case .done(let result) = outcome, job.kind == SmallTalk.work, job.conversation != nil
    else { return }
    let times = try machine.look { try Effects.times(result, in: $0) }
    guard times == (isAwaited ? 1 : 0) else {
      throw Violation("a job's result was brought \(times) times")
    }
  }
}
