/// What a flow says, free of any channel. A channel renders it within its capabilities.
///
/// `text` is light markup: `**bold**`, `_italic_`, `` `code` ``, a backslash escapes. Values that
/// come from people must be escaped with `Markup.escape`; phrases do so by themselves.
package struct Reply: Sendable, Equatable {
  /// With a file: what is said of it, and all there is on a channel that carries none.
  package var text: String
  package var choices: [Choice]
  /// Whether a typed answer other than a choice makes sense. When it does not, a bare number or
  /// letter is taken as the choice in that place.
  package var acceptsText: Bool
  package var deliveryClass: DeliveryClass
  /// What it is for. What the person does not want said is not said.
  package var purpose: Purpose
  /// A file that goes with it.
  package var media: OutgoingMedia?
  /// How long the file can be sent and shown.
  package var mediaLifeMs = MediaStore.lifeMsDefault
  /// Whether the person is asked where they are, by a button where there is one. The text has to
  /// ask, too.
  package var asksForLocation: Bool

  package init(
    _ text: String, choices: [Choice] = [], acceptsText: Bool = false,
    class deliveryClass: DeliveryClass = .atLeastOnce, purpose: Purpose = .service,
    media: OutgoingMedia? = nil, asksForLocation: Bool = false
  ) {
    self.text = text
    self.choices = choices
    self.acceptsText = acceptsText
    self.deliveryClass = deliveryClass
    self.purpose = purpose
    self.media = media
    self.asksForLocation = asksForLocation
  }
}

/// One button, or one numbered line where there are no buttons.
package struct Choice: Sendable, Equatable, Codable {
  /// What the flow receives. At most `Choice.idLengthMax` ASCII bytes.
  package let id: String
  package let title: String

  /// Telegram carries 64 bytes, of which the number of the question takes some.
  package static let idLengthMax = 40

  package init(_ id: String, _ title: String) {
    self.id = id
    self.title = title
  }

  /// A button that works at any time, as if the command had been typed: `.command("learn", …)`.
  package static func command(_ name: String, _ title: String) -> Choice {
    Choice("/" + name, title)
  }

  package var isCommand: Bool { id.hasPrefix("/") }
}

/// What may happen when nobody knows whether a provider took a message.
package enum DeliveryClass: String, Sendable, Codable {
  /// Send again: seeing it twice is better than never.
  case atLeastOnce
  /// Let it go: seeing it twice is worse.
  case atMostOnce
}
