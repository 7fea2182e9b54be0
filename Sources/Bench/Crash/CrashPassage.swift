/// How the messages of one chat came through: which call of the provider carried which delivery,
/// in which order, and why some were made twice.
struct CrashPassage: Sendable {
  let conversation: String
  /// In the order the provider took them.
  private let calls: [CrashSinkRecord.Call]
  /// The position of the delivery that a call's message id is kept with.
  private let claims: [Int: Int]
  private let unknownPositions: [Int]
  /// For each kill, what of this conversation was on its way: one message at most.
  private let flights: [Int: Int]

  private enum Cause {
    case claimed
    case killed(Int)
    case hungUp
    case none
  }

  private struct Attempt {
    let position: Int
    let cause: Cause
  }

  struct Findings {
    var violations: [String] = []
    var duplicatesOfHangUps = 0
    /// For each kill, how many messages it doubled.
    var duplicatesOfKills: [Int: Int] = [:]
  }

  /// The deliveries are messages only, by position.
  init(
    conversation: String, deliveries: [CrashSnapshot.Delivery], calls: [CrashSinkRecord.Call],
    kills: [Set<CrashSnapshot.Flight>]
  ) {
    self.conversation = conversation
    self.calls = calls
    claims = Dictionary(
      deliveries.compactMap { delivery in
        delivery.providerID.flatMap { Int($0) }.map { ($0, delivery.position) }
      }, uniquingKeysWith: { first, _ in first })
    unknownPositions = deliveries.filter { $0.state == "unknown" }.map(\.position)
    var flights: [Int: Int] = [:]
    for (kill, all) in kills.enumerated() {
      flights[kill] = all.first { $0.conversation == conversation }?.position
    }
    self.flights = flights
  }

  /// The positions of the messages that the provider has taken.
  var arrivedPositions: Set<Int> { Set(attempts().map(\.position)) }

  func check() -> Findings {
    var findings = Findings()
    let claimed = Set(claims.values)
    var last = (position: 0, isClaimed: false)
    for attempt in attempts() {
      let isRepeat = attempt.position == last.position
      if attempt.position < last.position || (isRepeat && last.isClaimed) {
        findings.violations.append("out of order: message \(attempt.position), \(conversation)")
      }
      let isDoubled = isRepeat || claimed.contains(attempt.position)
      last = (attempt.position, false)
      switch attempt.cause {
      case .claimed: last.isClaimed = true
      case .killed(let kill):
        if isDoubled { findings.duplicatesOfKills[kill, default: 0] += 1 }
      case .hungUp:
        if isDoubled { findings.duplicatesOfHangUps += 1 }
      case .none:
        findings.violations.append(
          "sent without cause before message \(attempt.position), \(conversation)")
      }
    }
    return findings
  }

  /// What each call was a try of. One that no delivery claims was under way when its process was
  /// killed, each kill cutting off one call of a chat, or it was hung up on.
  private func attempts() -> [Attempt] {
    var flights = flights
    var last = 0
    return calls.enumerated().map { index, call in
      if let position = claims[call.messageID] {
        last = position
        return Attempt(position: position, cause: .claimed)
      }
      if !call.answerIsLost, let position = flights.removeValue(forKey: call.life) {
        last = position
        return Attempt(position: position, cause: .killed(call.life))
      }
      let next = calls[(index + 1)...].lazy.compactMap { claims[$0.messageID] }.first ?? Int.max
      let unknown = unknownPositions.first { last <= $0 && $0 < next }
      return Attempt(position: unknown ?? next, cause: call.answerIsLost ? .hungUp : .none)
    }
  }
}

extension CrashAudit.Findings {
  mutating func add(_ passage: CrashPassage.Findings) {
    violations += passage.violations
    duplicatesOfHangUps += passage.duplicatesOfHangUps
    duplicatesOfKills += passage.duplicatesOfKills.values.reduce(0, +)
    for (kill, count) in passage.duplicatesOfKills {
      duplicatesByKill[kill, default: 0] += count
    }
  }
}
