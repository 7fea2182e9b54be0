package import Conversation
import Storage
import Transport

/// Who carries our messages.
package enum SMSProvider: String, Sendable, CaseIterable {
  case kavenegar
  case twilio
}

/// What has to be put right by people; sending by that provider waits until it is.
package enum SMSAlarm: String, Sendable, Equatable {
  case creditExhausted = "credit_exhausted"
  /// A key, a sender's line or the account is not accepted.
  case misconfigured
}

/// How a provider answered a message, or a batch of them.
package enum SMSOutcome: Sendable, Equatable {
  case accepted(providerID: String)
  /// The provider asks for patience; nothing was sent.
  case hold(delayMs: Int64, alarm: SMSAlarm?)
  case refused(reason: String)
  case unreachable(reason: String)
  /// Nothing was sent.
  case failed(reason: String)
  /// It may have been sent, and can be found out before it is sent again.
  case uncertain(reason: String)

  /// For how long nothing is tried while people have to act.
  static let alarmHoldMs: Int64 = 300_000
  static let busyHoldMs: Int64 = 60_000

  package static let creditExhausted = SMSOutcome.hold(
    delayMs: alarmHoldMs, alarm: .creditExhausted)
  static let misconfigured = SMSOutcome.hold(delayMs: alarmHoldMs, alarm: .misconfigured)

  static func unanswered(_ failure: HTTPFailure) -> SMSOutcome {
    if case .circuitOpen(_, let waitMs) = failure {
      return .hold(delayMs: Int64(waitMs), alarm: nil)
    }
    return failure.mayHaveReachedPeer
      ? .uncertain(reason: "\(failure)") : .failed(reason: "\(failure)")
  }
}

/// One SMS as it goes out.
struct SMSMessage: Sendable {
  let to: PhoneNumber
  let text: String
  /// Ours, the same over every attempt, and nobody else's.
  let key: SMSKey
}

/// The number under which we know a message: Kavenegar's `localid`.
package struct SMSKey: Hashable, Sendable {
  package let number: Int64

  package init(number: Int64) { self.number = number }

  /// Derived, so that another attempt has the same one without asking anybody.
  package init(_ parts: String...) {
    let digest = SHA256.digest(Array(parts.joined(separator: "/").utf8))
    // Below 2^53: a provider may count in doubles.
    let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } >> 11
    self.number = Int64(number)
  }

  package init(of delivery: Delivery) {
    self.init(delivery.conversation.text, String(delivery.position))
  }

  package var text: String { String(number) }
}

/// One of the two behind the channel.
protocol SMSCarrier: Sendable {
  var provider: SMSProvider { get }
  /// Whether the ends of messages have to be asked for.
  var asksForStatus: Bool { get }
  /// How many messages one batch of a bulk may hold.
  var batchMax: Int { get }

  func send(_ message: SMSMessage, _ attempt: SMSLedger.Attempt) async -> SMSOutcome

  /// The same text to many; an outcome for each message, in their order.
  func sendBatch(
    _ messages: [(message: SMSMessage, attempt: SMSLedger.Attempt)]
  ) async -> [SMSOutcome]
}
