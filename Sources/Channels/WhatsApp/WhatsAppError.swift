import Conversation

/// An error of WhatsApp's, in an answer or in a status. Its code alone decides: titles and HTTP
/// statuses are not part of any promise.
struct WhatsAppError: Sendable, Equatable {
  /// What a code means for what comes next.
  enum Meaning: Sendable, Equatable {
    /// The account, its token or its rights are at fault: somebody has to look. Nothing is lost
    /// meanwhile.
    case alarm
    /// The number as a whole sends too fast.
    case numberTooFast(delayMs: Int64)
    /// This person is sent too much at once.
    case pairTooFast
    case windowClosed
    case unreachable
    /// A file that was uploaded is gone or was not understood.
    case file
    case passing
    case final
    /// A code this table does not hold.
    case unknown
  }

  static let alarmHoldMs: Int64 = 60_000
  static let pairHoldMs: Int64 = 6_000
  private static let throughputHoldMs: Int64 = 2_000
  private static let rateHoldMs: Int64 = 60_000
  /// For a failure that is told later: the message goes out again after this.
  private static let passingDelayMs: Int64 = 60_000
  /// Stands for a code that is missing.
  private static let missingCode = -1

  let code: Int

  /// The code of an error object.
  static func code(_ error: JSONElement) -> Int {
    error["code"]?.integer.flatMap(Int.init(exactly:)) ?? missingCode
  }

  var meaning: Meaning {
    switch code {
    case 0, 3, 10, 190, 200...299, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131057:
      .alarm
    case 4, 80007, 133016: .numberTooFast(delayMs: Self.rateHoldMs)
    case 130429: .numberTooFast(delayMs: Self.throughputHoldMs)
    case 131056: .pairTooFast
    case 131047: .windowClosed
    case 131026: .unreachable
    case 131052, 131053: .file
    case 1, 2, 131000, 131016, 131048, 135000: .passing
    case 100, 33, 130472, 130497, 131008, 131009, 131021, 131030, 131049, 131050, 131051, 131062,
      131063, 131064, 132000...132069, 137000:
      .final
    case _: .unknown
    }
  }

  /// For logs and the console: our words, for theirs may quote a person's.
  var reason: String {
    guard code != Self.missingCode else { return "without a code" }
    let words: String? =
      switch code {
      case 0, 190: "the access token is not accepted"
      case 368, 131031: "the account is restricted"
      case 100, 131008, 131009: "a parameter is wrong"
      case 130497: "not allowed for this country"
      case 131026: "undeliverable"
      case 131030: "not on the list of test numbers"
      case 131042, 131044: "the account's payment method failed"
      case 131047: "more than 24 hours since the person wrote"
      case 131048: "restricted for spam"
      case 131049: "held back for the person's sake"
      case 131050: "the person stopped marketing messages"
      case 131052, 131053: "the file could not be taken"
      case 131056: "too many messages to this person"
      case 131062: "this kind needs a phone number"
      case 132000...132069: "the template cannot be used"
      case _: nil
      }
    return words.map { "\(code) \($0)" } ?? "\(code)"
  }

  /// What a failure that was told later means.
  var reportedFailure: DeliveryReport.Failure {
    switch meaning {
    case .windowClosed: .windowClosed
    case .unreachable: .unreachable
    case .pairTooFast: .passing(delayMs: Self.pairHoldMs)
    case .numberTooFast(let delayMs): .passing(delayMs: delayMs)
    case .alarm, .passing: .passing(delayMs: Self.passingDelayMs)
    // A file that was refused once is refused again; an unknown code promises nothing.
    case .file, .final, .unknown: .final
    }
  }
}
