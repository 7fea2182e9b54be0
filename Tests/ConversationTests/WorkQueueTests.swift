import Conversation
import Rehearsal
import Storage
import Testing

struct WorkQueueTests {
  private let rehearsal: Rehearsal
  private let queue: WorkQueue

  init() throws {
    rehearsal = try Small.atHome()
    queue = WorkQueue(
      engine: rehearsal.engine,
      handlers: ["work", "boom"].map { kind in
        JobHandler(JobKind(kind), attemptsMax: 3, timeLimitMs: 10_000) { _ in
          .done(result: "unused")
        }
      })
  }

  @discardableResult
  private func write<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
    try rehearsal.database.writeBlocking(body)
  }

  private func claim() throws -> [Job] {
    try write { try queue.claim(at: rehearsal.now, limit: 10, in: $0) }.jobs
  }

  private func settle(_ job: Job, _ outcome: JobOutcome) throws -> Receipt? {
    var random = RandomSource(seed: 1)
    return try write {
      try queue.settle(job, outcome, at: rehearsal.now, random: &random, in: $0)
    }
  }

  private func dueAt() throws -> Timestamp? {
    try rehearsal.database.readBlocking { try queue.nextDueAt(in: $0) }
  }

  private func lastText() throws -> String? { try rehearsal.messages().last?.text }

  @Test func `a result comes back to the conversation once`() throws {
    try rehearsal.say("work")
    let job = try #require(try claim().first)
    #expect(try claim().isEmpty)
    #expect(try settle(job, .done(result: "\"7\"")) != nil)
    #expect(try lastText() == "work gave \"7\"")
    let count = try rehearsal.messages().count
    #expect(try settle(job, .done(result: "\"7\"")) == nil)
    #expect(try rehearsal.messages().count == count)
  }

  @Test func `a retry waits, counts, and ends as a failure that is told`() throws {
    try rehearsal.say("work")
    for attempt in 1...3 {
      rehearsal.advance(milliseconds: Backoff.delayMsMax)
      let job = try #require(try claim().first)
      #expect(job.attempt == attempt)
      _ = try settle(job, .retry(reason: "busy"))
      #expect(try claim().isEmpty)
    }
    #expect(try lastText() == "work failed")
    #expect(try dueAt() == nil)
  }

  @Test func `a snooze comes back without counting`() throws {
    try rehearsal.say("work")
    for _ in 0..<10 {
      let job = try #require(try claim().first)
      #expect(job.attempt == 1)
      _ = try settle(job, .snooze(delayMs: 500))
      #expect(try claim().isEmpty)
      rehearsal.advance(milliseconds: 500)
    }
  }

  @Test func `cancelled work tells nobody and discarded work is told`() throws {
    try rehearsal.say("work")
    let before = try rehearsal.messages().count
    #expect(try settle(try #require(try claim().first), .cancel(reason: "old")) == nil)
    #expect(try rehearsal.messages().count == before)
    try rehearsal.say("work")
    #expect(try settle(try #require(try claim().first), .discard(reason: "no")) != nil)
    #expect(try lastText() == "work failed")
  }

  @Test func `work whose lease is over goes to another worker and the first one is late`() throws {
    try rehearsal.say("work")
    let first = try #require(try claim().first)
    rehearsal.advance(milliseconds: 10_000)
    #expect(try write { try queue.rescue(at: rehearsal.now, in: $0) } == 1)
    let second = try #require(try claim().first)
    #expect(second.attempt == 2)
    #expect(try settle(first, .done(result: "1")) == nil)
    #expect(try settle(second, .done(result: "2")) != nil)
    #expect(try lastText() == "work gave 2")
  }

  @Test func `what the last process was at is taken up when the next one starts`() throws {
    try rehearsal.say("work")
    let first = try #require(try claim().first)
    #expect(try claim().isEmpty)
    #expect(try write { try queue.recover(at: rehearsal.now, in: $0) } == 1)
    let second = try #require(try claim().first)
    #expect(second.id == first.id && second.attempt == 2)
    #expect(try settle(second, .done(result: "2")) != nil)
    #expect(try write { try queue.recover(at: rehearsal.now, in: $0) } == 0)
  }

  @Test func `work that kills its workers is given up and told`() throws {
    try rehearsal.say("work")
    for _ in 0..<3 {
      _ = try #require(try claim().first)
      rehearsal.advance(milliseconds: 10_000)
      _ = try write { try queue.rescue(at: rehearsal.now, in: $0) }
    }
    let last = try write { try queue.claim(at: rehearsal.now, limit: 10, in: $0) }
    #expect(last.jobs.isEmpty)
    #expect(last.receipts.count == 1)
    #expect(try lastText() == "work failed")
  }

  @Test func `a result that no flow takes is given up and told`() throws {
    try rehearsal.say("work boom")
    let job = try #require(try claim().first)
    #expect(throws: Boom.self) { try settle(job, .done(result: "\"boom\"")) }
    #expect(try write { try queue.giveUp(job, at: rehearsal.now, in: $0) } != nil)
    #expect(try lastText() == "That failed.")
    #expect(try dueAt() == nil)
  }

  @Test func `work nobody can do keeps nobody awake`() throws {
    try rehearsal.say("work unheard-of")
    try write { transaction in try transaction.execute("UPDATE jobs SET late_at = NULL") }
    #expect(try claim().isEmpty)
    #expect(try dueAt() == nil)
  }

  @Test func `late work is told once`() throws {
    try rehearsal.say("work")
    rehearsal.advance(milliseconds: 5_000)
    let tell = { try write { try queue.tellLate(at: rehearsal.now, in: $0) }.count }
    #expect(try tell() == 1)
    #expect(try lastText() == "Still working.")
    #expect(try tell() == 0)
  }

  @Test func `nobody who has said stop hears that work is late`() throws {
    try rehearsal.say("work")
    try rehearsal.say("stop")
    rehearsal.advance(milliseconds: 5_000)
    _ = try write { try queue.tellLate(at: rehearsal.now, in: $0) }
    #expect(try lastText() == "Silence from now on.")
  }

  @Test func `one unique key starts work once until it has ended`() throws {
    let request = JobRequest("work", uniqueKey: "only")
    for _ in 0..<2 { try write { try queue.enqueue(request, at: rehearsal.now, in: $0) } }
    let jobs = try claim()
    #expect(jobs.count == 1)
    _ = try settle(try #require(jobs.first), .done(result: "1"))
    try write { try queue.enqueue(request, at: rehearsal.now, in: $0) }
    #expect(try claim().count == 1)
  }

  @Test func `a timer fires once, when it is due`() throws {
    try rehearsal.say("alarm 1000")
    rehearsal.advance(milliseconds: 999)
    #expect(try fire() == .noneDue)
    #expect(try dueAt() == rehearsal.now.adding(milliseconds: 1))
    rehearsal.advance(milliseconds: 1)
    guard case .fired(_?) = try fire() else {
      Issue.record("the timer did not fire")
      return
    }
    #expect(try lastText() == "ring")
    #expect(try fire() == .noneDue)
  }

  @Test func `a timer that can wait does not fire at night`() throws {
    // From noon to late in the evening in Tehran.
    rehearsal.advance(milliseconds: 11 * 3_600_000)
    try rehearsal.say("nag")
    #expect(try fire() == .postponed)
    let morning = try #require(try dueAt())
    #expect(LocalTime(morning, zone: nil).minuteOfDay == QuietHours.endMinute)
    rehearsal.advance(milliseconds: morning.milliseconds - rehearsal.now.milliseconds)
    guard case .fired = try fire() else {
      Issue.record("the timer did not fire in the morning")
      return
    }
  }

  @Test func `a timer that fails is dropped and the others still fire`() throws {
    let broken = try Small.engine(onAlarm: { _ in throw Boom() })
    let brokenQueue = WorkQueue(engine: broken, handlers: [])
    try rehearsal.say("alarm 1")
    rehearsal.advance(milliseconds: 1)
    let step = try write { try brokenQueue.fireTimer(at: rehearsal.now, in: $0) }
    #expect(step == .dropped(fault: "Boom"))
    #expect(try fire() == .noneDue)
    try rehearsal.say("alarm 1")
    rehearsal.advance(milliseconds: 1)
    guard case .fired = try fire() else {
      Issue.record("the next timer did not fire")
      return
    }
  }

  private func fire() throws -> WorkQueue.TimerStep {
    try write { try queue.fireTimer(at: rehearsal.now, in: $0) }
  }
}
