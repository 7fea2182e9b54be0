import Conversation

/// What follows from Twilio's codes.
enum TwilioOutcome {
  private static let tooManyHoldMs: Int64 = 10_000
  private static let retryLaterMs: Int64 = 600_000

  /// Of the answer to a message.
  static func of(_ answer: TwilioAnswer) -> SMSOutcome {
    switch answer {
    case .accepted(let message):
      message["sid"]?.string.map(SMSOutcome.accepted)
        ?? .uncertain(reason: "an answer without an id")
    case .refused(let status, let code): of(status, code)
    case .unreadable(let status): of(status, nil)
    case .unanswered(let failure): .unanswered(failure)
    }
  }

  private static func of(_ status: Int, _ code: Int?) -> SMSOutcome {
    let reason = code.map { "\($0)" } ?? "status \(status)"
    switch code {
    case 20429, 30001: return .hold(delayMs: tooManyHoldMs, alarm: nil)
    // They said stop to Twilio itself; the number is not one; it takes no SMS.
    case 21610, 21211, 21614: return .unreachable(reason: reason)
    // The keys, the account, the sender.
    case 20003, 20404, 21212, 21606, 21659, 21660, 21703, 30002, 30034: return .misconfigured
    case _: break
    }
    return switch status {
    case 401, 403, 404: .misconfigured
    case 429: .hold(delayMs: tooManyHoldMs, alarm: nil)
    // Turned away at the door; anything else of theirs, or in between, may have come after it.
    case 503: .failed(reason: reason)
    case 500..., ..<400: .uncertain(reason: reason)
    case _: .refused(reason: reason)
    }
  }

  /// Of a status that came later; nil when it says nothing we did not know.
  static func state(_ status: String, errorCode: Int?) -> DeliveryReport.State? {
    switch status {
    case "sent": .sent
    case "delivered", "partially_delivered": .delivered
    case "read": .read
    case "failed", "undelivered", "canceled":
      .failed(failure(errorCode), reason: errorCode.map { "\(status) \($0)" } ?? status)
    case _: nil
    }
  }

  private static func failure(_ code: Int?) -> DeliveryReport.Failure {
    switch code {
    case 30001, 30003, 63018: .passing(delayMs: retryLaterMs)
    case 21610, 21211, 21614, 30004, 30005, 30006, 63024: .unreachable
    case 63016: .windowClosed
    case _: .final
    }
  }
}
