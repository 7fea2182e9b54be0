import Conversation
import Transport

/// What the sender is told of an answer.
enum TelegramOutcome {
  /// How long nothing is sent after the API did not know our token. Nothing is lost: somebody
  /// puts the token right, and it goes on.
  static let badTokenHoldMs: Int64 = 60_000

  static func of(_ answer: TelegramAnswer) -> SendOutcome {
    switch answer {
    case .accepted(let result):
      .accepted(providerID: result["message_id"]?.integer.map(String.init))
    case .refused(let refusal): of(refusal)
    case .unreadable(let status): ofUnreadable(status)
    case .unanswered(.circuitOpen(_, let waitMs)): .holdChannel(delayMs: Int64(waitMs))
    case .unanswered(let failure):
      failure.mayHaveReachedPeer ? .unknown(reason: "\(failure)") : .failed(reason: "\(failure)")
    }
  }

  private static func of(_ refusal: TelegramRefusal) -> SendOutcome {
    switch (refusal.code, refusal.cause) {
    case (400, .notModified), (400, .queryTooOld): .accepted(providerID: nil)
    case (401, _), (404, _): .holdChannel(delayMs: badTokenHoldMs)
    case (403, _): .unreachablePerson(reason: refusal.reason)
    case (429, _): .holdChat(delayMs: refusal.retryAfterMs)
    // A conflict, a timeout on their side, a fault on their side.
    case (408, _), (409, _), (500..., _): .failed(reason: refusal.reason)
    case _: .refused(reason: refusal.reason)
    }
  }

  private static func ofUnreadable(_ status: Int) -> SendOutcome {
    let reason = "unreadable answer with status \(status)"
    return switch status {
    case ..<400: .unknown(reason: reason)
    case 400, 413: .refused(reason: reason)
    case 429: .holdChat(delayMs: TelegramRefusal.retryAfterMsDefault)
    case _: .failed(reason: reason)
    }
  }
}
