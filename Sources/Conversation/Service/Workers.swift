package import Logging
package import Storage
import Synchronization

/// Runs due timers and jobs until told to stop.
package final class Workers: Sendable {
  package static let concurrencyMax = 4
  /// Telegram shows "typing" for five seconds.
  static let activityMs: Int64 = 4_000
  static let idleMsMax: Int64 = 5_000
  /// How long it waits when the database is away.
  static let faultPauseMs: Int64 = 1_000

  private struct State {
    var random: RandomSource
    var runningCount = 0
    var isStopping = false
  }

  private let queue: WorkQueue
  private let database: Database
  private let time: TimeSource
  private let logger: Logger
  private let onCommit: @Sendable (Receipt) -> Void
  private let signalActivity: @Sendable (JobActivity, ID<ConversationRecord>) async -> Void
  private let signal: WakeSignal
  private let state: Mutex<State>

  package init(
    queue: WorkQueue, database: Database, time: TimeSource, seed: UInt64, logger: Logger,
    signal: WakeSignal,
    onCommit: @escaping @Sendable (Receipt) -> Void,
    signalActivity: @escaping @Sendable (JobActivity, ID<ConversationRecord>) async -> Void
  ) {
    self.queue = queue
    self.signal = signal
    self.database = database
    self.time = time
    self.logger = logger
    self.onCommit = onCommit
    self.signalActivity = signalActivity
    state = Mutex(State(random: RandomSource(seed: seed)))
  }

  /// Takes no more work; `run` returns when what is under way has ended.
  package func stop() {
    state.withLock { $0.isStopping = true }
    signal.wake()
  }

  package func run() async {
    await recover()
    await withDiscardingTaskGroup { group in
      while !isStopping, !Task.isCancelled {
        // Looking is a read: an idle program must not write to the disk.
        let idleMs = await idleMs()
        if idleMs > 0 {
          await signal.wait(atMostMs: idleMs)
          continue
        }
        await lookForWork(&group)
      }
    }
  }

  /// Without it people would wait until the last process' time for their work is over.
  private func recover() async {
    do {
      let now = time.now()
      let count = try await database.write { [queue] in try queue.recover(at: now, in: $0) }
      if count > 0 { reportRescued(count) }
    } catch {
      report("recovering jobs", error)
    }
  }

  private func lookForWork(_ group: inout DiscardingTaskGroup) async {
    do {
      try await fireTimers()
      try await lookAfterJobs()
      for job in try await claim() {
        group.addTask { await self.run(job) }
      }
    } catch {
      report("looking for work", error)
      await signal.wait(atMostMs: Self.faultPauseMs)
    }
  }

  private var isStopping: Bool { state.withLock(\.isStopping) }

  private func fireTimers() async throws {
    for _ in 0..<WorkQueue.timersPerStep {
      let now = time.now()
      switch try await database.write({ [queue] in try queue.fireTimer(at: now, in: $0) }) {
      case .noneDue: return
      case .postponed, .fired(nil): break
      case .fired(let receipt?): onCommit(receipt)
      case .dropped(let fault):
        logger.error("a timer failed and was dropped", metadata: ["fault": .string(fault)])
      }
    }
  }

  private func lookAfterJobs() async throws {
    let now = time.now()
    let rescued = try await database.write { [queue] in try queue.rescue(at: now, in: $0) }
    if rescued > 0 { reportRescued(rescued) }
    try await database.write { [queue] in try queue.tellLate(at: now, in: $0) }.forEach(onCommit)
  }

  private func claim() async throws -> [Job] {
    let now = time.now()
    let free = Self.concurrencyMax - state.withLock(\.runningCount)
    guard free > 0 else { return [] }
    let claim = try await database.write { [queue] in
      try queue.claim(at: now, limit: free, in: $0)
    }
    state.withLock { $0.runningCount += claim.jobs.count }
    claim.receipts.forEach(onCommit)
    return claim.jobs
  }

  private func run(_ job: Job) async {
    let outcome = await withTaskGroup(of: JobOutcome?.self) { group in
      group.addTask { await self.queue.handlers[job.kind]?.run(job) }
      group.addTask {
        await self.showActivity(of: job)
        return nil
      }
      group.addTask { await self.expire(job) }
      defer { group.cancelAll() }
      for await outcome in group {
        if let outcome { return outcome }
      }
      return .discard(reason: "no handler")
    }
    await settle(job, outcome)
    state.withLock { $0.runningCount -= 1 }
    signal.wake()
  }

  private func showActivity(of job: Job) async {
    guard let conversation = job.conversation else { return }
    let activity = queue.handlers[job.kind]?.activity ?? .typing
    while !Task.isCancelled {
      await signalActivity(activity, conversation)
      do { try await Task.sleep(for: .milliseconds(Self.activityMs)) } catch { return }
    }
  }

  /// Ends a run that has hung: its lease is over, another worker may take it.
  private func expire(_ job: Job) async -> JobOutcome? {
    guard let handler = queue.handlers[job.kind] else { return nil }
    do { try await Task.sleep(for: .milliseconds(handler.timeLimitMs)) } catch { return nil }
    return .retry(reason: "took too long")
  }

  private func settle(_ job: Job, _ outcome: JobOutcome) async {
    let now = time.now()
    let seed = state.withLock { $0.random.next() }
    do {
      let receipt = try await database.write { [queue] transaction in
        var random = RandomSource(seed: seed)
        return try queue.settle(job, outcome, at: now, random: &random, in: transaction)
      }
      if let receipt { onCommit(receipt) }
    } catch let error as StorageError where error.meansTryAgain {
      report("settling a job", error)
    } catch {
      // The flow that waits for it cannot take the result; running the job again would not help.
      report("bringing a job's result", error)
      await giveUp(job)
    }
  }

  private func giveUp(_ job: Job) async {
    let now = time.now()
    do {
      let receipt = try await database.write { [queue] in try queue.giveUp(job, at: now, in: $0) }
      if let receipt { onCommit(receipt) }
    } catch {
      report("giving a job up", error)
    }
  }

  private func idleMs() async -> Int64 {
    let now = time.now()
    let isFull = state.withLock(\.runningCount) >= Self.concurrencyMax
    do {
      let due = try await database.read { [queue] in try queue.nextDueAt(in: $0) }
      guard let due else { return Self.idleMsMax }
      return min(Self.idleMsMax, max(isFull ? 100 : 0, due.milliseconds - now.milliseconds))
    } catch {
      report("looking for work", error)
      return Self.idleMsMax
    }
  }

  private func reportRescued(_ count: Int) {
    logger.warning("jobs were rescued", metadata: ["count": .stringConvertible(count)])
  }

  private func report(_ what: String, _ error: any Error) {
    logger.error("\(what) failed", metadata: ["fault": .string("\(type(of: error))")])
  }
}
