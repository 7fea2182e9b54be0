import Conversation
import Logging
import Rehearsal
import Storage
import Synchronization
import Testing

struct FailedTurnTests {
  private let database: Database
  private let service: ConversationService
  private let clock = ManualClock()

  init() throws {
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations)
    service = ConversationService(
      database: database, engine: try Small.engine(), time: clock.source,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
      onCommit: { _ in })
  }

  private func send(
    _ key: String, _ content: Content, channel: Channel = .webchat
  ) async throws -> Receipt {
    try await service.accept(
      Inbound(channel: channel, key: key, sender: .init(externalID: "chat"), content: content))
  }

  private func arriveHome(channel: Channel = .webchat) async throws {
    _ = try await send("hello", .text("hello"), channel: channel)
    _ = try await send("finish", .text("finish"), channel: channel)
  }

  private func texts() throws -> [String] {
    try database.readBlocking { transaction in
      try transaction.all("SELECT text FROM deliveries WHERE kind = 'message' ORDER BY position")
        .map { try $0.value("text") }
    }
  }

  private func state(of key: String) throws -> String? {
    try database.readBlocking { transaction in
      try transaction.first("SELECT state FROM inbounds WHERE key = \(key)")?.value("state")
    }
  }

  @Test func `a message whose turn fails is kept and the person is told`() async throws {
    try await arriveHome()
    let receipt = try await send("bad", .text("boom"))
    #expect(receipt.outcome == .failed)
    #expect(try state(of: "bad") == "failed")
    #expect(try texts().last == "That failed.")
    #expect(try !texts().contains("never heard"))
    #expect(try await send("bad", .text("boom")).outcome == .duplicate)
    #expect(try await send("next", .text("fine")).outcome == .handled)
    #expect(try texts().last == "heard 1")
  }

  @Test func `a failed message can be retried by the person and by staff`() async throws {
    try await arriveHome()
    let receipt = try await send("bad", .text("boom"))
    let conversation = try #require(receipt.conversation)
    let position: Int = try #require(
      try database.readBlocking { transaction in
        try transaction.first("SELECT position FROM inbounds WHERE state = 'failed'")?
          .value("position")
      })
    await #expect(throws: Boom.self) { try await service.retry(conversation, position: position) }
    #expect(try state(of: "bad") == "failed")
    let mended = mendedService()
    let retried = try await mended.retry(conversation, position: position)
    #expect(retried?.outcome == .handled)
    #expect(try state(of: "bad") == "handled")
    #expect(try texts().last == "heard 1")
    #expect(try await mended.retry(conversation, position: position) == nil)
  }

  @Test func `retries that fail do not nest in each other`() async throws {
    try await arriveHome()
    _ = try await send("bad", .text("boom"))
    // So many that a retry of a retry of a retry would not fit on a thread's stack.
    for number in 0..<2_000 {
      let receipt = try await send("retry \(number)", .command(name: "retry", argument: ""))
      #expect(receipt.outcome == .failed || number >= 60)
    }
  }

  @Test func `the retry button runs the newest failed message once`() async throws {
    try await arriveHome()
    _ = try await send("bad", .text("boom"))
    let mended = mendedService()
    for (key, expected) in [("r1", "heard 1"), ("r2", "Nothing to retry.")] {
      _ = try await mended.accept(
        Inbound(
          channel: .webchat, key: key, sender: .init(externalID: "chat"),
          content: .choice(.init(token: "/retry"))))
      #expect(try texts().last == expected)
    }
  }

  @Test func `a failed start still counts as one`() async throws {
    try await arriveHome()
    _ = try await send("stop", .text("stop"))
    try database.writeBlocking { transaction in
      try transaction.execute("UPDATE conversations SET stack = 'gone 1 {}'")
    }
    #expect(try await send("start", .text("start")).outcome == .failed)
    #expect(try texts().last == "That failed.")
    let stopped: Timestamp? = try database.readBlocking { transaction in
      try transaction.first("SELECT stopped_at FROM conversations")?.value("stopped_at")
    }
    #expect(stopped == nil)
  }

  @Test func `who writes after a block is told of a failure`() async throws {
    try await arriveHome(channel: .telegram)
    _ = try await send("block", .blocked, channel: .telegram)
    _ = try await send("bad", .text("boom"), channel: .telegram)
    let calls = try database.writeBlocking {
      try Outbox(channel: .telegram).claim(at: clock.now, limit: 9, in: $0)
    }
    #expect(calls.map(\.delivery.text) == ["That failed."])
  }

  @Test func `one bad conversation does not stop another`() async throws {
    try await arriveHome()
    _ = try await send("bad", .text("boom"))
    let other = try await service.accept(
      Inbound(
        channel: .webchat, key: "other", sender: .init(externalID: "other"),
        content: .text("hello")))
    #expect(other.outcome == .handled)
  }

  /// The same program with the fault mended.
  private func mendedService() -> ConversationService {
    let flows = Small.usualFlows.map { flow in
      var flow = flow
      flow.isFragile = false
      return flow
    }
    do {
      return ConversationService(
        database: database, engine: try Small.engine(flows: flows), time: clock.source,
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        onCommit: { _ in })
    } catch {
      Issue.record(error)
      return service
    }
  }
}
