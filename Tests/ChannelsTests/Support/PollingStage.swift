import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Synchronization

/// Polling on a store of its own; what is accepted and reported is kept, or refused when told so.
final class PollingStage: Sendable {
  struct Refused: Error {}

  private struct State {
    var accepted: [Inbound] = []
    var reports: [DeliveryReport] = []
    var isRefusing = false
  }

  let clock = TestClock()
  let logs = LogMemory()
  let database: Database
  private let state = Mutex(State())
  private let standin: KavenegarStandin

  init(_ standin: KavenegarStandin) throws {
    self.standin = standin
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations + SMSLedger.migrations)
  }

  var accepted: [Inbound] { state.withLock(\.accepted) }
  var reports: [DeliveryReport] { state.withLock(\.reports) }

  func refuse(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

  /// A polling as a process has it from its start.
  var polling: KavenegarPolling {
    KavenegarPolling(
      client: TestSMS.client(standin), line: KavenegarStandin.line, database: database,
      time: clock.time, logger: logs.logger,
      accept: { inbound, _ in
        try self.state.withLock { state in
          if state.isRefusing { throw Refused() }
          state.accepted.append(inbound)
        }
      },
      report: { reports in
        try self.state.withLock { state in
          if state.isRefusing { throw Refused() }
          state.reports += reports
        }
      })
  }

  /// Messages that have gone out under these ids of Kavenegar's.
  func send(ids: [Int64]) async throws {
    let checkAt = clock.now.adding(milliseconds: 60_000)
    let now = clock.now
    try await database.write { transaction in
      for id in ids {
        try transaction.execute(
          """
          INSERT INTO sms_calls (key, provider, provider_id, is_bulk, is_uncertain, first_at,
            started_at, check_at)
          VALUES (\(id), 'kavenegar', \(String(id)), 0, 0, \(now), \(now), \(checkAt))
          """)
      }
    }
  }
}
