import Channels
import Conversation
import Storage

/// What SMS providers have taken and what the process remembers of them.
struct SMSWorld {
  /// Small enough to be reached.
  static let window = SMSWindow(count: 60, milliseconds: 20_000)
  /// Credit is bought this long after it has run out.
  static let creditlessMs: ClosedRange<Int64> = 10_000...200_000
  static let busyMs: ClosedRange<Int64> = 1_000...15_000
  static let retryLaterMs: Int64 = 60_000

  struct Message {
    let key: SMSKey
    let provider: SMSProvider
    let person: Int
    let text: String
    let takenAtMs: Int64
    /// The provider has said so.
    var hasFailed = false
  }

  private(set) var holds = SMSHolds(onAlarm: { _, _ in })
  var messages: [String: Message] = [:]
  /// The ids of what was taken for somebody, in order.
  var idsOf: [Int: [String]] = [:]
  /// How often a phone got the message of a key.
  var receivedCounts: [SMSKey: Int] = [:]
  var firstTriedAtMs: [SMSKey: Int64] = [:]
  var creditlessUntilMs: Int64 = -1
  /// Until when a provider has asked the program to wait.
  var waits: [SMSProvider: (until: Timestamp, untilMs: Int64)] = [:]
  var takenAt: [Timestamp] = []

  /// The process has ended.
  mutating func forget() {
    holds = SMSHolds(onAlarm: { _, _ in })
    waits = [:]
  }
}

/// Two SMS providers: one knows a message again by our number of it and runs out of credit, the
/// other one can be asked what it has taken.
extension World {
  func provider(of number: Int) -> SMSProvider { number % 4 < 2 ? .kavenegar : .twilio }

  func reachSMSProvider(_ flying: FlyingCall) throws {
    guard isUp, flying.process == process else { return }
    let delivery = flying.call.delivery
    let endsAtMs =
      nowMs + (chance.strikes(.sendHangs) ? Outbox.leaseMs + 5_000 : chance.between(10, 400))
    func end(_ outcome: SendOutcome) { agenda.plan(.callEnds(flying, outcome), at: endsAtMs) }
    guard delivery.kind == .message else { return end(.accepted(providerID: nil)) }
    let provider = provider(of: flying.person)
    if let delayMs = sms.holds.remainingMs(of: provider, at: clock), machine.bug != .smsHoldIgnored
    {
      return end(SMSPort.held(delayMs, hasBoth: true))
    }
    let key = SMSKey(of: delivery)
    let admission = try attempt { interruption in
      try machine.admit(key, by: provider, limit: SMSWorld.window, at: clock, interruption)
    }
    switch admission {
    case nil: if isUp { end(.failed(reason: "the store cannot count messages")) }
    case .alreadySent(let id)?:
      flying.takenAs = id
      end(.accepted(providerID: id))
    case .wait(let delayMs)?: end(.holdChannel(delayMs: delayMs))
    case .go(let attempt)?:
      journal.note(.reached, at: nowMs, who: flying.person, Int64(delivery.position))
      let outcome = try answer(flying, provider, key, attempt, endsAtMs: endsAtMs)
      flying.sms = outcome
      end(SMSPort.sendOutcome(outcome, hasBoth: true))
    }
  }

  private func answer(
    _ flying: FlyingCall, _ provider: SMSProvider, _ key: SMSKey, _ attempt: SMSLedger.Attempt,
    endsAtMs: Int64
  ) throws -> SMSOutcome {
    if let wait = sms.waits[provider], clock < wait.until, nowMs < wait.untilMs {
      throw Violation("an SMS provider was called before its wait was over")
    }
    let firstTriedAtMs = sms.firstTriedAtMs[key] ?? nowMs
    sms.firstTriedAtMs[key] = firstTriedAtMs
    let known = try known(key, by: provider, flying, attempt, notBeforeMs: firstTriedAtMs)
    if provider == .twilio, attempt.mayHaveGoneOut {
      if nowMs < lines[flying.line].outageUntilMs { return .uncertain(reason: "no look") }
      if let known {
        flying.takenAs = known
        return .accepted(providerID: known)
      }
    }
    if let refusal = refusal(flying, provider) { return refusal }
    if chance.strikes(.sendTimesOutBefore) { return .uncertain(reason: "lost") }
    let id = try known ?? take(flying, provider, key, endsAtMs: endsAtMs)
    flying.takenAs = id
    return chance.strikes(.smsAnswerLost)
      ? .uncertain(reason: "taken") : .accepted(providerID: id)
  }

  private func refusal(_ flying: FlyingCall, _ provider: SMSProvider) -> SMSOutcome? {
    let line = flying.line
    if chance.strikes(.providerOutage) {
      lines[line].outageUntilMs = nowMs + chance.between(5_000, 120_000)
    }
    if nowMs < lines[line].outageUntilMs { return .failed(reason: "503") }
    if provider == .kavenegar, chance.strikes(.smsCreditExhausted) {
      let range = SMSWorld.creditlessMs
      sms.creditlessUntilMs = nowMs + chance.between(range.lowerBound, range.upperBound)
    }
    if provider == .kavenegar, nowMs < sms.creditlessUntilMs { return .creditExhausted }
    if people[flying.person].hasBlocked { return .unreachable(reason: "21610") }
    if chance.strikes(.smsReceptorInvalid) {
      people[flying.person].hasBlocked = true
      return .unreachable(reason: "411")
    }
    if chance.strikes(.smsTryLater) { return .failed(reason: "409") }
    if chance.strikes(.channelHeld) {
      let range = SMSWorld.busyMs
      return .hold(delayMs: chance.between(range.lowerBound, range.upperBound), alarm: nil)
    }
    return chance.strikes(.sendRefused) ? .refused(reason: "400") : nil
  }

  /// What the provider has taken of that message before.
  private func known(
    _ key: SMSKey, by provider: SMSProvider, _ flying: FlyingCall, _ attempt: SMSLedger.Attempt,
    notBeforeMs: Int64
  ) throws -> String? {
    let ids = sms.idsOf[flying.person, default: []].reversed()
    switch provider {
    case .kavenegar: return ids.first { sms.messages[$0]?.key == key }
    case .twilio:
      guard attempt.mayHaveGoneOut else { return nil }
      return try ids.first { id in
        guard let message = sms.messages[id], !message.hasFailed,
          message.text == flying.call.delivery.text, message.takenAtMs >= notBeforeMs
        else { return false }
        return try !machine.isTaken(id, by: provider, otherThan: key)
      }
    }
  }

  private func take(
    _ flying: FlyingCall, _ provider: SMSProvider, _ key: SMSKey, endsAtMs: Int64
  ) throws -> String {
    takenMessagesCount += 1
    let id = "sms-\(takenMessagesCount)"
    sms.messages[id] = SMSWorld.Message(
      key: key, provider: provider, person: flying.person, text: flying.call.delivery.text,
      takenAtMs: nowMs)
    sms.idsOf[flying.person, default: []].append(id)
    try checkLimit()
    planReports(of: flying, as: id, endsAtMs: endsAtMs)
    guard people[flying.person].reports.fates[id]?.failure == nil else { return id }
    sms.receivedCounts[key, default: 0] += 1
    guard sms.receivedCounts[key] == 1 else { throw Violation("a phone got an SMS twice") }
    try phoneReceives(flying)
    return id
  }

  private func checkLimit() throws {
    let start = clock.adding(milliseconds: -SMSWorld.window.milliseconds)
    sms.takenAt.removeFirst(sms.takenAt.prefix { $0 <= start }.count)
    sms.takenAt.append(clock)
    guard sms.takenAt.count <= SMSWorld.window.count else {
      throw Violation("more SMS went out than may")
    }
  }

  func smsFate(of flying: FlyingCall) -> [DeliveryReport.State] {
    if provider(of: flying.person) == .twilio, chance.strikes(.smsFailsLate) {
      return [.failed(.passing(delayMs: SMSWorld.retryLaterMs), reason: "30001")]
    }
    if chance.strikes(.messageFailsLate) { return [.failed(.final, reason: "30007")] }
    if chance.strikes(.personGoneLate) {
      people[flying.person].hasBlocked = true
      return [.failed(.unreachable, reason: "30005")]
    }
    return [.sent, .delivered]
  }

  /// What follows from a provider's answer before the sender hears of it.
  ///
  /// - Returns: false when the process has ended over it.
  func settleSMS(_ flying: FlyingCall) throws -> Bool {
    guard let outcome = flying.sms else { return true }
    flying.sms = nil
    let provider = provider(of: flying.person)
    sms.holds.note(outcome, by: provider, at: clock)
    switch outcome {
    case .hold(let delayMs, _):
      sms.waits[provider] = (clock.adding(milliseconds: delayMs), nowMs + delayMs)
    case .accepted: sms.waits[provider] = nil
    case .refused, .unreachable, .failed, .uncertain: break
    }
    // When it cannot be written down the attempt stays uncertain.
    _ = try attempt { interruption in
      try machine.settleSMS(
        SMSKey(of: flying.call.delivery), outcome, by: provider, at: clock, interruption)
    }
    return isUp
  }

  /// - Returns: false when the provider has to bring the report again.
  func takeSMS(_ report: DeliveryReport) throws -> Bool {
    guard let message = sms.messages[report.providerID] else { return true }
    var isFinal = true
    switch report.state {
    case .failed: sms.messages[report.providerID]?.hasFailed = true
    case .delivered: break
    case .sent, .read: isFinal = false
    }
    let taken = try attempt { interruption in
      try machine.takeSMS(
        report, by: message.provider, key: message.provider == .twilio ? message.key : nil,
        isFinal: isFinal, interruption)
    }
    if taken == false { throw Violation("a report was taken for one of a bulk") }
    return taken != nil
  }

  /// What no provider has carried must not be taken for sent.
  func auditSMS(_ database: Transaction) throws {
    for number in people.indices where people[number].channel == .sms {
      guard let conversation = people[number].conversation else { continue }
      let fates = Dictionary(grouping: people[number].reports.fates.values, by: \.position)
      for (position, fates) in fates where fates.allSatisfy({ $0.failure != nil }) {
        let row = try database.first(
          """
          SELECT state FROM deliveries
          WHERE conversation_id = \(conversation) AND position = \(position)
          """)
        let state = try row?.value("state", as: String.self) ?? ""
        guard ReportedMessages.ranks[state] == nil else {
          throw Violation(
            "an SMS to person \(number) at \(position) failed and is taken for \(state)")
        }
      }
    }
  }
}
