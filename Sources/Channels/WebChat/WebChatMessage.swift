package import Conversation

/// What the page sends: `{"id","text"}` or `{"id","choice"}`.
package enum WebChatMessage {
  private static let idLengths = 1...64
  private static let textLengthMax = Engine.textLengthMax
  private static let choiceBytesMax = 64

  /// - Parameters:
  ///   - chatID: one that `WebChat.isChatID` has found good.
  ///   - languageHint: what the page or the browser is set to.
  package static func decode(
    _ bytes: [UInt8], chatID: String, languageHint: String? = nil
  ) throws(DecodingFault) -> Inbound {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes)
    } catch {
      throw .notJSON
    }
    let body = document.root
    guard let id = body["id"]?.string, isID(id) else { throw .missingFields }
    return Inbound(
      channel: .webchat, key: key(chatID: chatID, id: id),
      sender: Inbound.Sender(externalID: chatID, languageHint: languageHint),
      content: try content(of: body))
  }

  /// What a message is stored under.
  static func key(chatID: String, id: String) -> String { "\(chatID)/\(id)" }

  /// The client's own id of a message, from the key it is stored under.
  static func clientID(fromKey key: String) -> String? {
    key.firstIndex(of: "/").map { String(key[key.index(after: $0)...]) }
  }

  static func isID(_ id: String) -> Bool {
    idLengths.contains(id.utf8.count)
      && id.utf8.allSatisfy {
        WebChat.isWordByte($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
  }

  private static func content(of body: JSONElement) throws(DecodingFault) -> Content {
    switch (body["text"], body["choice"]) {
    case (let text?, nil):
      guard let text = text.string, text.utf16.count <= textLengthMax,
        text.contains(where: { !$0.isWhitespace })
      else { throw .missingFields }
      return CommandText.content(text) ?? .text(text)
    case (nil, let choice?):
      guard let token = choice.string, (1...choiceBytesMax).contains(token.utf8.count) else {
        throw .missingFields
      }
      return .choice(Content.Press(token: token))
    case (nil, nil), (_?, _?): throw .missingFields
    }
  }
}
