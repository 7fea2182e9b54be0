package import Conversation
import Foundation
package import Storage

/// Reads what was said in one chat.
package enum ChatHistory {
  package static let limitMax = 200
  /// How far back a command button is looked for, to show its title.
  private static let questionsMax = 20

  /// The messages after a position, oldest first; without one, the newest.
  package static func messages(
    channel: Channel, chatID: String, after position: Int? = nil, limit: Int = limitMax,
    in database: Transaction
  ) throws -> [ChatMessage] {
    guard let conversation = try conversation(channel, chatID, in: database) else { return [] }
    let order: SQL = position == nil ? "DESC" : "ASC"
    let rows = try database.all(
      """
      SELECT position, author, kind, text, buttons, chosen, language, created_at AS at, key,
        media_id
      FROM messages WHERE conversation_id = \(conversation) AND position > \(position ?? 0)
        AND kind IN ('message', 'text', 'command', 'choice', 'voice', 'audio', 'image', 'video',
          'document')
        AND state <> 'cancelled'
      ORDER BY position \(sql: order) LIMIT \(max(0, min(limit, limitMax)))
      """)
    let messages = try rows.map { try message($0, conversation, in: database) }
    return position == nil ? messages.reversed() : messages
  }

  /// The file that a message of this chat shows.
  package static func file(
    channel: Channel, chatID: String, position: Int, in database: Transaction
  ) throws -> OutgoingMedia? {
    guard let conversation = try conversation(channel, chatID, in: database) else { return nil }
    if let sent = try MediaStore.load(of: conversation, position: position, in: database) {
      return sent
    }
    return try ReceivedFiles.load(of: conversation, position: position, in: database).map {
      OutgoingMedia(
        kind: $0.mediaType.hasPrefix("image/") ? .image : .voice, mediaType: $0.mediaType,
        fileName: "\(position).\(Self.fileExtension(of: $0.mediaType))", bytes: $0.bytes)
    }
  }

  private static func fileExtension(of mediaType: String) -> String {
    switch mediaType {
    case "audio/mp4": "m4a"
    case "audio/mpeg": "mp3"
    case "image/jpeg": "jpg"
    case _: mediaType.split(separator: "/").last.map(String.init) ?? "bin"
    }
  }

  private static func conversation(
    _ channel: Channel, _ chatID: String, in database: Transaction
  ) throws -> ID<ConversationRecord>? {
    try database.first(
      """
      SELECT conversation_id FROM addresses
      WHERE channel = \(channel) AND external_id = \(chatID)
      """
    )?.value("conversation_id")
  }

  private static func message(
    _ row: Row, _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> ChatMessage {
    let author = try author(row.value("author"))
    let stored: String = try row.value("text")
    let position: Int = try row.value("position")
    let mediaID: ID<OutgoingMedia>? = try row.value("media_id")
    let sent = author == .person ? try attachment(row) : nil
    let key: String? = try row.value("key")
    let isKept = try sent != nil && key.map { try ReceivedFiles.isKept($0, in: database) } ?? false
    return ChatMessage(
      position: position, author: author,
      text: author == .person
        ? try words(
          kind: row.value("kind"), stored: stored, before: position, conversation, in: database)
        : stored,
      buttons: try buttons(row.value("buttons")), chosen: try row.value("chosen"),
      language: try row.value("language"), at: try row.value("at"), key: key,
      media: try mediaID.flatMap { try MediaStore.label(of: $0, in: database) }
        ?? (isKept ? sent.map { MediaStore.Label(kind: $0, fileName: "") } : nil),
      lostKind: isKept ? nil : sent)
  }

  /// What the person sent beside words, as it is shown.
  private static func attachment(_ row: Row) throws -> OutgoingMedia.Kind? {
    switch try row.value("kind", as: String.self) {
    case "voice", "audio": .voice
    case "image": .image
    case "video", "document": .document
    case _: nil
    }
  }

  private static func author(_ stored: String) -> ChatMessage.Author {
    switch stored {
    case ChatMessage.Author.person.rawValue: .person
    case ConversationRecord.botOwner: .bot
    case _: .staff
    }
  }

  /// What the person wrote, or the title of the button they used.
  private static func words(
    kind: String, stored: String, before position: Int,
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> String {
    guard kind != "text" else { return stored }
    switch try JSONDecoder().decode(Content.self, from: Data(stored.utf8)) {
    case .text(let text), .edited(let text): return text
    case .command(let name, let argument):
      return argument.isEmpty ? "/\(name)" : "/\(name) \(argument)"
    case .choice(let press):
      return try title(of: press.token, before: position, conversation, in: database)
        ?? press.token
    case .attachment(let attachment): return attachment.caption ?? ""
    case .location, .contact, .reaction, .blocked, .unblocked, .unsupported:
      return ""
    }
  }

  private static func title(
    of token: String, before position: Int, _ conversation: ID<ConversationRecord>,
    in database: Transaction
  ) throws -> String? {
    // A token begins with the position of its question; a command's button may be anywhere.
    let asked = token.split(separator: ":").first.flatMap { Int($0) }
    let rows = try database.all(
      """
      SELECT buttons FROM deliveries
      WHERE conversation_id = \(conversation) AND position < \(position)
        AND position >= \(asked ?? 0) AND position <= \(asked ?? position)
        AND kind = 'message' AND buttons IS NOT NULL
      ORDER BY position DESC LIMIT \(questionsMax)
      """)
    for row in rows {
      let button = try buttons(row.value("buttons")).first { $0.token == token }
      if let button { return button.title }
    }
    return nil
  }

  private static func buttons(_ stored: String?) throws -> [Delivery.Button] {
    guard let stored else { return [] }
    return try JSONDecoder().decode([Delivery.Button].self, from: Data(stored.utf8))
  }
}
