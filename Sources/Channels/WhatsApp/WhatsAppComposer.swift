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
    if call.asksForLocation, let text = interactiveText(delivery, addingTitles: true) {
      return .locationRequest(text)
    }
    guard !buttons.isEmpty else {
      return .text(WhatsAppText.text(delivery.text, language: delivery.language))
    }
    guard let text = interactiveText(delivery, addingTitles: false) else { return nil }
    if buttons.count <= WhatsAppButtons.max, fit(buttons, WhatsAppButtons.titleLengthMax) {
      return .buttons(buttons, under: text)
    }
    guard buttons.count <= WhatsAppButtons.rowsMax else { return nil }
    let label = listLabels[delivery.language] ?? Self.listLabel
    return .list(buttons, label: label, under: text)
  }

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

  private func interactiveText(_ delivery: Delivery, addingTitles: Bool) -> String? {
    let lines = delivery.buttons.enumerated().map {
      "\n\($0.offset + 1). \(Markup.escape($0.element.title))"
    }
    let markup = delivery.text + (addingTitles && !lines.isEmpty ? "\n" + lines.joined() : "")
    let text = WhatsAppText.text(
      markup, language: delivery.language, lengthMax: WhatsAppText.interactiveLengthMax)
    return text.utf16.count <= WhatsAppText.interactiveLengthMax ? text : nil
  }

  private func fit(_ buttons: [Delivery.Button], _ lengthMax: Int) -> Bool {
    buttons.allSatisfy { $0.title.utf16.count <= lengthMax }
  }
}
