package import Storage
import Synchronization

/// Until when nothing is sent by a provider, and what has to be put right for it. Forgotten with
/// the process: the first message after a start finds it out anew.
package final class SMSHolds: Sendable {
  private struct Hold {
    var until: Timestamp
    var alarm: SMSAlarm?
  }

  private let holds = Mutex<[SMSProvider: Hold]>([:])
  private let onAlarm: @Sendable (SMSProvider, SMSAlarm?) -> Void

  /// - Parameter onAlarm: called whenever what has to be put right about a provider changes.
  package init(onAlarm: @escaping @Sendable (SMSProvider, SMSAlarm?) -> Void) {
    self.onAlarm = onAlarm
  }

  package func alarm(of provider: SMSProvider) -> SMSAlarm? {
    holds.withLock { $0[provider]?.alarm }
  }

  package func remainingMs(of provider: SMSProvider, at now: Timestamp) -> Int64? {
    holds.withLock { holds in
      guard let until = holds[provider]?.until, until > now else { return nil }
      return until.milliseconds - now.milliseconds
    }
  }

  /// What the answer to a call says about the provider as a whole.
  package func note(_ outcome: SMSOutcome, by provider: SMSProvider, at now: Timestamp) {
    let (before, after) = holds.withLock { holds in
      let before = holds[provider]?.alarm
      switch outcome {
      case .hold(let delayMs, let alarm):
        let until = now.adding(milliseconds: delayMs)
        holds[provider] = Hold(
          until: max(until, holds[provider]?.until ?? until), alarm: alarm ?? before)
      case .accepted: holds[provider] = nil
      // A refusal of one message, or no answer at all, does not say that all is well.
      case .refused, .unreachable, .failed, .uncertain: break
      }
      return (before, holds[provider]?.alarm)
    }
    if before != after { onAlarm(provider, after) }
  }
}
