import Channels
import Conversation
import Storage

/// What is done for SMS in the background, as durable jobs.
enum SMSJobs {
  /// Rounds of questions to Kavenegar: how long between them, and after one that failed.
  static let pollPauseMs: Int64 = 10_000
  static let faultPauseMs: Int64 = 60_000
  /// Between pages when there is more.
  static let pagePauseMs: Int64 = 1_000
  /// A batch of a bulk may be as many calls as it has numbers.
  static let bulkTimeLimitMs: Int64 = 900_000
  static let rowsForgottenMax = 1_000
  static let bulksForgottenMax = 2

  static let poll: JobKind = "sms-poll"
  static let bulk: JobKind = "sms-bulk"

  static let pollRequest = JobRequest(poll, uniqueKey: poll.text)

  static func bulkRequest(_ id: String) -> JobRequest {
    JobRequest(bulk, payload: "{\"id\":\(JSONText.quoted(id))}", uniqueKey: "\(bulk.text)/\(id)")
  }

  /// Never ends, so that it is there after every start.
  static func pollHandler(
    _ polling: KavenegarPolling?, _ database: Database, _ time: TimeSource
  ) -> JobHandler {
    JobHandler(poll) { _ in
      do {
        let now = time.now()
        try await database.write {
          _ = try SMSLedger.forget(at: now, limit: rowsForgottenMax, in: $0)
          try SMSBulk.forget(at: now, limit: bulksForgottenMax, in: $0)
        }
      } catch { return .snooze(delayMs: faultPauseMs) }
      guard let polling else { return .snooze(delayMs: faultPauseMs) }
      let rounds = [await polling.fetchMessages(), await polling.fetchStatuses()]
      if rounds.contains(.failed) { return .snooze(delayMs: faultPauseMs) }
      return .snooze(delayMs: rounds.contains(.hasMore) ? pagePauseMs : pollPauseMs)
    }
  }

  static func bulkHandler(_ work: SMSBulkWork) -> JobHandler {
    JobHandler(bulk, timeLimitMs: bulkTimeLimitMs) { job in
      guard let id = id(in: job.payload) else { return .discard(reason: "an order without an id") }
      do {
        switch try await work.step(id) {
        case .done: return .done(result: "{}")
        case .goOn(let afterMs): return .snooze(delayMs: afterMs)
        }
      } catch { return .snooze(delayMs: faultPauseMs) }
    }
  }

  private static func id(in payload: String) -> String? {
    do {
      return try JSONDocument(Array(payload.utf8)).root["id"]?.string
    } catch { return nil }
  }
}

extension SMSDoor {
  func jobHandlers(
    _ service: ConversationService, _ database: Database, _ time: TimeSource
  ) -> [JobHandler] {
    [
      SMSJobs.pollHandler(polling(service), database, time), SMSJobs.bulkHandler(bulkWork),
    ]
  }
}
