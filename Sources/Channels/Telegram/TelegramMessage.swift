import Conversation

/// What a message of the Bot API holds.
enum TelegramMessage {
  /// What a person sends and we cannot read. Before the kinds we can: an animation is a document,
  /// too.
  private static let unreadableKinds: [StaticString] = [
    "animation", "sticker", "poll", "dice", "story", "game", "checklist", "paid_media", "invoice",
  ]

  /// What Telegram says for itself, in a chat with one person; nobody expects an answer.
  private static let serviceKinds: Set<String> = [
    "boost_added", "chat_background_set", "chat_shared", "checklist_tasks_added",
    "checklist_tasks_done", "connected_website", "delete_chat_photo", "gift", "giveaway",
    "giveaway_completed", "giveaway_created", "giveaway_winners", "group_chat_created",
    "message_auto_delete_timer_changed", "new_chat_photo", "new_chat_title",
    "paid_message_price_changed", "passport_data", "pinned_message", "proximity_alert_triggered",
    "refunded_payment", "successful_payment", "unique_gift", "users_shared", "video_chat_ended",
    "video_chat_scheduled", "video_chat_started", "web_app_data", "write_access_allowed",
  ]

  /// - Returns: nil for a service message.
  static func content(of message: JSONElement) throws(DecodingFault) -> Content? {
    if let text = message["text"] { return try textContent(text, message) }
    for kind in unreadableKinds where message[kind] != nil {
      return .unsupported(kind: "\(kind)")
    }
    if let attachment = try attachment(in: message) { return .attachment(attachment) }
    if let location = message["location"] { return try locationContent(location) }
    if let contact = message["contact"] { return try contactContent(contact, message) }
    let isService = message.members.contains { serviceKinds.contains($0.name) }
    return isService ? nil : .unsupported(kind: "unknown")
  }

  private static func textContent(
    _ element: JSONElement, _ message: JSONElement
  ) throws(DecodingFault) -> Content {
    guard let text = element.string else { throw .missingFields }
    guard text.utf8.first == UInt8(ascii: "/") else { return .text(text) }
    let isMarked =
      message["entities"]?.items.contains {
        $0["type"]?.string == "bot_command" && $0["offset"]?.integer == 0
      } ?? false
    return CommandText.content(text, isMarked: isMarked) ?? .text(text)
  }

  private static func attachment(
    in message: JSONElement
  ) throws(DecodingFault) -> Content.Attachment? {
    if let voice = message["voice"] { return try attachment(.voice, voice, message) }
    if let audio = message["audio"] { return try attachment(.audio, audio, message) }
    if let video = message["video"] ?? message["video_note"] {
      return try attachment(.video, video, message)
    }
    if let sizes = message["photo"] {
      guard let largest = sizes.items.max(by: { area($0) < area($1) }) else {
        throw .missingFields
      }
      return try attachment(.image, largest, message)
    }
    if let document = message["document"] { return try attachment(.document, document, message) }
    return nil
  }

  private static func attachment(
    _ kind: Content.Attachment.Kind, _ file: JSONElement, _ message: JSONElement
  ) throws(DecodingFault) -> Content.Attachment {
    guard let fileID = file["file_id"]?.string else { throw .missingFields }
    return Content.Attachment(
      kind: kind, fileID: fileID, caption: message["caption"]?.string,
      durationSeconds: file["duration"]?.integer.flatMap { Int(exactly: max(0, $0)) })
  }

  private static func area(_ size: JSONElement) -> Double {
    (size["width"]?.number ?? 0) * (size["height"]?.number ?? 0)
  }

  private static func locationContent(_ location: JSONElement) throws(DecodingFault) -> Content {
    guard let latitude = location["latitude"]?.number,
      let longitude = location["longitude"]?.number, abs(latitude) <= 90, abs(longitude) <= 180
    else { throw .missingFields }
    return .location(latitude: latitude, longitude: longitude)
  }

  private static func contactContent(
    _ contact: JSONElement, _ message: JSONElement
  ) throws(DecodingFault) -> Content {
    guard let phone = contact["phone_number"]?.string else { throw .missingFields }
    let owner = contact["user_id"]?.integer
    return .contact(
      phone: phone, name: contact["first_name"]?.string ?? "",
      isOwn: owner != nil && owner == message["from"]?["id"]?.integer)
  }
}
