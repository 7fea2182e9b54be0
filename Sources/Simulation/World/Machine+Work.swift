import Conversation
import Storage

extension Machine {
  func fireTimer(
    at now: Timestamp, _ interruption: Interruption?
  ) throws -> WorkQueue.TimerStep {
    try write(interruption) { transaction in
      if bug == .quietHoursIgnored {
        try transaction.execute("UPDATE timers SET waits_for_morning = 0 WHERE due_at <= \(now)")
      }
      let due = try transaction.first(
        """
        SELECT conversation_id, name, payload, due_at FROM timers WHERE due_at <= \(now)
        ORDER BY due_at LIMIT 1
        """)
      if let due, bug == .timerLost {
        let conversation: String = try due.value("conversation_id")
        try transaction.execute("DELETE FROM timers WHERE conversation_id = \(conversation)")
        return .fired(nil)
      }
      let step = try queue.fireTimer(at: now, in: transaction)
      if let due, bug == .timerNotRemoved {
        try transaction.execute(
          """
          INSERT OR IGNORE INTO timers
            (conversation_id, name, payload, due_at, waits_for_morning)
          VALUES (\(try due.value("conversation_id", as: String.self)),
            \(try due.value("name", as: String.self)),
            \(try due.value("payload", as: String.self)),
            \(try due.value("due_at", as: Int64.self)), 0)
          """)
      }
      return step
    }
  }

  func recoverJobs(at now: Timestamp) throws {
    try write { transaction in
      if bug != .recoveryMissing { _ = try queue.recover(at: now, in: transaction) }
      let left = try transaction.first("SELECT id FROM jobs WHERE state = 'running' LIMIT 1")
      if left != nil { throw Violation("a start has left work of the last process alone") }
    }
  }

  /// What a worker does before it takes new work.
  func lookAfterJobs(at now: Timestamp) throws -> [Receipt] {
    try write { transaction in
      if bug == .jobLeaseIgnored {
        try transaction.execute("UPDATE jobs SET lease_until = 0 WHERE state = 'running'")
      }
      if bug != .jobNeverRescued { _ = try queue.rescue(at: now, in: transaction) }
      let stuck = try transaction.first(
        "SELECT count(*) AS n FROM jobs WHERE state = 'running' AND lease_until <= \(now)")
      if let count = try stuck?.value("n", as: Int.self), count > 0 {
        throw Violation("work whose lease is over was not rescued")
      }
      return try queue.tellLate(at: now, in: transaction)
    }
  }

  func claimJobs(at now: Timestamp, limit: Int) throws -> WorkQueue.Claim {
    try write { try queue.claim(at: now, limit: limit, in: $0) }
  }

  func nextWorkDueAt() throws -> Timestamp? {
    try look { try queue.nextDueAt(in: $0) }
  }

  /// Brings a job's end to its conversation; a result that nobody takes is given up.
  func settle(
    _ job: Job, _ outcome: JobOutcome, at now: Timestamp, seed: UInt64,
    _ interruption: Interruption?
  ) throws -> Receipt? {
    do {
      return try write(interruption) { transaction in
        if bug == .jobBroughtElsewhere {
          try transaction.execute("UPDATE jobs SET flow = NULL WHERE id = \(job.id)")
        }
        var random = RandomSource(seed: seed)
        let receipt = try queue.settle(
          job, outcome, at: now, random: &random, in: transaction)
        if bug == .jobBroughtTwice, receipt != nil, let conversation = job.conversation,
          case .done(let result) = outcome
        {
          _ = try engine.deliver(
            .finished(job: job.kind, result: result), to: conversation, at: now, in: transaction)
        }
        return receipt
      }
    } catch is SimulatedFault {
      return try write { try queue.giveUp(job, at: now, in: $0) }
    }
  }
}
