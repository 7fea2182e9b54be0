import Conversation
import Storage

/// The senders claim, providers answer, and how it ended is written down.
extension World {
  private static let lookDelayMs: Int64 = 5
  private static let otherLookDelayMs: Int64 = 1_000
  private static let settlesMax = 30
  private static let settlePauseMs: Int64 = 1_000
  private static let outageMs: ClosedRange<Int64> = 5_000...120_000

  func wakeSenders(_ line: Int, at atMs: Int64? = nil) {
    // A little later, so that one look serves several wakes.
    let atMs = max(nowMs + Self.lookDelayMs, atMs ?? nowMs)
    guard lines[line].limits != nil, lines[line].looksAtMs.map({ atMs < $0 }) ?? true else {
      return
    }
    lines[line].looksAtMs = atMs
    agenda.plan(.sendersLook(line: line), at: atMs)
  }

  func sendersLook(_ line: Int) throws {
    guard isUp, lines[line].looksAtMs == nowMs, let limits = lines[line].limits,
      var pace = lines[line].pace
    else { return }
    lines[line].looksAtMs = nil
    let available = pace.available(at: clock)
    lines[line].pace = pace
    let limit = min(available, limits.concurrencyMax - lines[line].flyingCount)
    guard limit > 0 else { return wakeSenders(line, at: nowMs + pace.waitMs) }
    let claim = try attempt { interruption in
      try machine.claim(
        lines[line].outbox, at: clock, limit: limit, pace: pace, limits: limits, interruption)
    }
    guard let claim else { return isUp ? wakeSenders(line, at: nowMs + 1_000) : () }
    lines[line].pace?.take(claim.calls.count, at: clock)
    lines[line].flyingCount += claim.calls.count
    for call in claim.calls { try takeOff(call, on: line, limits) }
    if chance.strikes(.crashAfterCommit) { return crash() }
    // What could not be sent here may have gone to another channel.
    if lines[line].capabilities?.windowMs != nil {
      for other in lines.indices where other != line {
        wakeSenders(other, at: nowMs + Self.otherLookDelayMs)
      }
    }
    if let due = claim.nextDueAt { wakeSenders(line, at: max(nowMs + 1, trueMs(due))) }
  }

  private func takeOff(_ call: OutgoingCall, on line: Int, _ limits: SendLimits) throws {
    guard let person = personOf[call.delivery.conversation] else {
      throw Violation("a call goes to nobody")
    }
    journal.note(.claimed, at: nowMs, who: person, Int64(call.delivery.position))
    try checkPermission(call, person, line)
    try checkOrder(call, person)
    try checkPace(call, person, line, limits)
    let flying = FlyingCall(
      call, person: person, line: line, process: process, claimedInStep: stepsCount)
    agenda.plan(.reachProvider(flying), at: nowMs + chance.between(1, 60))
  }

  func reachProvider(_ flying: FlyingCall) throws {
    if lines[flying.line].channel == .sms { return try reachSMSProvider(flying) }
    var outcome = providerDecides(flying)
    journal.note(
      .reached, at: nowMs, who: flying.person, Int64(flying.call.delivery.position))
    if case .accepted = outcome {
      show(flying.call.delivery.buttons.map(\.token), to: flying.person)
    }
    if case .unknown("taken") = outcome {
      show(flying.call.delivery.buttons.map(\.token), to: flying.person)
    }
    let duration =
      chance.strikes(.sendHangs) ? Outbox.leaseMs + 5_000 : chance.between(10, 400)
    if lines[flying.line].capabilities?.reportsDeliveries == true, outcome.isTaken {
      takenMessagesCount += 1
      let providerID = "taken-\(takenMessagesCount)"
      if case .accepted = outcome { outcome = .accepted(providerID: providerID) }
      flying.takenAs = providerID
      planReports(of: flying, as: providerID, endsAtMs: nowMs + duration)
    }
    let failure = flying.takenAs.flatMap { people[flying.person].reports.fates[$0]?.failure }
    if outcome.isTaken, failure == nil { try phoneReceives(flying) }
    agenda.plan(.callEnds(flying, outcome), at: nowMs + duration)
  }

  private func providerDecides(_ flying: FlyingCall) -> SendOutcome {
    let line = flying.line
    if chance.strikes(.providerOutage) {
      lines[line].outageUntilMs =
        nowMs + chance.between(Self.outageMs.lowerBound, Self.outageMs.upperBound)
    }
    if people[flying.person].hasBlocked { return .unreachablePerson(reason: "403") }
    if chance.strikes(.windowClosed), flying.call.isFreeMessage,
      lines[line].capabilities?.windowMs != nil
    {
      return .windowClosed(reason: "131047")
    }
    if nowMs < lines[line].outageUntilMs { return .failed(reason: "503") }
    if chance.strikes(.chatHeld) { return .holdChat(delayMs: chance.between(1_000, 30_000)) }
    if chance.strikes(.channelHeld) {
      return .holdChannel(delayMs: chance.between(1_000, 15_000))
    }
    if chance.strikes(.sendFails) { return .failed(reason: "500") }
    if chance.strikes(.sendRefused) { return .refused(reason: "400") }
    if chance.strikes(.sendTimesOutBefore) { return .unknown(reason: "lost") }
    if chance.strikes(.sendTimesOutAfter) { return .unknown(reason: "taken") }
    return .accepted(providerID: "sent-\(flying.call.delivery.position)")
  }

  func callEnds(_ flying: FlyingCall, _ outcome: SendOutcome) throws {
    guard isUp, flying.process == process, try settleSMS(flying) else { return }
    let line = flying.line
    let isMessage = flying.call.delivery.kind == .message
    let spacing =
      flying.spacingMs
      ?? (isMessage
        ? lines[line].pace?.spacingMs(afterMessageTo: flying.call.externalID, at: clock) ?? 0
        : 0)
    flying.spacingMs = spacing
    let settled = try attempt { interruption in
      try machine.settle(
        lines[line].outbox, flying.call, outcome, spacingMs: spacing, at: clock,
        seed: chance.seed(), interruption)
    }
    guard let settled else {
      flying.settleTries += 1
      guard isUp, flying.settleTries < Self.settlesMax else { return }
      return agenda.plan(.callEnds(flying, outcome), at: nowMs + Self.settlePauseMs)
    }
    lines[line].flyingCount -= 1
    journal.note(.settled, at: nowMs, who: flying.person, Int64(flying.call.delivery.position))
    try learn(flying, outcome, settled.state, isBlocked: settled.isBlocked)
    if chance.strikes(.crashAfterCommit) { return crash() }
    wakeSenders(line)
  }
}

extension SendOutcome {
  /// Whether the provider has taken the message, whatever the program hears of it.
  fileprivate var isTaken: Bool {
    switch self {
    case .accepted: true
    case .unknown(let reason): reason == "taken"
    case .holdChat, .holdChannel, .refused, .unreachablePerson, .windowClosed, .failed: false
    }
  }
}

extension OutgoingCall {
  /// Whether it may be made only within a while after the person's last message.
  var isFreeMessage: Bool { template == nil && delivery.kind == .message }
}
