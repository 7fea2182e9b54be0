/// Holds the store, the sender's ledger and the provider's record against each other. It is a pure
/// function of them, so that its own eyes can be tested.
package struct CrashAudit: Sendable {
  /// What the audit found and counted.
  package struct Findings: Sendable, Equatable {
    package var violations: [String] = []
    package var turns = 0
    package var answered = 0
    /// Taken twice by the provider because the process died while sending.
    package var duplicatesOfKills = 0
    package var duplicatesByKill: [Int: Int] = [:]
    /// Taken twice because the provider hung up after taking.
    package var duplicatesOfHangUps = 0

    package var duplicatesPerKillMax: Int { duplicatesByKill.values.max() ?? 0 }
  }

  /// As many sends may be under way at once for Telegram; no kill can double more.
  package static let inFlightMax = 16
  private static let violationsMax = 50
  private static let sentStates: Set<String> = ["sent", "delivered", "read"]

  let snapshot: CrashSnapshot
  let ledger: CrashLedger.Record
  let provider: CrashSinkRecord
  /// What was on its way at each kill.
  let kills: [Set<CrashSnapshot.Flight>]

  package init(
    snapshot: CrashSnapshot, ledger: CrashLedger.Record, provider: CrashSinkRecord,
    kills: [Set<CrashSnapshot.Flight>]
  ) {
    self.snapshot = snapshot
    self.ledger = ledger
    self.provider = provider
    self.kills = kills
  }

  package func run() -> Findings {
    var findings = Findings()
    let calls = Dictionary(grouping: provider.calls, by: \.chat)
    checkKeys(&findings)
    for (id, conversation) in snapshot.conversations.sorted(by: { $0.key < $1.key }) {
      checkPositions(id, conversation, &findings)
      let deliveries = (snapshot.deliveries[id] ?? []).filter(\.isMessage)
      let isCalled = conversation.channel == CrashSender.Channel.telegram.rawValue
      // What the page shows is there once it is stored; Telegram has to have taken it.
      let passage = CrashPassage(
        conversation: id, deliveries: deliveries,
        calls: isCalled ? calls[conversation.externalID] ?? [] : [], kills: kills)
      if isCalled { findings.add(passage.check()) }
      checkAnswers(
        id, deliveries, arrived: isCalled ? passage.arrivedPositions : nil, &findings)
    }
    checkProvider(calls, &findings)
    if findings.violations.count > Self.violationsMax {
      let more = findings.violations.count - Self.violationsMax
      findings.violations = findings.violations.prefix(Self.violationsMax) + ["… and \(more) more"]
    }
    return findings
  }

  /// Every acknowledged message is there exactly once, and nothing that nobody sent.
  private func checkKeys(_ findings: inout Findings) {
    var counts: [CrashLedger.Key: Int] = [:]
    for inbound in snapshot.inbounds.values.joined() { counts[inbound.key, default: 0] += 1 }
    findings.turns = counts.values.reduce(0, +)
    for key in ledger.acknowledged where counts[key] == nil {
      findings.violations.append("lost although acknowledged: \(key)")
    }
    for key in ledger.sent.subtracting(ledger.acknowledged) {
      findings.violations.append("never acknowledged: \(key)")
    }
    for (key, count) in counts {
      if count > 1 { findings.violations.append("stored \(count) times: \(key)") }
      if !ledger.sent.contains(key) { findings.violations.append("sent by nobody: \(key)") }
    }
    if snapshot.webhookLogCount != findings.turns {
      findings.violations.append(
        "\(findings.turns) messages but \(snapshot.webhookLogCount) turns in the webhook log")
    }
  }

  /// Messages of both directions are numbered 1, 2, 3, … without a gap.
  private func checkPositions(
    _ id: String, _ conversation: CrashSnapshot.Conversation, _ findings: inout Findings
  ) {
    let positions =
      (snapshot.inbounds[id] ?? []).map(\.position)
      + (snapshot.deliveries[id] ?? []).map(\.position)
    if !positions.sorted().elementsEqual(1..<(conversation.position + 1)) {
      findings.violations.append("the positions of conversation \(id) have gaps or repeats")
    }
  }

  /// Every message has an answer of its own turn, it went out, and no turn spoke twice.
  private func checkAnswers(
    _ id: String, _ deliveries: [CrashSnapshot.Delivery], arrived: Set<Int>?,
    _ findings: inout Findings
  ) {
    let inbounds = snapshot.inbounds[id] ?? []
    for (index, inbound) in inbounds.enumerated() {
      if inbound.state != "handled" {
        findings.violations.append("the turn of \(inbound.key) is \(inbound.state)")
      }
      let end = index + 1 < inbounds.count ? inbounds[index + 1].position : Int.max
      let answers = deliveries.filter { inbound.position < $0.position && $0.position < end }
      if answers.contains(where: { $0.createdAt != inbound.receivedAt }) {
        findings.violations.append("something was said outside the turn of \(inbound.key)")
      }
      let isAnswered = answers.contains { answer in
        arrived?.contains(answer.position) ?? Self.sentStates.contains(answer.state)
      }
      if isAnswered {
        findings.answered += 1
      } else {
        let states = answers.map(\.state).joined(separator: ", ")
        findings.violations.append("not answered: \(inbound.key) (deliveries: \(states))")
      }
      for answer in answers where ["pending", "sending"].contains(answer.state) {
        findings.violations.append("not sent in time: answer \(answer.position) of \(inbound.key)")
      }
    }
  }

  private func checkProvider(
    _ calls: [String: [CrashSinkRecord.Call]], _ findings: inout Findings
  ) {
    let chats = Set(snapshot.conversations.values.map(\.externalID))
    for chat in calls.keys where !chats.contains(chat) {
      findings.violations.append("the provider was called for chat \(chat), which is not stored")
    }
    if provider.unreadable > 0 {
      findings.violations.append("\(provider.unreadable) calls could not be read")
    }
    let worst = findings.duplicatesPerKillMax
    if worst > Self.inFlightMax {
      findings.violations.append("one kill doubled \(worst) messages")
    }
  }
}
