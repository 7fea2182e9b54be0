package import Conversation

/// Reads what Telegram's Bot API calls an Update.
package enum TelegramUpdate {
  /// What the bot asks to be told; anything else is left out by Telegram itself.
  static let allowedKinds = [
    "message", "edited_message", "callback_query", "message_reaction", "my_chat_member",
  ]

  package enum Decoded: Sendable, Equatable {
    case inbound(Inbound)
    case ignored(Reason)
  }

  /// Why a sound update is not a message to us.
  package enum Reason: String, Sendable, Equatable {
    /// A group or a channel: the bot talks with people one by one.
    case notPrivate
    case bot
    case unknownKind
    /// Telegram's own remarks: a pinned message, a changed timer.
    case serviceMessage
    /// A live location that has moved on, another picture without a word.
    case editWithoutText
    case reactionWithdrawn
    /// A change of membership that neither blocks nor unblocks.
    case membership
  }

  package static func decode(_ bytes: [UInt8]) throws(DecodingFault) -> Decoded {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes)
    } catch {
      throw .notJSON
    }
    return try decode(document.root)
  }

  static func decode(_ update: JSONElement) throws(DecodingFault) -> Decoded {
    guard let id = update["update_id"]?.integer else { throw .missingFields }
    let key = String(id)
    if let message = update["message"] { return try decodeMessage(message, key: key) }
    if let query = update["callback_query"] { return try decodeQuery(query, key: key) }
    if let message = update["edited_message"] { return try decodeEdit(message, key: key) }
    if let change = update["message_reaction"] { return try decodeReaction(change, key: key) }
    if let change = update["my_chat_member"] { return try decodeMembership(change, key: key) }
    return .ignored(.unknownKind)
  }

  private static func decodeMessage(
    _ message: JSONElement, key: String
  ) throws(DecodingFault) -> Decoded {
    switch try origin(of: message, author: message["from"]) {
    case .ignored(let reason): return .ignored(reason)
    case .person(let sender):
      guard let content = try TelegramMessage.content(of: message) else {
        return .ignored(.serviceMessage)
      }
      return inbound(key, sender, content)
    }
  }

  private static func decodeQuery(
    _ query: JSONElement, key: String
  ) throws(DecodingFault) -> Decoded {
    guard let queryID = query["id"]?.string, let author = query["from"],
      let authorID = author["id"]?.integer
    else { throw .missingFields }
    // The message is left out when it is too old. Then the press came from a private chat, whose
    // id is that of the person.
    let chat = query["message"]?["chat"]
    if let type = chat?["type"]?.string, type != privateType { return .ignored(.notPrivate) }
    // Buttons without data do not exist here; whatever this is, it wants to be acknowledged.
    let press = Content.Press(token: query["data"]?.string ?? "", queryID: queryID)
    let chatID = chat?["id"]?.integer ?? authorID
    return inbound(key, sender(chatID: chatID, author: author), .choice(press))
  }

  private static func decodeEdit(
    _ message: JSONElement, key: String
  ) throws(DecodingFault) -> Decoded {
    switch try origin(of: message, author: message["from"]) {
    case .ignored(let reason): return .ignored(reason)
    case .person(let sender):
      guard let text = (message["text"] ?? message["caption"])?.string else {
        return .ignored(.editWithoutText)
      }
      return inbound(key, sender, .edited(text: text))
    }
  }

  private static func decodeReaction(
    _ change: JSONElement, key: String
  ) throws(DecodingFault) -> Decoded {
    switch try origin(of: change, author: change["user"]) {
    case .ignored(let reason): return .ignored(reason)
    case .person(let sender):
      guard let reactions = change["new_reaction"], reactions.isArray else { throw .missingFields }
      guard let newest = reactions.items.last else { return .ignored(.reactionWithdrawn) }
      // Other reactions have no character: a picture of a set, a paid star.
      guard let emoji = newest["emoji"]?.string ?? newest["type"]?.string else {
        throw .missingFields
      }
      return inbound(key, sender, .reaction(emoji: emoji))
    }
  }

  private static func decodeMembership(
    _ change: JSONElement, key: String
  ) throws(DecodingFault) -> Decoded {
    switch try origin(of: change, author: change["from"]) {
    case .ignored(let reason): return .ignored(reason)
    case .person(let sender):
      guard let status = change["new_chat_member"]?["status"]?.string else {
        throw .missingFields
      }
      switch status {
      case "kicked": return inbound(key, sender, .blocked)
      case "member": return inbound(key, sender, .unblocked)
      case _: return .ignored(.membership)
      }
    }
  }
}

extension TelegramUpdate {
  private static let privateType = "private"

  private enum Origin {
    case person(Inbound.Sender)
    case ignored(Reason)
  }

  private static func origin(
    of event: JSONElement, author: JSONElement?
  ) throws(DecodingFault) -> Origin {
    guard let chat = event["chat"], let id = chat["id"]?.integer, let type = chat["type"]?.string
    else { throw .missingFields }
    guard type == privateType else { return .ignored(.notPrivate) }
    if author?["is_bot"]?.bool == true { return .ignored(.bot) }
    return .person(sender(chatID: id, author: author))
  }

  private static func sender(chatID: Int64, author: JSONElement?) -> Inbound.Sender {
    Inbound.Sender(
      externalID: String(chatID), name: author?["first_name"]?.string,
      languageHint: author?["language_code"]?.string)
  }

  private static func inbound(
    _ key: String, _ sender: Inbound.Sender, _ content: Content
  ) -> Decoded {
    .inbound(Inbound(channel: .telegram, key: key, sender: sender, content: content))
  }
}
