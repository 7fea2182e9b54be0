import Conversation
import Storage
import Testing

@Suite(.timeLimit(.minutes(1)))
struct WorkersTests {
  private let signal = WakeSignal()
  private let database: Database
  private let engine: Engine
  private let receipts: AsyncStream<Receipt>
  private let report: AsyncStream<Receipt>.Continuation

  init() throws {
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations)
    engine = try Small.engine()
    (receipts, report) = AsyncStream.makeStream()
  }

  private func workers(_ handlers: [JobHandler]) -> Workers {
    Workers(
      queue: WorkQueue(engine: engine, handlers: handlers), database: database, time: .machine,
      seed: 1, logger: .silent, signal: signal, onCommit: { [report] in report.yield($0) },
      signalActivity: { _, _ in })
  }

  private func say(_ texts: String...) async throws {
    for text in texts {
      let inbound = Inbound(
        channel: .webchat, key: text, sender: .init(externalID: "chat"), content: .text(text))
      _ = try await database.write { [engine] in
        try engine.receive(inbound, at: TimeSource.machine.now(), in: $0)
      }
    }
  }

  private func lastText() async throws -> String? {
    try await database.read { transaction in
      try transaction.first("SELECT text FROM deliveries ORDER BY position DESC")?.value("text")
    }
  }

  @Test func `a job's result comes back to the conversation`() async throws {
    try await say("hello", "finish", "work")
    let workers = workers([JobHandler("work") { _ in .done(result: "42") }])
    async let running: Void = workers.run()
    var committed = receipts.makeAsyncIterator()
    #expect(await committed.next()?.outcome == .handled)
    #expect(try await lastText() == "work gave 42")
    workers.stop()
    await running
  }

  @Test func `a job that was under way when the process died is run at once`() async throws {
    try await say("hello", "finish", "work")
    let handlers = [JobHandler("work") { job in .done(result: "\(job.attempt)") }]
    let queue = WorkQueue(engine: engine, handlers: handlers)
    let taken = try await database.write { transaction in
      try queue.claim(at: TimeSource.machine.now(), limit: 1, in: transaction).jobs
    }
    #expect(taken.count == 1)
    let workers = workers(handlers)
    async let running: Void = workers.run()
    var committed = receipts.makeAsyncIterator()
    _ = await committed.next()
    #expect(try await lastText() == "work gave 2")
    workers.stop()
    await running
  }

  @Test func `a job that fails for now is run again`() async throws {
    try await say("hello", "finish", "work")
    let workers = workers([
      JobHandler("work") { job in
        job.attempt == 1 ? .retry(reason: "busy") : .done(result: "\(job.attempt)")
      }
    ])
    async let running: Void = workers.run()
    var committed = receipts.makeAsyncIterator()
    _ = await committed.next()
    #expect(try await lastText() == "work gave 2")
    workers.stop()
    await running
  }

  @Test func `a result nobody takes is told to the person`() async throws {
    try await say("hello", "finish", "work boom")
    let workers = workers([JobHandler("boom") { _ in .done(result: "\"boom\"") }])
    async let running: Void = workers.run()
    var committed = receipts.makeAsyncIterator()
    _ = await committed.next()
    #expect(try await lastText() == "That failed.")
    workers.stop()
    await running
  }

  @Test func `a timer rings and a wake brings new ones`() async throws {
    try await say("hello", "finish", "alarm 1")
    let workers = workers([])
    async let running: Void = workers.run()
    var committed = receipts.makeAsyncIterator()
    _ = await committed.next()
    #expect(try await lastText() == "ring")
    try await say("alarm 2")
    signal.wake()
    _ = await committed.next()
    #expect(try await lastText() == "ring")
    workers.stop()
    await running
  }

  @Test func `stopping waits for the job under way`() async throws {
    try await say("hello", "finish", "work")
    let begun = Latch()
    let mayEnd = Latch()
    let workers = workers([
      JobHandler("work") { _ in
        begun.open()
        await mayEnd.isOpened()
        return .done(result: "late")
      }
    ])
    async let running: Void = workers.run()
    await begun.isOpened()
    workers.stop()
    mayEnd.open()
    await running
    #expect(try await lastText() == "work gave late")
  }
}

@Suite(.timeLimit(.minutes(1)))
struct WakeSignalTests {
  @Test func `a signal that came before the wait is not lost and counts once`() async {
    let signal = WakeSignal()
    signal.wake()
    signal.wake()
    await signal.wait(atMostMs: 3_600_000)
    // Nothing is left of the two: this one ends by its time.
    await signal.wait(atMostMs: 1)
  }

  @Test func `a signal ends the wait`() async {
    let signal = WakeSignal()
    async let waiting: Void = signal.wait(atMostMs: 3_600_000)
    signal.wake()
    await waiting
  }

  @Test func `cancelling ends the wait`() async {
    let signal = WakeSignal()
    let waiting = Task { await signal.wait(atMostMs: 3_600_000) }
    waiting.cancel()
    await waiting.value
  }

  @Test func `no time is no wait`() async {
    await WakeSignal().wait(atMostMs: 0)
  }
}
