/// How the messages of one chat came through: which call of the provider carried which delivery,
/// in which order, and why some were made twice.
struct CrashPassage: Sendable {
  let conversation: String
  /// Messages only, by position.
  let deliveries: [CrashSnapshot.Delivery]
  /// In the order the provider took them.
  let calls: [CrashSinkRecord.Call]
  let kills: [Set<CrashSnapshot.Flight>]

  private let positions: [Int: Int]
  private let seenIDs: Set<String>
  /// Positions of deliveries the store calls unknown but the provider has taken.
  private let unconfirmed: Set<Int>

  struct Findings {
    var violations: [String] = []
    var duplicatesOfHangUps = 0
    /// For each kill, how many messages it doubled.
    var duplicatesOfKills: [Int: Int] = [:]
  }

  init(
    conversation: String, deliveries: [CrashSnapshot.Delivery], calls: [CrashSinkRecord.Call],
    kills: [Set<CrashSnapshot.Flight>]
  ) {
    self.conversation = conversation
    self.deliveries = deliveries
    self.calls = calls
    self.kills = kills
    positions = Dictionary(
      deliveries.compactMap { delivery in
        delivery.providerID.flatMap { Int($0) }.map { ($0, delivery.position) }
      }, uniquingKeysWith: { first, _ in first })
    seenIDs = Set(calls.map { String($0.messageID) })
    unconfirmed = Self.unconfirmed(deliveries, calls, positions)
  }

  func hasArrived(_ delivery: CrashSnapshot.Delivery) -> Bool {
    delivery.providerID.map(seenIDs.contains) ?? unconfirmed.contains(delivery.position)
  }

  func check() -> Findings {
    var findings = Findings()
    var last = 0
    for (index, call) in calls.enumerated() {
      if let position = positions[call.messageID] {
        if position <= last {
          findings.violations.append("out of order: message \(position) of \(conversation)")
        }
        last = max(last, position)
      } else {
        explain(call, repeatOf: original(of: call, at: index), &findings)
      }
    }
    return findings
  }

  /// The delivery that an unconfirmed call was a try of: the next one confirmed with the same
  /// words; or one of unknown outcome, which is no repeat of anything.
  private func original(of call: CrashSinkRecord.Call, at index: Int) -> Int? {
    let next = calls[(index + 1)...].first { positions[$0.messageID] != nil }
    guard let next, next.text == call.text else { return nil }
    return positions[next.messageID]
  }

  private func explain(
    _ call: CrashSinkRecord.Call, repeatOf position: Int?, _ findings: inout Findings
  ) {
    guard let position else {
      if unconfirmed.isEmpty {
        findings.violations.append("a message nobody planned went to \(conversation)")
      }
      return
    }
    let flight = CrashSnapshot.Flight(conversation: conversation, position: position)
    if call.answerIsLost {
      findings.duplicatesOfHangUps += 1
    } else if let kill = kills.lastIndex(where: { $0.contains(flight) }) {
      findings.duplicatesOfKills[kill, default: 0] += 1
    } else {
      findings.violations.append("sent twice without cause: message \(position), \(conversation)")
    }
  }

  /// Matches calls that no delivery claims with deliveries of unknown outcome, by their place
  /// between the confirmed ones.
  private static func unconfirmed(
    _ deliveries: [CrashSnapshot.Delivery], _ calls: [CrashSinkRecord.Call],
    _ positions: [Int: Int]
  ) -> Set<Int> {
    let unknown = deliveries.filter { $0.state == "unknown" }
    guard !unknown.isEmpty else { return [] }
    var matched: Set<Int> = []
    var last = 0
    for (index, call) in calls.enumerated() {
      if let position = positions[call.messageID] {
        last = position
        continue
      }
      let next =
        calls[(index + 1)...].lazy.compactMap { positions[$0.messageID] }.first ?? Int.max
      if let candidate = unknown.first(where: {
        last < $0.position && $0.position < next && !matched.contains($0.position)
      }) {
        matched.insert(candidate.position)
      }
    }
    return matched
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
