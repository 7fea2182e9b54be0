import Hummingbird
import Logging
import NIOCore

/// Plays the Cloud API on loopback: answers like it, remembers every call, holds every request
/// against the published specification, and fails when a test tells it to.
package final class WhatsAppAPIStandin: Sendable {
  package static let accessToken = "EAAStandin0access0token"
  package static let phoneNumberID = "106540352242922"
  private static let waitMsByDefault: Int64 = 20_000

  package struct NoSuchCall: Error, CustomStringConvertible {
    package let description: String
  }

  let ledger: WhatsAppAPILedger
  private let channel: any Channel
  private let server: Task<Void, any Error>

  package static func start(isValidating: Bool = true) async throws -> WhatsAppAPIStandin {
    let ledger = WhatsAppAPILedger(specification: isValidating ? try .located() : nil)
    let (channels, started) = AsyncThrowingStream<any Channel, any Error>.makeStream()
    var logger = Logger(label: "whatsapp-standin")
    logger.logLevel = .critical
    let application = Application(
      responder: WhatsAppAPIResponder(ledger: ledger),
      configuration: .init(address: .hostname("127.0.0.1", port: 0)),
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
      return WhatsAppAPIStandin(ledger: ledger, channel: channel, server: server)
    }
    throw NoSuchCall(description: "the stand-in ended before it had started")
  }

  /// Runs a body against a stand-in that is gone afterwards.
  package static func with<Value>(
    isValidating: Bool = true, _ body: (WhatsAppAPIStandin) async throws -> Value
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

  private init(
    ledger: WhatsAppAPILedger, channel: any Channel, server: Task<Void, any Error>
  ) {
    self.ledger = ledger
    self.channel = channel
    self.server = server
  }

  /// The base to which a client adds `/v23.0/…`.
  package var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  package func stop() async {
    server.cancel()
    _ = await server.result
  }

  // MARK: What happened

  /// All calls so far, in the order of arrival.
  package var calls: [WhatsAppCall] { ledger.calls }
  /// Where requests were not what the specification asks for; tests want none.
  package var violations: [String] { ledger.violations }

  package func calls(_ kind: WhatsAppCall.Kind) -> [WhatsAppCall] {
    calls.filter { $0.kind == kind }
  }

  /// The n-th call that matches, past ones included, as soon as it has arrived.
  @discardableResult
  package func call(
    _ number: Int = 1, of kind: WhatsAppCall.Kind = .message,
    withinMs: Int64 = waitMsByDefault,
    where matches: @escaping @Sendable (WhatsAppCall) -> Bool = { _ in true }
  ) async throws -> WhatsAppCall {
    let ledger = ledger
    return try await ledger.call(number) {
      $0.kind == kind && matches($0)
    } expiring: { expire in
      channel.eventLoop.scheduleTask(in: .milliseconds(withinMs)) {
        expire("no call \(number) of \(kind) within \(withinMs) ms")
      }
    }
  }

  // MARK: What shall happen

  /// Treats the next calls in a way of the test's choice.
  package func script(
    _ fault: WhatsAppFault, kind: WhatsAppCall.Kind? = .message, recipient: String? = nil,
    times: Int = 1
  ) {
    ledger.script(fault, kind: kind, recipient: recipient, times: times)
  }

  package func removeScripts() { ledger.removeScripts() }

  /// A file that people have sent and the business can fetch.
  package func store(_ file: WhatsAppStoredFile, id: String) { ledger.store(file, id: id) }

  /// What was uploaded has lain there for a month.
  package func forgetUploads() { ledger.forgetUploads() }
}
