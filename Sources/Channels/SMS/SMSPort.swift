package import Conversation
package import Logging
package import Storage

/// SMS as the sender sees it: one channel, whoever carries it.
package struct SMSPort: Sendable {
  package static let capabilities = Capabilities(
    textLengthMax: SMSText.lengthMax, buttonsMax: 0, buttonTitleLengthMax: 0,
    settlesButtons: false, isPushed: true, reportsDeliveries: true)
  package static let limits = SendLimits(
    perSecond: perSecond, chatSpacingMs: chatSpacingMs, chatBurst: chatBurst,
    concurrencyMax: concurrencyMax)

  package static let windowDefault = SMSWindow(count: 100, milliseconds: 15 * 60_000)
  private static let perSecond = 50
  /// Two messages in one moment may arrive in either order.
  private static let chatSpacingMs: Int64 = 1_000
  private static let chatBurst = 2
  private static let concurrencyMax = 16

  private let carriers: SMSCarriers
  private let holds: SMSHolds
  private let window: SMSWindow
  private let database: Database
  private let time: TimeSource
  private let logger: Logger

  package init(
    carriers: SMSCarriers, holds: SMSHolds, window: SMSWindow, database: Database,
    time: TimeSource, logger: Logger
  ) {
    self.carriers = carriers
    self.holds = holds
    self.window = window
    self.database = database
    self.time = time
    self.logger = logger
  }

  package var channelPort: ChannelPort {
    ChannelPort(
      channel: .sms, capabilities: Self.capabilities,
      limits: Self.limits,
      send: { await send($0) }, signalActivity: { _, _ in })
  }

  private func send(_ call: OutgoingCall) async -> SendOutcome {
    switch call.delivery.kind {
    case .message: break
    // An SMS has no buttons to acknowledge or to take away.
    case .acknowledge, .settle: return .accepted(providerID: nil)
    }
    guard let number = PhoneNumber(call.externalID) else {
      return .refused(reason: "the address is no phone number")
    }
    guard let carrier = carriers.carrier(for: number) else {
      return .refused(reason: "no provider for this country is set up")
    }
    let text = SMSText.plain(call.delivery.text, language: call.delivery.language)
    guard text.contains(where: { !$0.isWhitespace }) else {
      return .refused(reason: "the message is empty")
    }
    if let delayMs = holds.remainingMs(of: carrier.provider, at: time.now()) {
      return Self.held(delayMs, hasBoth: carriers.hasBoth)
    }
    return await send(
      SMSMessage(to: number, text: text, key: SMSKey(of: call.delivery)), by: carrier)
  }

  private func send(_ message: SMSMessage, by carrier: any SMSCarrier) async -> SendOutcome {
    let admission: SMSLedger.Admission
    do {
      let now = time.now()
      admission = try await database.write { [window, provider = carrier.provider] in
        try SMSLedger.admit(message.key, by: provider, limit: window, at: now, in: $0)
      }
    } catch {
      return .failed(reason: "the store cannot count messages: \(type(of: error))")
    }
    switch admission {
    case .alreadySent(let id): return .accepted(providerID: id)
    case .wait(let delayMs): return .holdChannel(delayMs: delayMs)
    case .go(let attempt):
      let outcome = await carrier.send(message, attempt)
      await settle(message.key, outcome, by: carrier)
      return Self.sendOutcome(outcome, hasBoth: carriers.hasBoth)
    }
  }

  private func settle(_ key: SMSKey, _ outcome: SMSOutcome, by carrier: any SMSCarrier) async {
    let now = time.now()
    holds.note(outcome, by: carrier.provider, at: now)
    let asksForStatus = carrier.asksForStatus
    do {
      try await database.write {
        try SMSLedger.settle(key, outcome, asksForStatus: asksForStatus, at: now, in: $0)
      }
    } catch {
      // The attempt stays uncertain: before another one it is looked up.
      logger.error(
        "the end of an SMS was not written down",
        metadata: ["fault": .string("\(type(of: error))")])
    }
  }

  /// What a provider's answer means for the sender.
  package static func sendOutcome(_ outcome: SMSOutcome, hasBoth: Bool) -> SendOutcome {
    switch outcome {
    case .accepted(let id): .accepted(providerID: id)
    case .hold(let delayMs, _): held(delayMs, hasBoth: hasBoth)
    case .refused(let reason): .refused(reason: reason)
    case .unreachable(let reason): .unreachablePerson(reason: reason)
    // What may have gone out is found out by our key or by a look before another attempt, so to
    // try again is safe for messages of either class.
    case .failed(let reason), .uncertain(let reason): .failed(reason: reason)
    }
  }

  /// One provider that waits must not keep the other one from sending.
  package static func held(_ delayMs: Int64, hasBoth: Bool) -> SendOutcome {
    hasBoth ? .holdChat(delayMs: delayMs) : .holdChannel(delayMs: delayMs)
  }
}
