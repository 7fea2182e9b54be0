import Conversation
import Foundation
import Storage

/// Sends by Twilio. It knows no idempotency key: what may have gone out is looked for before it is
/// sent again.
struct TwilioCarrier: SMSCarrier {
  /// How many of the newest messages to a number are searched for one that may have gone out.
  private static let pageSize = 50
  /// Their clock and ours.
  private static let clockSlackMs: Int64 = 120_000
  static let keyField = "key"

  let client: TwilioClient
  /// A number of ours, or the id of a messaging service (`MG…`).
  let sender: String
  /// Where statuses are to be sent; nil when the world cannot reach us.
  let statusURL: String?
  /// Whether an id belongs to another message of ours.
  let isTaken: @Sendable (_ id: String, _ otherThan: SMSKey) async throws -> Bool

  let provider = SMSProvider.twilio
  let asksForStatus = false
  let batchMax = 20

  func send(_ message: SMSMessage, _ attempt: SMSLedger.Attempt) async -> SMSOutcome {
    if attempt.mayHaveGoneOut {
      switch await find(message, since: attempt.firstAt) {
      case .found(let id): return .accepted(providerID: id)
      case .unclear(let reason): return .uncertain(reason: reason)
      case .notFound: break
      }
    }
    var form = FormWriter()
    form.add("To", message.to.e164)
    sender.hasPrefix("MG") ? form.add("MessagingServiceSid", sender) : form.add("From", sender)
    form.add("Body", message.text)
    if let statusURL {
      form.add("StatusCallback", "\(statusURL)?\(Self.keyField)=\(message.key.text)")
    }
    return TwilioOutcome.of(await client.create(form))
  }

  func sendBatch(
    _ messages: [(message: SMSMessage, attempt: SMSLedger.Attempt)]
  ) async -> [SMSOutcome] {
    var outcomes: [SMSOutcome] = []
    for (message, attempt) in messages {
      // When they ask to wait, the rest is not tried.
      if case .hold(let delayMs, let alarm)? = outcomes.last {
        outcomes.append(.hold(delayMs: delayMs, alarm: alarm))
      } else {
        outcomes.append(await send(message, attempt))
      }
    }
    return outcomes
  }

  private enum Search {
    case found(id: String)
    case notFound
    case unclear(reason: String)
  }

  private func find(_ message: SMSMessage, since: Timestamp) async -> Search {
    // Not by `DateSent`: what waits in their queue has none yet. The newest come first.
    var query = FormWriter()
    query.add("To", message.to.e164)
    if !sender.hasPrefix("MG") { query.add("From", sender) }
    query.add("PageSize", "\(Self.pageSize)")
    guard case .accepted(let answer) = await client.list(query),
      let found = answer["messages"], found.isArray
    else { return .unclear(reason: "it cannot be looked up whether it went out") }
    let earliest = since.adding(milliseconds: -Self.clockSlackMs)
    do {
      for item in found.items where Self.isSame(item, message, notBefore: earliest) {
        guard let id = item["sid"]?.string else { continue }
        if try await !isTaken(id, message.key) { return .found(id: id) }
      }
      return .notFound
    } catch {
      return .unclear(reason: "the store cannot tell what went out")
    }
  }

  private static func isSame(
    _ item: JSONElement, _ message: SMSMessage, notBefore earliest: Timestamp
  ) -> Bool {
    let hasFailed = ["failed", "undelivered", "canceled"].contains(item["status"]?.string ?? "")
    guard !hasFailed, item["direction"]?.string?.hasPrefix("outbound") == true,
      item["body"]?.string == message.text, let text = item["date_created"]?.string,
      let created = date(text)
    else { return false }
    return created >= earliest
  }

  /// `Thu, 30 Jul 2015 20:12:31 +0000`
  private static func date(_ text: String) -> Timestamp? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
    return formatter.date(from: text).map {
      Timestamp(milliseconds: Int64($0.timeIntervalSince1970) * 1_000)
    }
  }
}
