import Accounts
import Channels
import Conversation
import Foundation
import Logging
import Server
import Storage
import Synchronization
import Transport

/// How fast deliveries that wait in the store become calls to a provider: the real sender, on a
/// real store, over real HTTP to a provider that only says yes.
struct SendBenchmark: Sendable {
  private static let chats = 10_000
  private static let chatsPerCommit = 1_000
  private static let callsPerSecondMin = 500.0
  /// More than can be reached: what is measured is the machine, not what Telegram allows.
  private static let pacePerSecond = 50_000
  private static let seed: UInt64 = 1

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let folder = try await stage.newFolder("sends")
    let database = try Database(.file(path: folder.appendingPathComponent("store").path))
    try database.migrate(Product.migrations)
    try await plan(in: database)
    let waiting = try await count("pending", in: database)
    try await Stage.untilListening(stage.sinkPort)

    let begun = ContinuousClock.now
    try await send(waiting, from: database)
    let seconds = (ContinuousClock.now - begun) / .seconds(1)

    let sent = try await count("sent", in: database)
    await database.close()
    guard sent == waiting else {
      throw BenchmarkFault.refusedRequests("the provider", count: waiting - sent)
    }
    BenchmarkTable.show(
      "calls a second, of \(sent.formatted())", Double(sent) / seconds,
      .atLeast(Self.callsPerSecondMin))
  }

  /// Many people say hello; what they are answered waits to be sent.
  private func plan(in database: Database) async throws {
    // Nobody links a channel here.
    let keys = AccountKeys(secret: []) { Array(repeating: 0, count: $0) }
    let engine = Product.make(
      try ProductContent.load(root: options.root), keys: keys,
      reach: Accounts.Reach(publicURL: nil, localURL: "")
    ).engine(ids: IDSource(seed: Self.seed))
    let now = TimeSource.machine.now()
    for first in stride(from: 0, to: Self.chats, by: Self.chatsPerCommit) {
      try await database.write { transaction in
        for number in first..<(first + Self.chatsPerCommit) {
          let inbound = Inbound(
            channel: .telegram, key: "send-\(number)",
            sender: .init(externalID: String(1_000_000 + number)), content: .text("hello"))
          _ = try engine.receive(inbound, at: now, in: transaction)
        }
      }
    }
  }

  private func count(_ state: String, in database: Database) async throws -> Int {
    try await database.read { transaction in
      let row = try transaction.first(
        "SELECT COUNT(*) AS count FROM deliveries WHERE state = \(state)")
      return try row?.value("count") ?? 0
    }
  }

  private func send(_ total: Int, from database: Database) async throws {
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let http = HTTPClient()
    let client = TelegramClient(
      token: TelegramToken("42:speed"), baseURL: "http://127.0.0.1:\(stage.sinkPort)",
      provider: ProviderClient(name: "telegram", client: http))
    let port = TelegramPort(client: client, time: .machine, logger: logger)
      .channelPort(perSecond: Self.pacePerSecond)
    let countdown = Countdown(total)
    let sender = Conversation.Sender(
      port: countdown.counting(port), database: database, time: .machine, seed: Self.seed,
      logger: logger, signal: WakeSignal())
    async let running: Void = sender.run()
    for await _ in countdown.isOver {}
    sender.stop()
    await running
    await http.shutdown()
  }
}

/// Tells when so many calls have been made.
private final class Countdown: Sendable {
  let isOver: AsyncStream<Void>
  private let over: AsyncStream<Void>.Continuation
  private let left: Atomic<Int>

  init(_ count: Int) {
    (isOver, over) = AsyncStream.makeStream()
    left = Atomic(count)
  }

  /// The same port, counted.
  func counting(_ port: ChannelPort) -> ChannelPort {
    ChannelPort(
      channel: port.channel, capabilities: port.capabilities, limits: port.limits,
      send: { call in
        let outcome = await port.send(call)
        if self.left.wrappingSubtract(1, ordering: .relaxed).newValue <= 0 { self.over.finish() }
        return outcome
      }, signalActivity: port.signalActivity)
  }
}
