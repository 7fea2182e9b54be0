import Conversation
import Language
import Learning
import Speech
import Storage

/// The housekeeping job: forgets what is kept for a time only, and comes back every hour.
enum Maintenance {
  static let kind: JobKind = "maintenance"
  static let pauseMs: Int64 = 3_600_000
  /// Small bites, so that turns are not held up.
  static let rowsPerStep = 500
  static let stepsMax = 200

  static let request = JobRequest(kind, uniqueKey: kind.text)

  static func handler(_ database: Database, _ time: TimeSource) -> JobHandler {
    JobHandler(kind) { _ in
      do {
        for _ in 0..<stepsMax {
          let now = time.now()
          let count = try await database.write {
            try WebhookLog.prune(at: now, limit: rowsPerStep, in: $0)
              + DeliveryReports.prune(at: now, limit: rowsPerStep, in: $0)
              + MediaStore.prune(at: now, limit: rowsPerStep, in: $0)
              + ModelCallLog.prune(at: now, limit: rowsPerStep, in: $0)
              + ReceivedFiles.prune(at: now, limit: rowsPerStep, in: $0)
              + SpeechCache.prune(at: now, limit: rowsPerStep, in: $0)
              + WrongAnswers.prune(at: now, limit: rowsPerStep, in: $0)
          }
          if count < rowsPerStep { break }
        }
        try ResidentMemory.release()
        return .snooze(delayMs: pauseMs)
      } catch {
        return .retry(reason: "\(type(of: error))")
      }
    }
  }
}
