/// What goes wrong in the simulated world.
package enum Fault: String, CaseIterable, Sendable {
  // The way in.
  case webhookDelayed
  case webhookDropped
  case webhookReordered
  case webhookRepeated
  case acknowledgementLost
  // The store and the process.
  case storageFull
  case storageRolledBack
  case crashInTransaction
  case crashAfterCommit
  case crashBetweenSteps
  case flowThrows
  case clockForward
  case clockBackward
  // The way out.
  case chatHeld
  case channelHeld
  case sendFails
  case sendRefused
  case sendTimesOutBefore
  case sendTimesOutAfter
  case sendHangs
  case providerOutage
  case personBlocks
  case windowClosed
  // What is reported later.
  case reportEarly
  case reportReordered
  case reportRepeated
  case windowClosedLate
  case pairLimited
  case messageFailsLate
  case personGoneLate
  // SMS.
  case smsTryLater
  case smsCreditExhausted
  case smsReceptorInvalid
  case smsAnswerLost
  case smsFailsLate
  // Slow work.
  case jobRetried
  case jobSnoozed
  case jobCancelled
  case jobDiscarded
  case jobHangs
  // People.
  case staffTakesOver
}

/// How often each fault strikes, in millionths of the occasions it has.
package struct FaultPlan: Sendable {
  static let scale = 1_000_000

  private var rates: [Int]

  /// Nothing goes wrong.
  package static let none = FaultPlan(rates: Fault.allCases.map { _ in 0 })

  /// Everything goes wrong far more often than in life.
  package static let all = FaultPlan(rates: Fault.allCases.map(usualRate))

  /// The same plan with one fault left out.
  package func without(_ fault: Fault) -> FaultPlan {
    var plan = self
    for (index, other) in Fault.allCases.enumerated() where other == fault {
      plan.rates[index] = 0
    }
    return plan
  }

  /// One rate for each fault, in the order of its cases.
  var inOrder: [Int] { rates }

  private static func usualRate(_ fault: Fault) -> Int {
    switch fault {
    case .webhookDelayed, .webhookReordered, .webhookRepeated: 30_000
    case .webhookDropped, .acknowledgementLost: 15_000
    case .storageFull, .storageRolledBack: 3_000
    case .crashInTransaction, .crashAfterCommit, .crashBetweenSteps: 300
    case .flowThrows: 15_000
    case .clockForward, .clockBackward: 150
    case .chatHeld, .sendFails: 15_000
    case .channelHeld, .sendHangs: 1_500
    case .sendRefused, .sendTimesOutBefore, .sendTimesOutAfter: 8_000
    case .providerOutage: 150
    case .personBlocks: 8_000
    case .windowClosed, .windowClosedLate, .pairLimited, .messageFailsLate: 8_000
    case .reportEarly, .reportReordered, .reportRepeated: 100_000
    case .personGoneLate, .smsReceptorInvalid: 4_000
    case .smsTryLater, .smsFailsLate: 15_000
    case .smsCreditExhausted: 3_000
    case .smsAnswerLost: 30_000
    case .jobRetried, .jobSnoozed: 100_000
    case .jobCancelled, .jobDiscarded, .jobHangs: 50_000
    case .staffTakesOver: 3_000
    }
  }
}
