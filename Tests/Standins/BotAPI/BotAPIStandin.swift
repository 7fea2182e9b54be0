import Hummingbird
import Logging
import NIOCore

/// Plays Telegram's Bot API on loopback: answers like it, remembers every call, holds every
/// request against the published specification, and fails when a test tells it to.
package final class BotAPIStandin: Sendable {
  package static let token = "123456:TEST-token_for-the-stand-in"
  private static let waitMsByDefault: Int64 = 20_000

  package struct NoSuchCall: Error, CustomStringConvertible {
    package let description: String
  }

  let ledger: BotAPILedger
  private let channel: any Channel
  private let server: Task<Void, any Error>

  /// Starts on a free port, or on a given one.
  package static func start(
    port: Int = 0, isValidating: Bool = true
  ) async throws -> BotAPIStandin {
    let ledger = BotAPILedger(specification: isValidating ? try .located() : nil)
    let (channels, started) = AsyncThrowingStream<any Channel, any Error>.makeStream()
    var logger = Logger(label: "bot-api-standin")
    logger.logLevel = .critical
    let application = Application(
      responder: BotAPIResponder(ledger: ledger),
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { started.yield($0) }, logger: logger)
    let server = Task {
      do {
        try await application.runService(gracefulShutdownSignals: [])
        started.finish()
      } catch {
        started.finish(throwing: error)
        throw error
      }
    }
    for try await channel in channels {
      return BotAPIStandin(ledger: ledger, channel: channel, server: server)
    }
    throw NoSuchCall(description: "the stand-in ended before it had started")
  }

  /// Runs a body against a stand-in that is gone afterwards.
  package static func with<Value>(
    isValidating: Bool = true, _ body: (BotAPIStandin) async throws -> Value
  ) async throws -> Value {
    let standin = try await start(isValidating: isValidating)
    do {
      let value = try await body(standin)
      await standin.stop()
      return value
    } catch {
      await standin.stop()
      throw error
    }
  }

  private init(ledger: BotAPILedger, channel: any Channel, server: Task<Void, any Error>) {
    self.ledger = ledger
    self.channel = channel
    self.server = server
  }

  package var port: Int { channel.localAddress?.port ?? 0 }

  /// The base to which a bot adds `/bot<token>/<method>`.
  package var url: String { "http://127.0.0.1:\(port)" }

  package func stop() async {
    ledger.stop()
    server.cancel()
    _ = await server.result
  }

  // MARK: What happened

  /// All calls so far, in the order of arrival.
  package var calls: [BotAPICall] { ledger.calls }

  package func calls(of method: String) -> [BotAPICall] {
    calls.filter { $0.method == method }
  }

  /// Where requests were not what the specification asks for; tests want none.
  package var violations: [BotAPIViolation] { ledger.violations }

  /// A chat as a person sees it now, edits applied.
  package func messages(in chat: Int64) -> [BotAPIMessage] {
    ledger.withWorld { $0.messages[chat] ?? [] }
  }

  package var webhookURL: String? { ledger.withWorld { $0.webhook?.url } }

  /// The n-th call that matches, past ones included, as soon as it has arrived.
  @discardableResult
  package func call(
    _ number: Int = 1, of method: String? = nil, withinMs: Int64 = waitMsByDefault,
    where matches: @escaping @Sendable (BotAPICall) -> Bool = { _ in true }
  ) async throws -> BotAPICall {
    let ledger = ledger
    let name = method ?? "any method"
    return try await ledger.call(number) { call in
      (method == nil || call.method == method) && matches(call)
    } expiring: { expire in
      channel.eventLoop.scheduleTask(in: .milliseconds(withinMs)) {
        expire("no call \(number) of \(name) within \(withinMs) ms; arrived: \(ledger.summary)")
      }
    }
  }

  // MARK: What shall happen

  /// Treats the next calls of a method and a chat (nil: of any) in a way of the test's choice.
  package func script(
    _ answer: ScriptedAnswer, method: String? = nil, chat: Int64? = nil, times: Int = 1
  ) {
    ledger.add(Script(method: method, chat: chat, remaining: times, answer: answer))
  }

  package func removeScripts() { ledger.removeScripts() }

  /// Lets everything that hangs go on as usual.
  package func releaseHung() { ledger.releaseHung() }

  /// Queues an update for getUpdates; one without an id is given the next. Returns its id.
  @discardableResult
  package func push(_ update: JSONValue) -> Int64 { ledger.push(update) }

  /// As if Telegram no longer knew the files the bot has sent.
  package func forgetSentFiles() {
    ledger.withWorld { $0.forgetSentFiles() }
  }

  /// A file that getFile finds and the bot can download.
  package func store(_ bytes: [UInt8], fileID: String) {
    ledger.withWorld { $0.store(bytes, fileID: fileID) }
  }
}
