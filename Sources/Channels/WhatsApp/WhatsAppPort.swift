package import Conversation
package import Logging
import Transport

/// WhatsApp as the sender sees it.
package struct WhatsAppPort: Sendable {
  private static let dayMs: Int64 = 86_400_000

  package static let capabilities = Capabilities(
    textLengthMax: WhatsAppText.lengthMax, buttonsMax: WhatsAppButtons.max,
    buttonTitleLengthMax: WhatsAppButtons.titleLengthMax, settlesButtons: false, isPushed: true,
    listRowsMax: WhatsAppButtons.rowsMax, listTitleLengthMax: WhatsAppButtons.rowTitleLengthMax,
    windowMs: dayMs, reportsDeliveries: true,
    choiceTextLengthMax: WhatsAppText.interactiveLengthMax,
    captionLengthMax: WhatsAppText.interactiveLengthMax, captionsVoice: false,
    locationForm: .button)

  /// What a number may send without asking for more.
  package static let perSecondDefault = 80
  private static let chatSpacingMs: Int64 = 6_000
  private static let chatBurst = 45
  private static let concurrencyMax = 32

  private let client: WhatsAppClient
  private let uploads: WhatsAppUploads
  private let readMarks: WhatsAppReadMarks
  private let composer: WhatsAppComposer
  private let logger: Logger

  /// - Parameter listLabels: what opens a list, in each language.
  package init(
    client: WhatsAppClient, readMarks: WhatsAppReadMarks, listLabels: [LanguageCode: String],
    time: TimeSource, logger: Logger
  ) {
    self.client = client
    self.readMarks = readMarks
    self.logger = logger
    uploads = WhatsAppUploads(client: client, time: time)
    composer = WhatsAppComposer(listLabels: listLabels)
  }

  package func channelPort(perSecond: Int = WhatsAppPort.perSecondDefault) -> ChannelPort {
    ChannelPort(
      channel: .whatsapp, capabilities: Self.capabilities,
      limits: SendLimits(
        perSecond: perSecond, chatSpacingMs: Self.chatSpacingMs, chatBurst: Self.chatBurst,
        concurrencyMax: Self.concurrencyMax),
      send: { await send($0) }, signalActivity: { chat, _ in await readMarks.showTyping(to: chat) })
  }

  private func send(_ call: OutgoingCall) async -> SendOutcome {
    switch call.delivery.kind {
    case .message: break
    // WhatsApp knows neither: a press needs no answer and a message cannot be changed.
    case .acknowledge, .settle: return .accepted(providerID: nil)
    }
    if let template = call.template { return await post(.template(template), call) }
    if let media = call.media { return await send(media, call) }
    guard let body = composer.body(of: call) else {
      return .refused(reason: "the message is empty or its buttons do not fit")
    }
    return await post(body, call)
  }

  private func send(_ media: OutgoingMedia, _ call: OutgoingCall) async -> SendOutcome {
    var (answer, isKept) = await answer(to: media, call)
    if isKept, case .refused(let refusal) = answer, refusal.mayMeanLostFile {
      uploads.forget(media)
      (answer, isKept) = await self.answer(to: media, call)
    }
    let outcome = outcome(of: answer)
    guard case .accepted = outcome, let rest = composer.rest(of: call, after: media) else {
      return outcome
    }
    return await post(rest, call)
  }

  private func answer(
    to media: OutgoingMedia, _ call: OutgoingCall
  ) async -> (WhatsAppAnswer, isKept: Bool) {
    switch await uploads.file(for: media) {
    case .failed(let answer): return (answer.beforeSending, false)
    case .ready(let file):
      let body = composer.body(of: call, media, id: file.id)
      return (await client.post(addressed(body, call)), file.isKept)
    }
  }

  private func post(_ body: WhatsAppBody, _ call: OutgoingCall) async -> SendOutcome {
    outcome(of: await client.post(addressed(body, call)))
  }

  private func addressed(_ body: WhatsAppBody, _ call: OutgoingCall) -> String {
    body.addressed(to: call.externalID, reference: call.reference.text)
  }

  private func outcome(of answer: WhatsAppAnswer) -> SendOutcome {
    if case .refused(let refusal) = answer, refusal.error.meaning == .alarm {
      logger.error(
        "WhatsApp does not let this account send; sending waits",
        metadata: ["code": "\(refusal.error.code)", "reason": "\(refusal.error.reason)"])
    }
    return WhatsAppOutcome.of(answer)
  }
}

extension WhatsAppAnswer {
  /// An upload that may have arrived is no message: nothing was sent.
  fileprivate var beforeSending: WhatsAppAnswer {
    switch self {
    case .accepted, .unreadable: .unreadable(status: 502)
    case .unanswered(let failure):
      failure.mayHaveReachedPeer ? .unreadable(status: 502) : self
    case .refused: self
    }
  }
}

extension WhatsAppRefusal {
  /// What is answered when the file behind an id is gone.
  fileprivate var mayMeanLostFile: Bool {
    error.meaning == .file || [100, 131_008, 131_009].contains(error.code)
  }
}
