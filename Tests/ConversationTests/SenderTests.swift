import Conversation
import Storage
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SenderTests {
  private let signal = WakeSignal()
  private let database: Database
  private let engine: Engine

  init() throws {
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations)
    engine = try Small.engine()
  }

  private func sender(_ port: ChannelPort) -> Conversation.Sender {
    Conversation.Sender(
      port: port, database: database, time: .machine, seed: 1, logger: .silent,
      signal: signal)
  }

  private func say(_ key: String, _ text: String, chat: String = "chat") async throws {
    let inbound = Inbound(
      channel: .telegram, key: key, sender: .init(externalID: chat), content: .text(text))
    _ = try await database.write { [engine] in
      try engine.receive(inbound, at: TimeSource.machine.now(), in: $0)
    }
  }

  private func states() async throws -> [String] {
    try await database.read { transaction in
      try transaction.all("SELECT state FROM deliveries ORDER BY conversation_id, position")
        .map { try $0.value("state") }
    }
  }

  @Test func `what turns have planned goes out in order, and what comes later at a wake`()
    async throws
  {
    try await say("1", "hello")
    try await say("2", "one")
    let script = ScriptedPort()
    let sender = sender(script.port())
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    #expect(await calls.next()?.delivery.text == "welcome begins")
    #expect(await calls.next()?.delivery.text == "heard 1")
    try await say("3", "two")
    signal.wake()
    #expect(await calls.next()?.delivery.text == "heard 2")
    sender.stop()
    await running
    #expect(try await states().dropLast().allSatisfy { $0 == "sent" })
  }

  @Test func `a refused send is tried again within seconds`() async throws {
    try await say("1", "hello")
    let script = ScriptedPort([.failed(reason: "503")])
    let sender = sender(script.port())
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    #expect(await calls.next()?.delivery.attempt == 1)
    #expect(await calls.next()?.delivery.attempt == 2)
    sender.stop()
    await running
    #expect(try await states() == ["sent"])
  }

  @Test func `a chat that is held holds up nobody else`() async throws {
    try await say("1", "hello", chat: "held")
    let script = ScriptedPort([.holdChat(delayMs: 3_600_000)])
    let sender = sender(script.port())
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    #expect(await calls.next()?.externalID == "held")
    try await say("2", "hello", chat: "free")
    signal.wake()
    #expect(await calls.next()?.externalID == "free")
    sender.stop()
    await running
    #expect(try await Set(states()) == ["pending", "sent"])
  }

  @Test func `no more calls run at once than allowed`() async throws {
    for number in 0..<6 { try await say("\(number)", "hello", chat: "chat-\(number)") }
    let latch = Latch()
    let script = ScriptedPort()
    let limits = SendLimits(perSecond: 100, chatSpacingMs: 0, chatBurst: 1, concurrencyMax: 2)
    let sender = sender(script.port(limits: limits) { _ in await latch.isOpened() })
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    for _ in 0..<2 { _ = await calls.next() }
    let sending = try await states().count { $0 == "sending" }
    #expect(sending == 2)
    for _ in 0..<4 {
      latch.open()
      _ = await calls.next()
      #expect(try await states().count { $0 == "sending" } <= 2)
    }
    for _ in 0..<2 { latch.open() }
    sender.stop()
    await running
  }

  @Test func `stopping waits for the call under way and writes its end down`() async throws {
    try await say("1", "hello")
    try await say("2", "one")
    let latch = Latch()
    let script = ScriptedPort()
    let sender = sender(script.port { _ in await latch.isOpened() })
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    _ = await calls.next()
    sender.stop()
    latch.open()
    await running
    #expect(try await states().prefix(2) == ["sent", "pending"])
  }

  @Test func `a start sends again what the last process left under way`() async throws {
    try await say("1", "hello")
    let claimed = try await database.write {
      try Outbox(channel: .telegram).claim(at: TimeSource.machine.now(), limit: 1, in: $0)
    }
    #expect(claimed.count == 1)
    let script = ScriptedPort()
    let sender = sender(script.port())
    async let running: Void = sender.run()
    var calls = script.calls.makeAsyncIterator()
    #expect(await calls.next()?.delivery.attempt == 2)
    sender.stop()
    await running
  }
}
