import Conversation

/// Says a delivery in WhatsApp's forms, losing nothing: what a form has no place for goes into its
/// text or into a second message.
struct WhatsAppComposer: Sendable {
  private static let listLabel = "…"

  let listLabels: [LanguageCode: String]

  /// - Returns: nil when there is nothing to say or no form for it.
  func body(of call: OutgoingCall) -> WhatsAppBody? {
    let delivery = call.delivery
    guard Markup.plain(delivery.text).contains(where: { !$0.isWhitespace }) else { return nil }
    let buttons = delivery.buttons
    guard buttons.allSatisfy({ (1...WhatsAppButtons.tokenLengthMax).contains($0.token.utf8.count) })
    else { return nil }
    if call.asksForLocation,
      let text = interactiveText(delivery.text, numbering: buttons, in: delivery.language)
    {
      return .locationRequest(text)
    }
    return body(saying: delivery.text, buttons, in: delivery.language)
  }

  /// Text alone, or with what can be pressed under it.
  func body(
    saying markup: String, _ buttons: [Delivery.Button], in language: LanguageCode
  ) -> WhatsAppBody? {
    guard !buttons.isEmpty else {
      return .text(WhatsAppText.text(markup, language: language))
    }
    guard let text = interactiveText(markup, in: language) else { return nil }
    if Self.areReplyButtons(buttons) { return .buttons(buttons, under: text) }
    guard buttons.count <= WhatsAppButtons.rowsMax else { return nil }
    return .list(buttons, label: label(in: language), under: text)
  }

  static func areReplyButtons(_ buttons: [Delivery.Button]) -> Bool {
    buttons.count <= WhatsAppButtons.max
      && buttons.allSatisfy { $0.title.utf16.count <= WhatsAppButtons.titleLengthMax }
  }

  /// What opens a list.
  func label(in language: LanguageCode) -> String { listLabels[language] ?? Self.listLabel }

  func body(of call: OutgoingCall, _ media: OutgoingMedia, id: String) -> WhatsAppBody {
    let caption = carriesText(call, media) ? caption(call.delivery) : ""
    return .media(media.kind, id: id, caption: caption, fileName: media.fileName)
  }

  /// What the file's message could not hold: the words to a voice message, buttons, a long text.
  func rest(of call: OutgoingCall, after media: OutgoingMedia) -> WhatsAppBody? {
    guard !carriesText(call, media) else { return nil }
    return body(of: call)
  }

  private func carriesText(_ call: OutgoingCall, _ media: OutgoingMedia) -> Bool {
    media.kind != .voice && call.delivery.buttons.isEmpty && !call.asksForLocation
      && Markup.plain(call.delivery.text).utf16.count <= WhatsAppText.interactiveLengthMax
  }

  private func caption(_ delivery: Delivery) -> String {
    WhatsAppText.text(
      delivery.text, language: delivery.language, lengthMax: WhatsAppText.interactiveLengthMax)
  }

  private func interactiveText(
    _ markup: String, numbering buttons: [Delivery.Button] = [], in language: LanguageCode
  ) -> String? {
    let lines = buttons.enumerated().map {
      "\n\($0.offset + 1). \(Markup.escape($0.element.title))"
    }
    let text = WhatsAppText.text(
      markup + (lines.isEmpty ? "" : "\n" + lines.joined()), language: language,
      lengthMax: WhatsAppText.interactiveLengthMax)
    return text.utf16.count <= WhatsAppText.interactiveLengthMax ? text : nil
  }
}
