import Conversation

/// What a message of WhatsApp holds.
enum WhatsAppMessage {
  /// Ids of WhatsApp are far shorter.
  static let nameBytesMax = 512
  /// Of what names an unknown kind.
  private static let kindLengthMax = 64

  enum Meaning {
    /// The second value tells apart what shares a message's id.
    case content(Content, key: String)
    case moved(to: String)
    case ignored(WhatsAppPost.Reason)

    static func content(_ content: Content) -> Meaning { .content(content, key: "") }
  }

  /// An id: neither empty nor longer than any.
  static func name(_ element: JSONElement?) -> String? {
    guard let text = element?.string, (1...nameBytesMax).contains(text.utf8.count) else {
      return nil
    }
    return text
  }

  static func meaning(
    of message: JSONElement, from sender: String
  ) throws(DecodingFault) -> Meaning {
    guard let type = message["type"]?.string, message["timestamp"] != nil else {
      throw .missingFields
    }
    switch type {
    case "text": return .content(try text(message["text"]?["body"]))
    case "audio":
      let isVoice = message["audio"]?["voice"]?.bool == true
      return .content(try attachment(isVoice ? .voice : .audio, message["audio"]))
    case "image": return .content(try attachment(.image, message["image"]))
    case "video": return .content(try attachment(.video, message["video"]))
    case "document": return .content(try attachment(.document, message["document"]))
    case "location": return .content(try location(message["location"]))
    case "contacts": return .content(try contact(message["contacts"], sender: sender))
    case "button": return .content(try templateButton(message["button"]))
    case "interactive": return .content(try interactive(message["interactive"]))
    case "reaction": return try reaction(message["reaction"])
    case "edit": return try edit(message)
    case "revoke": return .ignored(.revoked)
    case "system": return try system(message["system"])
    // Somebody opened the chat for the first time and has not written yet.
    case "request_welcome": return .content(.command(name: "start", argument: ""))
    case _: return .content(.unsupported(kind: String(type.prefix(kindLengthMax))))
    }
  }

  private static func text(_ element: JSONElement?) throws(DecodingFault) -> Content {
    guard let text = element?.string else { throw .missingFields }
    return CommandText.content(text) ?? .text(text)
  }

  private static func attachment(
    _ kind: Content.Attachment.Kind, _ file: JSONElement?
  ) throws(DecodingFault) -> Content {
    guard let file, let id = name(file["id"]) else { throw .missingFields }
    return .attachment(
      Content.Attachment(kind: kind, fileID: id, caption: file["caption"]?.string))
  }

  private static func location(_ location: JSONElement?) throws(DecodingFault) -> Content {
    guard let latitude = location?["latitude"]?.number,
      let longitude = location?["longitude"]?.number, abs(latitude) <= 90, abs(longitude) <= 180
    else { throw .missingFields }
    return .location(latitude: latitude, longitude: longitude)
  }

  /// The first one with a number: a conversation asks for one.
  private static func contact(
    _ contacts: JSONElement?, sender: String
  ) throws(DecodingFault) -> Content {
    guard let contacts, contacts.isArray else { throw .missingFields }
    for contact in contacts.items {
      for phone in contact["phones"]?.items ?? [] {
        guard let number = phone["phone"]?.string ?? phone["wa_id"]?.string else { continue }
        return .contact(
          phone: number, name: contact["name"]?["formatted_name"]?.string ?? "",
          isOwn: phone["wa_id"]?.string == sender)
      }
    }
    return .unsupported(kind: "contacts")
  }

  /// What a template's button carries may be a press of ours, or just its words: “Unsubscribe” has
  /// to be obeyed like any word.
  private static func templateButton(_ button: JSONElement?) throws(DecodingFault) -> Content {
    guard let button, let words = (button["text"] ?? button["payload"])?.string else {
      throw .missingFields
    }
    guard let token = button["payload"]?.string, isToken(token) else { return .text(words) }
    return .choice(Content.Press(token: token))
  }

  /// `12:yes`, or `/menu`.
  private static func isToken(_ text: String) -> Bool {
    if text.utf8.first == UInt8(ascii: "/") { return true }
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    return !digits.isEmpty && text.utf8.dropFirst(digits.count).first == UInt8(ascii: ":")
  }

  private static func interactive(_ answer: JSONElement?) throws(DecodingFault) -> Content {
    guard let answer, let type = answer["type"]?.string else { throw .missingFields }
    let reply: JSONElement?
    switch type {
    case "button_reply": reply = answer["button_reply"]
    case "list_reply": reply = answer["list_reply"]
    case _: return .unsupported(kind: String(type.prefix(kindLengthMax)))
    }
    guard let token = reply?["id"]?.string else { throw .missingFields }
    return .choice(Content.Press(token: token))
  }

  private static func reaction(_ reaction: JSONElement?) throws(DecodingFault) -> Meaning {
    guard let reaction, reaction["message_id"]?.string != nil else { throw .missingFields }
    guard let emoji = reaction["emoji"]?.string, !emoji.isEmpty else {
      return .ignored(.reactionWithdrawn)
    }
    return .content(.reaction(emoji: emoji))
  }

  /// An edit may share the id of what it changes, and a message can be edited again.
  private static func edit(_ message: JSONElement) throws(DecodingFault) -> Meaning {
    guard let edit = message["edit"] else { throw .missingFields }
    let edited = edit["message"]
    let captioned = edited?["image"] ?? edited?["video"] ?? edited?["document"]
    guard let text = (edited?["text"]?["body"] ?? captioned?["caption"])?.string else {
      return .ignored(.editWithoutText)
    }
    let second = message["timestamp"].map { $0.string ?? "\($0.integer ?? 0)" } ?? ""
    return .content(.edited(text: text), key: ":edit:\(second.prefix(kindLengthMax))")
  }

  private static func system(_ system: JSONElement?) throws(DecodingFault) -> Meaning {
    guard let system, let type = system["type"]?.string else { throw .missingFields }
    guard type == "user_changed_number" else { return .ignored(.systemNotice) }
    guard let address = name(system["wa_id"] ?? system["new_wa_id"]) else { throw .missingFields }
    return .moved(to: address)
  }
}
