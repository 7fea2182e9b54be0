/// What an inbound message holds.
package enum Content: Sendable, Equatable, Codable {
  case text(String)
  /// `/name argument`; the name in lower case without its slash.
  case command(name: String, argument: String)
  /// A button was used.
  case choice(Press)
  case attachment(Attachment)
  case location(latitude: Double, longitude: Double)
  case contact(phone: String, name: String, isOwn: Bool)
  /// The person changed a message they had sent.
  case edited(text: String)
  case reaction(emoji: String)
  /// The person blocked the bot, or let it back in.
  case blocked
  case unblocked
  /// Something the channel knows and we do not; the kind as the provider names it.
  case unsupported(kind: String)

  package struct Press: Sendable, Equatable, Codable {
    /// What the button carried: `prompt:choice`, or `/command`.
    package let token: String
    /// What the provider wants acknowledged, when it does.
    package let queryID: String?

    package init(token: String, queryID: String? = nil) {
      self.token = token
      self.queryID = queryID
    }
  }

  package struct Attachment: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable {
      case audio
      case document
      case image
      case video
      case voice
    }

    package let kind: Kind
    /// What the provider wants to be asked for to hand out the bytes.
    package let fileID: String
    package let caption: String?
    package let durationSeconds: Int?

    package init(
      kind: Kind, fileID: String, caption: String? = nil, durationSeconds: Int? = nil
    ) {
      self.kind = kind
      self.fileID = fileID
      self.caption = caption
      self.durationSeconds = durationSeconds
    }
  }

  /// The name under which it is stored and counted.
  package var kind: String {
    switch self {
    case .text: "text"
    case .command: "command"
    case .choice: "choice"
    case .attachment(let attachment): attachment.kind.rawValue
    case .location: "location"
    case .contact: "contact"
    case .edited: "edited"
    case .reaction: "reaction"
    case .blocked: "blocked"
    case .unblocked: "unblocked"
    case .unsupported: "unsupported"
    }
  }
}
