package import Conversation

/// One message as a channel's own hand writes it, to be looked at before anybody gets it.
package struct ChannelPreview: Sendable, Equatable {
  package enum Choices: Sendable, Equatable {
    case none
    case buttons([String])
    case list(label: String, rows: [String])
  }

  /// As late in a conversation as makes its buttons' tokens long.
  private static let position = 1_000_000

  package let text: String
  package let choices: Choices
  /// What it costs by SMS; nil elsewhere.
  package let segments: SMSSegments?
  /// Why the channel could not carry it.
  package let faults: [String]

  /// Every message that `reply` becomes.
  ///
  /// - Parameter listLabels: what opens a list on WhatsApp.
  package static func messages(
    _ reply: Reply, on channel: Channel, _ capabilities: Capabilities, in language: LanguageCode,
    listLabels: [LanguageCode: String]
  ) -> [ChannelPreview] {
    let messages = Renderer.messages(reply, for: capabilities)
    let general = faults(of: reply, as: messages)
    return messages.enumerated().map { index, message in
      let own = preview(message, on: channel, in: language, listLabels)
      return ChannelPreview(
        text: own.text, choices: own.choices, segments: own.segments,
        faults: own.faults + (index == 0 ? general : []))
    }
  }

  private static func preview(
    _ message: Renderer.Message, on channel: Channel, in language: LanguageCode,
    _ listLabels: [LanguageCode: String]
  ) -> ChannelPreview {
    let buttons = message.choices.map {
      Delivery.Button(token: Prompt.token($0, at: position), title: $0.title)
    }
    let titles = buttons.map(\.title)
    switch channel {
    case .telegram:
      return ChannelPreview(
        text: TelegramText.html(message.text, language: language),
        choices: titles.isEmpty ? .none : .buttons(titles), segments: nil,
        faults: TelegramKeyboard.fits(buttons) ? [] : ["a button carries too much"])
    case .whatsapp:
      let composer = WhatsAppComposer(listLabels: listLabels)
      let areButtons = WhatsAppComposer.areReplyButtons(buttons)
      let lengthMax =
        buttons.isEmpty ? WhatsAppText.lengthMax : WhatsAppText.interactiveLengthMax
      let choices: Choices =
        areButtons ? .buttons(titles) : .list(label: composer.label(in: language), rows: titles)
      let body = composer.body(saying: message.text, buttons, in: language)
      return ChannelPreview(
        text: WhatsAppText.text(message.text, language: language, lengthMax: lengthMax),
        choices: buttons.isEmpty ? .none : choices, segments: nil,
        faults: body == nil ? ["there is no form for it"] : [])
    case .sms:
      let text = SMSText.plain(message.text, language: language)
      return ChannelPreview(
        text: text, choices: .none, segments: SMSSegments(text), faults: [])
    case .terminal, .webchat:
      return ChannelPreview(
        text: Markup.plain(message.text), choices: titles.isEmpty ? .none : .buttons(titles),
        segments: nil, faults: [])
    }
  }

  /// What no channel could mend.
  private static func faults(of reply: Reply, as messages: [Renderer.Message]) -> [String] {
    var faults: [String] = []
    if messages.contains(where: { Markup.plain($0.text).allSatisfy(\.isWhitespace) }) {
      faults.append("there is nothing to read")
    }
    if Set(reply.choices.map(\.title)).count != reply.choices.count {
      faults.append("two choices are called the same")
    }
    for choice in reply.choices where choice.id.utf8.count > Choice.idLengthMax {
      faults.append("the choice `\(choice.id)` has too long an id")
    }
    return faults
  }
}
