import Storage

/// One message, press or event from a person, the same whatever channel it came by.
package struct Inbound: Sendable, Equatable {
  package let channel: Channel
  /// Unique per channel and stable over repeats; what makes a repeat harmless.
  package let key: String
  package let sender: Sender
  package let content: Content

  package init(channel: Channel, key: String, sender: Sender, content: Content) {
    self.channel = channel
    self.key = key
    self.sender = sender
    self.content = content
  }

  /// Who wrote, as the provider names them.
  package struct Sender: Sendable, Equatable {
    /// Where an answer goes: a chat id, a phone number, a web-chat id.
    package let externalID: String
    package let name: String?
    /// The language the person's client is set to, a BCP 47 tag.
    package let languageHint: String?
    /// Other ids the provider gives the same person; any of them leads to the conversation.
    package let otherIDs: [String]

    package init(
      externalID: String, name: String? = nil, languageHint: String? = nil,
      otherIDs: [String] = []
    ) {
      self.externalID = externalID
      self.name = name
      self.languageHint = languageHint
      self.otherIDs = otherIDs
    }
  }
}

/// The ways a person can be reached.
package enum Channel: String, Sendable, Codable, CaseIterable, SQLConvertible {
  case sms
  case telegram
  case terminal
  case webchat
  case whatsapp
}
