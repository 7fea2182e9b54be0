package import Conversation
package import Logging
import Transport

/// Telegram as the sender sees it.
package struct TelegramPort: Sendable {
  package static let capabilities = Capabilities(
    textLengthMax: TelegramText.lengthMax, buttonsMax: TelegramKeyboard.buttonsMax,
    buttonTitleLengthMax: TelegramKeyboard.titleLengthMax, settlesButtons: true, isPushed: true,
    captionLengthMax: TelegramText.captionLengthMax, locationForm: .keyboard)

  /// What Telegram allows without asking.
  package static let perSecondDefault = 30
  private static let chatSpacingMs: Int64 = 1_000
  private static let chatBurst = 5
  private static let concurrencyMax = 16

  private static let locationLabel = "📍"

  private let client: TelegramClient
  private let sending: TelegramSending
  private let locationLabels: [LanguageCode: String]
  private let time: TimeSource
  private let logger: Logger
  private let floodWatch = FloodWatch()

  /// - Parameter locationLabels: what the button says that tells where the person is, in each
  ///   language.
  package init(
    client: TelegramClient, locationLabels: [LanguageCode: String] = [:], time: TimeSource,
    logger: Logger
  ) {
    self.client = client
    self.locationLabels = locationLabels
    sending = TelegramSending(client: client, files: TelegramFiles(time: time))
    self.time = time
    self.logger = logger
  }

  package func channelPort(perSecond: Int = TelegramPort.perSecondDefault) -> ChannelPort {
    ChannelPort(
      channel: .telegram, capabilities: Self.capabilities,
      limits: SendLimits(
        perSecond: perSecond, chatSpacingMs: Self.chatSpacingMs, chatBurst: Self.chatBurst,
        concurrencyMax: Self.concurrencyMax),
      send: { await send($0) }, signalActivity: { await signal($1, to: $0) })
  }

  private func send(_ call: OutgoingCall) async -> SendOutcome {
    guard let chatID = Int64(call.externalID) else {
      return .refused(reason: "the address is no chat")
    }
    var answer: TelegramAnswer
    switch call.delivery.kind {
    case .message:
      guard Self.isSound(call) else {
        return .refused(reason: "the message is empty or a button carries too much")
      }
      answer = await message(call, to: chatID)
      if case .refused(let refusal) = answer, let migratedTo = refusal.migratedTo {
        answer = await message(call, to: migratedTo)
      }
    case .acknowledge:
      var parameters = TelegramParameters()
      parameters.add("callback_query_id", json: JSONText.quoted(call.delivery.text))
      answer = await client.call("answerCallbackQuery", parameters)
    case .settle:
      // A message that never went out has no buttons to take away.
      guard let messageID = call.targetProviderID.flatMap(Int64.init) else {
        return .accepted(providerID: nil)
      }
      answer = await settle(call.delivery, messageID: messageID, chatID: chatID)
    }
    return outcome(of: answer, call)
  }

  private func message(_ call: OutgoingCall, to chatID: Int64) async -> TelegramAnswer {
    let keyboard = keyboard(of: call)
    if let media = call.media {
      return await sending.send(
        TelegramFileMessage(media, call.delivery, chatID: chatID, keyboard: keyboard))
    }
    var parameters = Self.text(call.delivery)
    if let keyboard { parameters.add("reply_markup", json: keyboard) }
    return await client.call("sendMessage", parameters.addressed(to: chatID))
  }

  private func keyboard(of call: OutgoingCall) -> String? {
    let delivery = call.delivery
    if call.asksForLocation {
      let label = locationLabels[delivery.language] ?? Self.locationLabel
      return TelegramKeyboard.json(askingForLocation: label, delivery.buttons)
    }
    guard delivery.buttons.isEmpty else { return TelegramKeyboard.json(delivery.buttons) }
    return delivery.location == .withdrawn ? TelegramKeyboard.removal : nil
  }

  /// The message without its buttons, and with the mark of what was chosen as long as it fits.
  private func settle(
    _ delivery: Delivery, messageID: Int64, chatID: Int64
  ) async -> TelegramAnswer {
    guard Markup.plain(delivery.text).utf16.count <= TelegramText.lengthMax else {
      var parameters = TelegramParameters().addressed(to: chatID)
      parameters.add("message_id", json: "\(messageID)")
      return await client.call("editMessageReplyMarkup", parameters)
    }
    var parameters = Self.text(delivery).addressed(to: chatID)
    parameters.add("message_id", json: "\(messageID)")
    return await client.call("editMessageText", parameters)
  }

  private func outcome(of answer: TelegramAnswer, _ call: OutgoingCall) -> SendOutcome {
    let outcome = TelegramOutcome.of(answer)
    switch outcome {
    case .holdChat(let delayMs):
      let isForBot = floodWatch.noteHold(call.externalID, delayMs: delayMs, at: time.now())
      return isForBot ? .holdChannel(delayMs: delayMs) : outcome
    case .holdChannel:
      if case .refused = answer {
        logger.error("Telegram does not know this bot's token; sending waits")
      }
      return outcome
    case .accepted, .refused, .unreachablePerson, .windowClosed, .failed, .unknown:
      return outcome
    }
  }

  private func signal(_ activity: JobActivity, to externalID: String) async {
    guard let chatID = Int64(externalID) else { return }
    var parameters = TelegramParameters().addressed(to: chatID)
    switch activity {
    case .typing: parameters.add("action", json: "\"typing\"")
    case .recordingVoice: parameters.add("action", json: "\"record_voice\"")
    }
    _ = await client.call("sendChatAction", parameters)
  }

  private static func isSound(_ call: OutgoingCall) -> Bool {
    let saysSomething =
      call.media != nil || Markup.plain(call.delivery.text).contains { !$0.isWhitespace }
    return saysSomething && TelegramKeyboard.fits(call.delivery.buttons)
  }

  private static func text(_ delivery: Delivery) -> TelegramParameters {
    var parameters = TelegramParameters()
    let html = TelegramText.html(delivery.text, language: delivery.language)
    parameters.add("text", json: JSONText.quoted(html))
    parameters.add("parse_mode", json: "\"HTML\"")
    parameters.add("link_preview_options", json: "{\"is_disabled\":true}")
    return parameters
  }
}

extension TelegramParameters {
  fileprivate func addressed(to chatID: Int64) -> TelegramParameters {
    var parameters = self
    parameters.add("chat_id", json: "\(chatID)")
    return parameters
  }
}
