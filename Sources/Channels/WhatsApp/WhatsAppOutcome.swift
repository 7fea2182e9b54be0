import Conversation
import Transport

/// What the sender is told of an answer.
enum WhatsAppOutcome {
  private static let busyHoldMs: Int64 = 5_000

  static func of(_ answer: WhatsAppAnswer) -> SendOutcome {
    switch answer {
    case .accepted(let result):
      .accepted(providerID: result["messages"]?.items.first?["id"]?.string)
    case .refused(let refusal): of(refusal)
    case .unreadable(let status): ofUnreadable(status)
    case .unanswered(.circuitOpen(_, let waitMs)): .holdChannel(delayMs: Int64(waitMs))
    case .unanswered(let failure):
      failure.mayHaveReachedPeer ? .unknown(reason: "\(failure)") : .failed(reason: "\(failure)")
    }
  }

  static func of(_ refusal: WhatsAppRefusal) -> SendOutcome {
    let reason = refusal.error.reason
    switch refusal.error.meaning {
    case .alarm: return .holdChannel(delayMs: WhatsAppError.alarmHoldMs)
    case .numberTooFast(let delayMs):
      return .holdChannel(delayMs: refusal.retryAfterMs ?? delayMs)
    case .pairTooFast: return .holdChat(delayMs: refusal.retryAfterMs ?? WhatsAppError.pairHoldMs)
    case .windowClosed: return .windowClosed(reason: reason)
    case .unreachable: return .unreachablePerson(reason: reason)
    case .passing: return .failed(reason: reason)
    case .file, .final: return .refused(reason: reason)
    case .unknown: return ofUnknownCode(refusal, reason)
    }
  }

  private static func ofUnknownCode(_ refusal: WhatsAppRefusal, _ reason: String) -> SendOutcome {
    if refusal.isTransient { return .failed(reason: reason) }
    return switch refusal.status {
    case 401: .holdChannel(delayMs: WhatsAppError.alarmHoldMs)
    case 429: .holdChannel(delayMs: refusal.retryAfterMs ?? busyHoldMs)
    case 408, 409, 500...: .failed(reason: reason)
    case _: .refused(reason: reason)
    }
  }

  private static func ofUnreadable(_ status: Int) -> SendOutcome {
    let reason = "unreadable answer with status \(status)"
    return switch status {
    case ..<400: .unknown(reason: reason)
    case 400, 413: .refused(reason: reason)
    case 401: .holdChannel(delayMs: WhatsAppError.alarmHoldMs)
    case 429: .holdChannel(delayMs: busyHoldMs)
    case _: .failed(reason: reason)
    }
  }
}
