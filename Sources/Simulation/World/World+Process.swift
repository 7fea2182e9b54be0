import Conversation
import Storage

/// The process starts, dies and is started again; its clock is set.
extension World {
  private static let downtimeMs: ClosedRange<Int64> = 50...20_000

  func startProcess() {
    isUp = true
    for line in lines.indices {
      if let limits = lines[line].limits { lines[line].pace = Pace(limits, now: clock) }
      lines[line].flyingCount = 0
    }
  }

  /// All that was in memory is gone: calls and jobs under way, the pace.
  func crash() {
    guard isUp else { return }
    isUp = false
    process += 1
    journal.note(.crashed, at: nowMs, Int64(process))
    busyWorkersCount = 0
    runningJobs = [:]
    for line in lines.indices {
      lines[line].recentCalls = []
      lines[line].looksAtMs = nil
    }
    workersLookAtMs = nil
    sms.forget()
    for person in people.indices {
      people[person].recentMessages = []
      if people[person].template?.isFlying == true {
        people[person].template?.isFlying = false
        people[person].template?.isInDoubt = true
      }
      guard people[person].head?.isFlying == true else { continue }
      people[person].head?.isFlying = false
      doubt(person)
    }
    agenda.plan(
      .restart,
      at: nowMs + chance.between(Self.downtimeMs.lowerBound, Self.downtimeMs.upperBound))
  }

  func restart() throws {
    startProcess()
    journal.note(.restarted, at: nowMs)
    for line in lines.indices where lines[line].limits != nil {
      try machine.recover(lines[line].outbox, at: clock)
      wakeSenders(line)
    }
    try machine.recoverJobs(at: clock)
    wakeWorkers()
  }

  func doubt(_ person: Int) {
    people[person].head?.isInDoubt = true
    people[person].head?.doubtsCount += 1
  }

  func moveClock() {
    if chance.strikes(.clockForward) {
      shiftClock(by: chance.below(2) == 0 ? chance.between(1, 60_000) : 3 * 3_600_000)
    } else if chance.strikes(.clockBackward) {
      shiftClock(by: -chance.between(1, 120_000))
      sms.takenAt = []
      for line in lines.indices { lines[line].recentCalls = [] }
      for person in people.indices { people[person].recentMessages = [] }
    }
  }

  private func shiftClock(by shiftMs: Int64) {
    forgetHoldsThatAreOver()
    clockOffsetMs += shiftMs
    journal.note(.clockMoved, at: nowMs, shiftMs)
    guard isUp else { return }
    for line in lines.indices { wakeSenders(line) }
    wakeWorkers()
  }

  /// What the program has seen end stays ended, even when the clock is set back.
  private func forgetHoldsThatAreOver() {
    for person in people.indices where people[person].heldUntil.map({ $0 <= clock }) ?? false {
      people[person].heldUntil = nil
    }
    for line in lines.indices where lines[line].heldUntil.map({ $0 <= clock }) ?? false {
      lines[line].heldUntil = nil
    }
  }

  /// A time on the program's clock as true time.
  func trueMs(_ moment: Timestamp) -> Int64 {
    moment.milliseconds - Self.startMs - clockOffsetMs
  }

  /// A fault of the store or the process that strikes within a transaction.
  func interruption() -> Machine.Interruption? {
    if chance.strikes(.crashInTransaction) { return .crash }
    if chance.strikes(.storageFull) { return .full }
    if chance.strikes(.storageRolledBack) { return .rolledBack }
    return nil
  }

  /// Runs one transaction of a loop that tries again by itself; nil when it was cut short.
  func attempt<Value>(_ body: (Machine.Interruption?) throws -> Value) throws -> Value? {
    do {
      return try body(interruption())
    } catch is Machine.Interruption {
      crash()
      return nil
    } catch let error as StorageError where error.meansTryAgain {
      return nil
    }
  }

  func wake(_ receipt: Receipt) {
    if receipt.hasDeliveries, let line = lines.firstIndex(where: { $0.channel == receipt.channel })
    {
      wakeSenders(line)
    }
    if receipt.hasJobs { wakeWorkers() }
  }
}
