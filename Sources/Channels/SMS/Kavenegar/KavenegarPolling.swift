package import Conversation
package import Logging
package import Storage
import Synchronization
import Transport

/// Fetches from Kavenegar what its pushes may have missed: messages, and the ends of ours.
package struct KavenegarPolling: Sendable {
  /// What one answer holds at most; when it does there may be more.
  static let pageMax = 100
  static let statusesMax = 500
  /// How far back messages are taken that were marked as read without our having them.
  private static let recoveredAgeSecondsMax: Int64 = 86_400

  /// How a round ended.
  package enum Round: Sendable, Equatable {
    case done
    /// There is more to fetch now.
    case hasMore
    case failed
  }

  private let client: KavenegarClient
  private let line: String?
  private let database: Database
  private let time: TimeSource
  private let logger: Logger
  private let accept: @Sendable (Inbound, _ raw: [UInt8]) async throws -> Void
  private let report: @Sendable ([DeliveryReport]) async throws -> Void
  private let recovery = Recovery()

  /// To fetch marks messages as read. When what was fetched could not be stored, or the process
  /// ended meanwhile, they have to be fetched again as read ones.
  private final class Recovery: Sendable {
    private let isDue = Mutex(true)

    func take() -> Bool {
      isDue.withLock { isDue in
        defer { isDue = false }
        return isDue
      }
    }

    func ask() { isDue.withLock { $0 = true } }
  }

  /// - Parameters:
  ///   - line: the one whose messages are fetched; nil when there is none.
  ///   - accept: makes a message durable.
  package init(
    client: KavenegarClient, line: String?, database: Database, time: TimeSource, logger: Logger,
    accept: @escaping @Sendable (Inbound, _ raw: [UInt8]) async throws -> Void,
    report: @escaping @Sendable ([DeliveryReport]) async throws -> Void
  ) {
    self.client = client
    self.line = line
    self.database = database
    self.time = time
    self.logger = logger
    self.accept = accept
    self.report = report
  }

  package func fetchMessages() async -> Round {
    guard let line else { return .done }
    if recovery.take() {
      guard await fetch(line, areRead: true) != .failed else {
        recovery.ask()
        return .failed
      }
    }
    return await fetch(line, areRead: false)
  }

  private func fetch(_ line: String, areRead: Bool) async -> Round {
    var form = FormWriter()
    form.add("linenumber", line)
    form.add("isread", areRead ? "1" : "0")
    let answer = await client.call("sms/receive", form)
    guard let entries = entries(of: answer, onLoss: areRead ? {} : ask) else { return .failed }
    let earliest = time.now().milliseconds / 1_000 - Self.recoveredAgeSecondsMax
    for entry in entries.items {
      guard let (decoded, sentAt) = KavenegarInbound.decode(entry) else {
        logger.warning("a message of Kavenegar's could not be read")
        continue
      }
      guard case .inbound(let inbound) = decoded, !areRead || sentAt >= earliest else { continue }
      do {
        try await accept(inbound, entry.rawBytes)
      } catch {
        logger.error(
          "an SMS cannot be stored; it is fetched again",
          metadata: ["fault": .string("\(type(of: error))")])
        recovery.ask()
        return .failed
      }
    }
    return !areRead && entries.items.count >= Self.pageMax ? .hasMore : .done
  }

  /// Asks what became of messages whose end is not known.
  package func fetchStatuses() async -> Round {
    do {
      let now = time.now()
      let checks = try await database.read {
        try SMSLedger.due(by: .kavenegar, at: now, limit: Self.statusesMax, in: $0)
      }
      guard !checks.isEmpty else { return .done }
      var form = FormWriter()
      form.add("messageid", checks.map(\.providerID).joined(separator: ","))
      let answer = await client.call("sms/status", form)
      guard let entries = entries(of: answer, onLoss: {}) else { return .failed }
      try await take(entries, checks, at: now)
      return checks.count == Self.statusesMax ? .hasMore : .done
    } catch {
      logger.error(
        "statuses cannot be stored; they are fetched again",
        metadata: ["fault": .string("\(type(of: error))")])
      return .failed
    }
  }

  private func take(
    _ entries: JSONElement, _ checks: [SMSLedger.Check], at now: Timestamp
  ) async throws {
    var reports: [DeliveryReport] = []
    var final: Set<String> = []
    for entry in entries.items {
      guard let id = KavenegarOutcome.id(of: entry), let status = entry["status"]?.integer
      else { continue }
      let code = Int(clamping: status)
      if KavenegarInbound.isFinal(code) { final.insert(id) }
      if case .report(let report, _) = KavenegarInbound.report(id, code: code, at: now) {
        reports.append(report)
      }
    }
    if !reports.isEmpty { try await report(reports) }
    // Only then: reported twice does no harm, not at all would.
    try await database.write { [final] transaction in
      for check in checks {
        final.contains(check.providerID)
          ? try SMSLedger.end(check.providerID, by: .kavenegar, in: transaction)
          : try SMSLedger.postpone(check, at: now, in: transaction)
      }
    }
  }

  private func ask() { recovery.ask() }

  /// - Parameter onLoss: called when it was carried out, perhaps, and we have nothing of it.
  private func entries(
    of answer: KavenegarAnswer, onLoss: () -> Void
  ) -> JSONElement? {
    switch answer {
    case .accepted(let entries): return entries
    case .refused(let code):
      logger.warning("Kavenegar refused a question", metadata: ["code": "\(code)"])
    case .unreadable(let status):
      onLoss()
      logger.warning("Kavenegar gave an unreadable answer", metadata: ["status": "\(status)"])
    case .unanswered(let failure):
      if failure.mayHaveReachedPeer { onLoss() }
      logger.warning("Kavenegar did not answer", metadata: ["reason": .string("\(failure)")])
    }
    return nil
  }
}
