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
    if person.hasStopped, !stoppedTexts.contains(delivery.text) {
      throw Violation("somebody was written to who has said stop")
    }
    if delivery.epoch < person.epoch { throw Violation("a message of a past epoch was sent") }
    let isConsent = stoppedTexts.contains(delivery.text) || startedTexts.contains(delivery.text)
    if person.isStaffOwned, !isConsent { throw Violation("the bot talked over staff") }
  }

  /// One call a chat at a time, in the order of the positions, again only when that is allowed.
  func checkOrder(_ call: OutgoingCall, _ number: Int) throws {
    let position = call.delivery.position
    if let head = people[number].head, head.isFlying, clock < head.leaseUntil {
      throw Violation("two calls to one chat at once")
    }
    let leaseUntil = clock.adding(milliseconds: Outbox.leaseMs)
    guard let head = people[number].head, head.position == position else {
      guard position > people[number].settledThrough,
        position > people[number].head?.position ?? 0
      else { throw Violation("a chat was written to out of order") }
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
    guard let head = people[number].head, head.position == delivery.position,
      head.attempt == delivery.attempt, head.isFlying
    else { return }
    // Its lease was over: it may have been given up in the meantime.
    if state == "unknown", clock >= head.leaseUntil { return }
    people[number].head?.isFlying = false
    guard outcome.mayLeave(state) else {
      throw Violation("a call that ended as \(outcome.label) left its delivery \(state)")
    }
    switch outcome {
    case .accepted:
      people[number].head?.isKnownAccepted = true
      people[number].settledThrough = delivery.position
    case .refused:
      people[number].settledThrough = delivery.position
    case .unreachablePerson:
      people[number].settledThrough = delivery.position
      try learnBlock(flying, isBlocked: isBlocked)
    case .holdChat(let delayMs):
      hold(number, delayMs)
    case .holdChannel(let delayMs):
      hold(number, delayMs)
      let until = clock.adding(milliseconds: delayMs)
      lines[flying.line].heldUntilMs = max(lines[flying.line].heldUntilMs, nowMs + delayMs)
      lines[flying.line].heldUntil = max(lines[flying.line].heldUntil ?? until, until)
    case .windowClosed, .failed: break
    case .unknown: doubt(number)
    }
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
  /// Whether a delivery may be in that state after a call has ended so.
  fileprivate func mayLeave(_ state: String) -> Bool {
    switch self {
    case .accepted: state == "sent"
    case .refused, .unreachablePerson: state == "failed"
    case .holdChat, .holdChannel: state == "pending"
    case .windowClosed, .failed: state == "pending" || state == "failed"
    case .unknown: state == "pending" || state == "unknown"
    }
  }
}
