import Channels
import Conversation
import Logging
import Standins
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TelegramPollerTests {
  @Test func `updates arrive in order with their bytes, and are confirmed afterwards`()
    async throws
  {
    try await BotAPIStandin.with { standin in
      let ids = ["one", "two", "three"].map { standin.push(BotAPIUpdate.text($0, chat: 7)) }
      let polled = Polled()
      let task = Task { await poller(standin, polled).run() }
      var iterator = polled.accepted.makeAsyncIterator()
      for text in ["one", "two", "three"] {
        let (inbound, raw) = try #require(await iterator.next())
        #expect(inbound.content == .text(text))
        #expect(try TelegramUpdate.decode(raw) == .inbound(inbound))
      }
      let last = try #require(ids.last)
      let next = try await standin.call(of: "getUpdates") {
        $0.parameters["offset"]?.integer == last + 1
      }
      #expect(
        next.parameters["allowed_updates"]?.items.compactMap(\.string).contains("my_chat_member")
          == true)
      #expect(standin.calls.first?.method == "deleteWebhook")
      task.cancel()
      await task.value
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a poller that dies before it confirms gets everything again`() async throws {
    try await BotAPIStandin.with { standin in
      let id = standin.push(BotAPIUpdate.text("once", chat: 7))
      let (first, firstSignal) = AsyncStream<String>.makeStream()
      let dying = Task {
        await poller(standin) { inbound, _ in
          firstSignal.yield(inbound.key)
          // Stored, and then the process is gone before it asks on.
          let (never, neverSignal) = AsyncStream<Void>.makeStream()
          for await _ in never {}
          neverSignal.finish()
          throw CancellationError()
        }.run()
      }
      #expect(await first.first { _ in true } == String(id))
      dying.cancel()
      await dying.value
      #expect(!standin.calls.contains { $0.parameters["offset"]?.integer == id + 1 })

      let polled = Polled()
      let task = Task { await poller(standin, polled).run() }
      #expect(await polled.accepted.first { _ in true }?.0.key == String(id))
      task.cancel()
      await task.value
    }
  }

  @Test func `while nothing can be stored nothing is confirmed`() async throws {
    try await BotAPIStandin.with { standin in
      let id = standin.push(BotAPIUpdate.text("patience", chat: 7))
      let failures = Mutex(3)
      let (accepted, signal) = AsyncStream<String>.makeStream()
      let waits = Waits()
      let task = Task {
        await poller(standin, waits) { inbound, _ in
          let isDown = failures.withLock { count in
            count -= 1
            return count >= 0
          }
          if isDown { throw DatabaseDown() }
          signal.yield(inbound.key)
        }.run()
      }
      #expect(await accepted.first { _ in true } == String(id))
      #expect(waits.delaysMs.count == 3)
      #expect(waits.delaysMs.allSatisfy { $0 >= 500 })
      let offsets = standin.calls(of: "getUpdates").prefix(4).map { $0.parameters["offset"] }
      #expect(offsets == [nil, nil, nil, nil])
      task.cancel()
      await task.value
    }
  }

  @Test func `what cannot be read does not hold up the rest`() async throws {
    try await BotAPIStandin.with { standin in
      standin.push(["message": ["text": "no chat"]])
      standin.push(["hologram": [:]])
      let last = standin.push(BotAPIUpdate.text("fine", chat: 7))
      let polled = Polled()
      let task = Task { await poller(standin, polled).run() }
      #expect(await polled.accepted.first { _ in true }?.0.content == .text("fine"))
      try await standin.call(of: "getUpdates") { $0.parameters["offset"]?.integer == last + 1 }
      task.cancel()
      await task.value
    }
  }

  @Test(arguments: [
    ScriptedAnswer.conflict, .serverError, .closeBefore, .garbage,
    .tooManyRequests(retryAfterSeconds: 4),
    .refuse(status: 401, description: "Unauthorized", parameters: nil),
  ])
  func `a fault makes it wait and ask again`(_ answer: ScriptedAnswer) async throws {
    try await BotAPIStandin.with { standin in
      standin.script(answer, method: "getUpdates", times: 3)
      standin.script(answer, method: "deleteWebhook", times: 2)
      standin.push(BotAPIUpdate.text("at last", chat: 7))
      let polled = Polled()
      let waits = Waits()
      let task = Task { await poller(standin, polled, waits).run() }
      #expect(await polled.accepted.first { _ in true }?.0.content == .text("at last"))
      #expect(waits.delaysMs.count == 5)
      if case .refuse(status: 429, _, _) = answer { #expect(Set(waits.delaysMs) == [4_000]) }
      task.cancel()
      await task.value
      let lines = polled.memory.lines
      #expect(!lines.isEmpty)
      #expect(!lines.contains { $0.contains(BotAPIStandin.token) })
    }
  }

  @Test func `a cancelled poller ends while Telegram is still silent`() async throws {
    try await BotAPIStandin.with { standin in
      standin.script(.hang, method: "getUpdates")
      let task = Task { await poller(standin, Polled()).run() }
      try await standin.call(of: "getUpdates")
      task.cancel()
      await task.value
      #expect(standin.calls(of: "getUpdates").count == 1)
    }
  }

  private struct DatabaseDown: Error {}

  private func poller(
    _ standin: BotAPIStandin, _ polled: Polled, _ waits: Waits = Waits()
  ) -> TelegramPoller {
    TelegramPoller(
      client: TestTelegram.client(standin.url), retry: waits.retry, logger: polled.memory.logger
    ) { polled.signal.yield(($0, $1)) }
  }

  private func poller(
    _ standin: BotAPIStandin, _ waits: Waits = Waits(),
    _ accept: @escaping @Sendable (Inbound, [UInt8]) async throws -> Void
  ) -> TelegramPoller {
    TelegramPoller(
      client: TestTelegram.client(standin.url), retry: waits.retry, logger: Logger(label: "test"),
      accept: accept)
  }
}

/// What a poller accepted, as it happens.
struct Polled: Sendable {
  let accepted: AsyncStream<(Inbound, [UInt8])>
  let signal: AsyncStream<(Inbound, [UInt8])>.Continuation
  let memory = LogMemory()

  init() { (accepted, signal) = AsyncStream.makeStream() }
}

/// Waits that take no time, written down.
final class Waits: Sendable {
  private let kept = Mutex<[Int64]>([])

  var delaysMs: [Int64] { kept.withLock { $0 } }

  var retry: TelegramRetry {
    TelegramRetry(seed: 3) { delayMs in
      try Task.checkCancellation()
      self.kept.withLock { $0.append(delayMs) }
    }
  }
}
