package import Conversation
package import Storage

/// What the page shows, as JSON.
package enum WebChatView {
  package static let limitMax = ChatHistory.limitMax

  /// `{"messages":[…]}`: what came after a position, oldest first; without one, the newest.
  package static func messages(
    chatID: String, after position: Int? = nil, limit: Int = limitMax, in database: Transaction
  ) throws -> String {
    let messages = try ChatHistory.messages(
      channel: .webchat, chatID: chatID, after: position, limit: limit, in: database)
    return "{\"messages\":[" + messages.map { json($0, chatID: chatID) }.joined(separator: ",")
      + "]}"
  }

  /// One message.
  package static func json(_ message: ChatMessage, chatID: String) -> String {
    let isPerson = message.author == .person
    let plain = isPerson ? message.text : Markup.plain(message.text)
    var json = "{\"id\":\"\(message.position)\",\"from\":\"\(message.author.rawValue)\""
    json += ",\"text\":\(JSONText.quoted(plain))"
    if message.author == .bot {
      let markup = ordered(message.text, in: message.language)
      json += ",\"markup\":\(JSONText.quoted(markup))"
    }
    let choices = message.buttons.map {
      "{\"id\":\(JSONText.quoted($0.token)),\"title\":\(JSONText.quoted($0.title))}"
    }
    json +=
      ",\"choices\":[" + choices.joined(separator: ",") + "],\"media\":" + media(message, chatID)
    if let language = message.language {
      json += ",\"language\":\(JSONText.quoted(language.text))"
    }
    if let id = message.key.flatMap(WebChatMessage.clientID) {
      json += ",\"clientId\":\(JSONText.quoted(id))"
    }
    if let chosen = message.chosen { json += ",\"chosen\":\(JSONText.quoted(chosen))" }
    return json + ",\"at\":\(message.at.milliseconds)}"
  }

  /// An answer that is still being written.
  package static func draft(_ markup: String, language: LanguageCode) -> String {
    "{\"markup\":\(JSONText.quoted(ordered(markup, in: language))),"
      + "\"language\":\(JSONText.quoted(language.text))}"
  }

  private static func media(_ message: ChatMessage, _ chatID: String) -> String {
    if let lost = message.lostKind {
      // There was a file: an empty bubble would puzzle.
      return "{\"url\":null,\"kind\":\"\(lost.rawValue)\",\"name\":\"\"}"
    }
    guard let media = message.media else { return "null" }
    let url = WebChat.filePath(chatID: chatID, position: message.position)
    return "{\"url\":\(JSONText.quoted(url)),\"kind\":\"\(media.kind.rawValue)\","
      + "\"name\":\(JSONText.quoted(media.fileName))}"
  }

  /// The page lays each paragraph out by itself; Latin words in it are set apart here.
  private static func ordered(_ markup: String, in language: LanguageCode?) -> String {
    guard let language, language.isRightToLeft else { return markup }
    return Markup.text(
      MixedScripts.ordered(Markup.spans(markup), in: language, by: .isolates))
  }
}
