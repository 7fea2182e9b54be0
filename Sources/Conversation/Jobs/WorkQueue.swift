package import Storage

/// The workers' steps on the database, each one transaction, without a clock or a network: which
/// timers and jobs have come due, and what follows from how a job ended.
package struct WorkQueue: Sendable {
  static let timersPerStep = 64
  static let rescuesPerStep = 64

  /// What became of the timer that was due first.
  package enum TimerStep: Sendable, Equatable {
    case noneDue
    /// It is night for the person; the timer waits for the morning.
    case postponed
    case fired(Receipt?)
    case dropped(fault: String)
  }

  /// Jobs to run, and whom to wake because others were given up.
  package struct Claim: Sendable {
    package var jobs: [Job] = []
    package var receipts: [Receipt] = []
  }

  package let handlers: [JobKind: JobHandler]
  private let engine: Engine

  package init(engine: Engine, handlers: [JobHandler]) {
    self.engine = engine
    self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { first, _ in first }
  }

  /// When there is something to do next; nil when nothing waits.
  package func nextDueAt(in database: Transaction) throws -> Timestamp? {
    let job = try JobStore.nextDueAt(handlers, in: database)
    let timer = try TimerStore.nextDueAt(in: database)
    return [job, timer].compactMap { $0 }.min()
  }

  /// Whether work for a conversation has not ended.
  package func isAwaited(
    by conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Bool {
    try JobStore.isAwaited(by: conversation, in: database)
  }

  /// Fires one due timer: its removal and all that follows from it are one transaction, so it
  /// fires once. A timer whose step fails must not come back for ever: it stays removed.
  package func fireTimer(at now: Timestamp, in database: Transaction) throws -> TimerStep {
    guard let due = try TimerStore.due(at: now, limit: 1, in: database).first else {
      return .noneDue
    }
    if due.waitsForMorning, let morning = try morning(for: due, at: now, in: database) {
      try TimerStore.set(
        TimerRequest(due.name, dueAt: morning, payload: due.payload, waitsForMorning: true),
        conversation: due.conversation, in: database)
      return .postponed
    }
    try TimerStore.cancel(due.name, conversation: due.conversation, in: database)
    do {
      return .fired(
        try database.savepoint {
          try engine.deliver(
            .timer(name: due.name, payload: due.payload), to: due.conversation, at: now,
            in: database)
        })
    } catch let error as StorageError where error.meansTryAgain {
      throw error
    } catch {
      guard due.name == KeptMessages.timer else {
        return .dropped(fault: "\(type(of: error))")
      }
      // The person is told that one went wrong, and the others are not lost with it.
      try KeptMessages.skipFirst(of: due.payload, in: due.conversation, at: now, database)
      return .fired(try engine.tellFailure(due.conversation, at: now, in: database))
    }
  }

  /// After a start: frees the jobs the last process was at, since one process serves a store.
  ///
  /// - Returns: how many.
  package func recover(at now: Timestamp, in database: Transaction) throws -> Int {
    try JobStore.reopenRunning(at: now, in: database)
  }

  /// Frees the jobs of dead workers.
  ///
  /// - Returns: how many.
  package func rescue(at now: Timestamp, in database: Transaction) throws -> Int {
    try JobStore.rescue(at: now, limit: Self.rescuesPerStep, in: database)
  }

  /// Tells those whose job is late.
  package func tellLate(at now: Timestamp, in database: Transaction) throws -> [Receipt] {
    try JobStore.takeLate(at: now, limit: Self.rescuesPerStep, in: database).compactMap {
      try engine.tellLate($0, at: now, in: database)
    }
  }

  /// Takes up to `limit` due jobs.
  package func claim(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> Claim {
    var claim = Claim()
    for job in try JobStore.claim(handlers, at: now, limit: limit, in: database) {
      if job.attempt <= handlers[job.kind]?.attemptsMax ?? 1 {
        claim.jobs.append(job)
      } else if let receipt = try abandon(
        // Its worker died that often: it is what kills them.
        job, fault: "it was never finished", at: now, in: database)
      {
        claim.receipts.append(receipt)
      }
    }
    return claim
  }

  /// Adds work that no conversation waits for.
  package func enqueue(_ request: JobRequest, at now: Timestamp, in database: Transaction) throws {
    try JobStore.insert(
      request, id: engine.ids.next(now), conversation: nil, frame: nil, now: now, in: database)
  }

  /// Work that waits for its time is due now.
  package func hasten(
    _ uniqueKey: String, at now: Timestamp, in database: Transaction
  ) throws {
    try JobStore.hasten(uniqueKey, at: now, in: database)
  }

  /// Writes down how a job ended, and brings its result to the conversation in the same
  /// transaction.
  package func settle(
    _ job: Job, _ outcome: JobOutcome, at now: Timestamp, random: inout RandomSource,
    in database: Transaction
  ) throws -> Receipt? {
    guard let place = try JobStore.heldPlace(of: job, in: database) else { return nil }
    switch outcome {
    case .done(let result):
      try JobStore.close(job, state: .done, fault: nil, at: now, in: database)
      return try tell(place, .finished(job: job.kind, result: result), at: now, in: database)
    case .retry(let reason) where job.attempt < handlers[job.kind]?.attemptsMax ?? 1:
      let delayMs = Backoff.delayMs(attempt: job.attempt, random: &random)
      try JobStore.reopen(
        job, dueAt: now.adding(milliseconds: delayMs), countsAttempt: true, fault: reason,
        at: now, in: database)
      return nil
    case .snooze(let delayMs):
      try JobStore.reopen(
        job, dueAt: now.adding(milliseconds: delayMs), countsAttempt: false, fault: nil,
        at: now, in: database)
      return nil
    case .cancel(let reason):
      try JobStore.close(job, state: .cancelled, fault: reason, at: now, in: database)
      return nil
    case .retry(let reason), .discard(let reason):
      try JobStore.close(job, state: .discarded, fault: reason, at: now, in: database)
      return try tell(place, .failed(job: job.kind), at: now, in: database)
    }
  }

  /// Ends a job whose result cannot be brought to anybody, and says so.
  package func giveUp(
    _ job: Job, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    try abandon(job, fault: "its result was not accepted", at: now, in: database)
  }

  private func abandon(
    _ job: Job, fault: String, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let place = try JobStore.heldPlace(of: job, in: database) else { return nil }
    try JobStore.close(job, state: .discarded, fault: fault, at: now, in: database)
    do {
      return try database.savepoint {
        try tell(place, .failed(job: job.kind), at: now, in: database)
      }
    } catch let error as StorageError where error.meansTryAgain {
      throw error
    } catch {
      // The flow that waits cannot even take the failure; the person still hears of it.
      guard let conversation = place.conversation else { return nil }
      return try engine.tellFailure(conversation, at: now, in: database)
    }
  }

  private func tell(
    _ place: JobStore.Place, _ input: Input, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let conversation = place.conversation else { return nil }
    return try engine.deliver(
      input, to: conversation, frame: place.frame, at: now, in: database)
  }

  /// The end of the person's quiet hours, when it is night for them.
  private func morning(
    for due: TimerStore.Due, at now: Timestamp, in database: Transaction
  ) throws -> Timestamp? {
    let record = try ConversationRecord.load(due.conversation, in: database)
    let morning = QuietHours.delayed(now, zone: record?.person.timeZone)
    return morning > now ? morning : nil
  }
}
