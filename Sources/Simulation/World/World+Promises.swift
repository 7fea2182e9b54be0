import Conversation
import Storage

/// What is promised of every single call.
extension World {
  /// Nobody is written to who must not be, and nothing before its time.
  func checkPermission(_ call: OutgoingCall, _ number: Int, _ line: Int) throws {
    let person = people[number]
    let delivery = call.delivery
    if let until = person.heldUntil, clock < until, nowMs < person.heldUntilMs {
      throw Violation(
        "a chat was written to before its retry_after was over: person \(number), "
          + "position \(delivery.position), attempt \(delivery.attempt), "
          + "\(until.milliseconds - clock.milliseconds) ms early")
    }
    if let until = lines[line].heldUntil, clock < until, nowMs < lines[line].heldUntilMs {
      throw Violation("a channel was written to before its retry_after was over")
    }
    // A hold that is over stays over, even when the clock is set back.
    people[number].heldUntil = nil
    lines[line].heldUntil = nil
    if person.isKnownBlocked { throw Violation("somebody was written to who has blocked us") }
    guard delivery.kind == .message else { return }
    if call.isFreeMessage, lines[line].capabilities?.windowMs != nil,
      person.windowUntil.map({ clock >= $0 }) ?? true
    {
      let lateMs = person.windowUntil.map { clock.milliseconds - $0.milliseconds }
      throw Violation(
        "somebody was written to freely after the time for it was over: person \(number), "
          + "position \(delivery.position), \(lateMs.map(String.init) ?? "ever") ms late")
    }
    try checkStop(call, number)
    if delivery.epoch < person.epoch { throw Violation("a message of a past epoch was sent") }
    let isConsent = stoppedTexts.contains(delivery.text) || startedTexts.contains(delivery.text)
    if person.isStaffOwned, !isConsent { throw Violation("the bot talked over staff") }
  }

  /// One call a chat at a time, in the order of the positions, again only when that is allowed.
  func checkOrder(_ call: OutgoingCall, _ number: Int) throws {
    let position = call.delivery.position
    for head in [people[number].head, people[number].template].compactMap(\.self)
    where head.isFlying && clock < head.leaseUntil {
      throw Violation("two calls to one chat at once")
    }
    if people[number].reports.arrived.contains(position) {
      throw Violation("something was sent again that is known to have arrived")
    }
    if call.template != nil { return try checkTemplate(call, number) }
    let isReopened = people[number].reports.reopened.contains(position)
    if isReopened, let head = people[number].head, head.position == position, head.isKnownAccepted {
      people[number].head = nil
    }
    let leaseUntil = clock.adding(milliseconds: Outbox.leaseMs)
    guard let head = people[number].head, head.position == position else {
      guard
        isReopened
          || position > people[number].settledThrough
            && position > people[number].head?.position ?? 0
      else {
        throw Violation(
          "a chat was written to out of order: person \(number), position \(position), settled "
            + "\(people[number].settledThrough), tried \(people[number].head?.position ?? 0)")
      }
      people[number].head = Person.Head(
        position: position, attempt: call.delivery.attempt, leaseUntil: leaseUntil)
      return
    }
    if head.isKnownAccepted { throw Violation("something was sent again that had arrived") }
    if head.isFlying { doubt(number) }
    if people[number].head?.isInDoubt == true, call.delivery.deliveryClass == .atMostOnce {
      throw Violation("something was sent again in doubt that must not be")
    }
    if people[number].head?.doubtsCount ?? 0 >= Outbox.unknownAttemptsMax {
      throw Violation("something was sent in doubt too often")
    }
    people[number].head?.isFlying = true
    people[number].head?.attempt = call.delivery.attempt
    people[number].head?.leaseUntil = leaseUntil
  }

  /// Who is asked to write first is asked once, and not again within a day.
  private func checkTemplate(_ call: OutgoingCall, _ number: Int) throws {
    let leaseUntil = clock.adding(milliseconds: Outbox.leaseMs)
    let position = call.delivery.position
    if people[number].head?.isFlying == true {
      // Its lease was over: how it ends counts no more.
      people[number].head?.isFlying = false
      doubt(number)
    }
    if let template = people[number].template, template.position == position {
      let isReopened = people[number].reports.reopened.remove(position) != nil
      guard !template.isInDoubt, !template.isFlying, !template.isKnownAccepted || isReopened
      else { throw Violation("somebody was asked to write again in doubt") }
      people[number].template?.isFlying = true
      people[number].template?.isKnownAccepted = false
      people[number].template?.attempt = call.delivery.attempt
      people[number].template?.leaseUntil = leaseUntil
      return
    }
    if let asked = people[number].askedAt, clock < asked.adding(milliseconds: Self.askIntervalMs) {
      throw Violation("somebody was asked to write twice in a day")
    }
    people[number].askedAt = clock
    people[number].template = Person.Head(
      position: position, attempt: call.delivery.attempt, leaseUntil: leaseUntil)
  }

  func checkPace(
    _ call: OutgoingCall, _ number: Int, _ line: Int, _ limits: SendLimits
  ) throws {
    let windowStart = clock.adding(milliseconds: -1_000)
    lines[line].recentCalls.removeFirst(
      lines[line].recentCalls.prefix { $0 <= windowStart }.count)
    lines[line].recentCalls.append(clock)
    if lines[line].recentCalls.count > limits.perSecond {
      throw Violation("a channel got more calls in a second than it may")
    }
    guard call.delivery.kind == .message else { return }
    let burst = max(1, limits.chatBurst)
    let recent = people[number].recentMessages.suffix(burst)
    if recent.count == burst, let first = recent.first,
      clock.milliseconds - first.milliseconds < limits.chatSpacingMs
    {
      throw Violation("a chat got messages faster than it may")
    }
    people[number].recentMessages = recent + [clock]
  }

  /// What follows from how a call ended.
  func learn(
    _ flying: FlyingCall, _ outcome: SendOutcome, _ state: String, isBlocked: Bool
  ) throws {
    let number = flying.person
    let delivery = flying.call.delivery
    let isTemplate = flying.call.template != nil
    let tried = isTemplate ? people[number].template : people[number].head
    guard let head = tried, head.position == delivery.position,
      head.attempt == delivery.attempt, head.isFlying
    else { return }
    // Its lease was over: it may have been given up in the meantime.
    if state == "unknown", clock >= head.leaseUntil { return }
    if state == "pending", clock >= head.leaseUntil, outcome.isFinal {
      people[number].head?.isFlying = false
      return doubt(number)
    }
    let reports = lines[flying.line].capabilities?.reportsDeliveries == true
    guard outcome.mayLeave(state, reports: reports) else {
      throw Violation("a call that ended as \(outcome.label) left its delivery \(state)")
    }
    if isTemplate {
      people[number].template?.isFlying = false
      people[number].template?.isKnownAccepted = outcome.isAccepted
      people[number].template?.isInDoubt = outcome.isUnknown
    } else {
      people[number].head?.isFlying = false
    }
    switch outcome {
    case .accepted(let providerID):
      try learnAcceptance(flying, providerID, state, isBlocked: isBlocked)
    case .refused:
      settle(flying)
    case .windowClosed:
      closeWindow(of: number)
    case .unreachablePerson:
      settle(flying)
      try learnBlock(flying, isBlocked: isBlocked)
    case .holdChat(let delayMs):
      hold(number, delayMs)
    case .holdChannel(let delayMs):
      hold(number, delayMs)
      let until = clock.adding(milliseconds: delayMs)
      lines[flying.line].heldUntilMs = max(lines[flying.line].heldUntilMs, nowMs + delayMs)
      lines[flying.line].heldUntil = max(lines[flying.line].heldUntil ?? until, until)
    case .failed: break
    case .unknown:
      guard state == "pending" || state == "unknown" else {
        // A receipt that named the call had come before its end.
        return try learnAcceptance(flying, nil, state, isBlocked: isBlocked)
      }
      if !isTemplate { doubt(number) }
    }
  }

  private func learnAcceptance(
    _ flying: FlyingCall, _ providerID: String?, _ state: String, isBlocked: Bool
  ) throws {
    let number = flying.person
    if let providerID, ReportedMessages.ranks[state] != nil {
      people[number].reports.fates[providerID]?.isKnown = true
    }
    if flying.call.template == nil { people[number].head?.isKnownAccepted = true }
    settle(flying)
    try learnState(state, before: "sending", at: flying.call.delivery.position, of: number)
    if isBlocked, !people[number].isKnownBlocked { learnGone(number) }
    let fate = flying.takenAs.flatMap { people[number].reports.fates[$0] }
    if state != "sent", fate?.failure == .windowClosed { closeWindow(of: number) }
  }

  /// A template stands after what waits behind it.
  private func settle(_ flying: FlyingCall) {
    guard flying.call.template == nil else { return }
    let position = flying.call.delivery.position
    people[flying.person].reports.reopened.remove(position)
    people[flying.person].settledThrough = max(people[flying.person].settledThrough, position)
  }

  private func hold(_ number: Int, _ delayMs: Int64) {
    people[number].heldUntil = clock.adding(milliseconds: delayMs)
    people[number].heldUntilMs = nowMs + delayMs
    journal.note(.held, at: nowMs, who: number, delayMs)
  }

  /// Who cannot be reached is left alone, unless they have written since the call began.
  private func learnBlock(_ flying: FlyingCall, isBlocked: Bool) throws {
    let number = flying.person
    let isBack = people[number].lastWroteInStep > flying.claimedInStep
    if !people[number].isKnownBlocked, isBlocked == isBack {
      throw Violation(isBack ? "who is back was taken for gone" : "who is gone was not noted")
    }
    people[number].isKnownBlocked = isBlocked
    if isBlocked { people[number].wasAlwaysServed = false }
  }
}

extension SendOutcome {
  fileprivate var isAccepted: Bool {
    if case .accepted = self { true } else { false }
  }

  /// Whether a delivery whose call ends so never waits again, unless the call came too late.
  fileprivate var isFinal: Bool {
    switch self {
    case .refused, .unreachablePerson: true
    case .accepted, .holdChat, .holdChannel, .windowClosed, .failed, .unknown: false
    }
  }

  fileprivate var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }

  /// Whether a delivery may be in that state after a call has ended so.
  fileprivate func mayLeave(_ state: String, reports: Bool) -> Bool {
    switch self {
    // What was reported early is written down at once.
    case .accepted: state == "sent" || reports && state != "sending"
    case .unknown where reports: state != "sending"
    case .refused, .unreachablePerson: state == "failed"
    case .holdChat, .holdChannel: state == "pending"
    case .windowClosed, .failed: state == "pending" || state == "failed"
    case .unknown: state == "pending" || state == "unknown"
    }
  }
}
