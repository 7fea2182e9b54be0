/// What Telegram would remember: messages, the webhook, updates that wait. No input or output.
struct BotAPIWorld: Sendable {
  enum Outcome: Sendable, Equatable {
    case result(JSONValue, messageID: Int64? = nil)
    case refusal(status: Int, String)
  }

  struct Webhook: Sendable {
    var url: String
    var secret: String?
  }

  private static let updatesMax = 100_000
  private static let updatesPerAnswerMax = 100

  private(set) var messages: [Int64: [BotAPIMessage]] = [:]
  private(set) var webhook: Webhook?
  private(set) var updates: [(id: Int64, body: JSONValue)] = []
  private(set) var files: [String: [UInt8]] = [:]
  /// What the bot has uploaded and may send again by its id.
  private var sentFiles: Set<String> = []
  private var lastMessageID: Int64 = 0
  private var lastUpdateID: Int64 = 1_000

  // MARK: What people do

  /// Gives the update an id unless it has one, and returns it whole.
  mutating func number(_ update: JSONValue) -> JSONValue {
    guard case .object(var members) = update else { return update }
    if let id = members["update_id"]?.integer {
      lastUpdateID = max(lastUpdateID, id)
    } else {
      lastUpdateID += 1
      members["update_id"] = .integer(lastUpdateID)
    }
    return .object(members)
  }

  mutating func push(_ update: JSONValue) -> Int64 {
    let numbered = number(update)
    let id = numbered["update_id"]?.integer ?? lastUpdateID
    updates.append((id, numbered))
    if updates.count > Self.updatesMax { updates.removeFirst() }
    return id
  }

  mutating func store(_ bytes: [UInt8], fileID: String) {
    files[fileID] = bytes
  }

  // MARK: What the bot does

  mutating func perform(_ method: String, _ parameters: [String: JSONValue]) -> Outcome {
    switch method {
    case "getMe":
      .result([
        "id": 123_456, "is_bot": true, "first_name": "Parlance", "username": "parlance_test_bot",
      ])
    case "setWebhook": setWebhook(parameters)
    case "deleteWebhook": deleteWebhook(parameters)
    case "getWebhookInfo":
      .result([
        "url": .string(webhook?.url ?? ""), "has_custom_certificate": false,
        "pending_update_count": .integer(Int64(updates.count)),
      ])
    case "editMessageText", "editMessageReplyMarkup", "editMessageCaption":
      edit(method, parameters)
    case "deleteMessage": delete(parameters)
    case "getFile": file(parameters)
    case "sendChatAction", "sendMessageDraft": .result(true)
    case _ where method.hasPrefix("send"): send(method, parameters)
    default: .result(true)  // any other method
    }
  }

  /// The updates from an offset on; those before it are confirmed and forgotten.
  mutating func takeUpdates(_ parameters: [String: JSONValue]) -> Outcome {
    guard webhook == nil else {
      return .refusal(
        status: 409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
          + "delete the webhook first")
    }
    let offset = parameters["offset"]?.integer ?? 0
    if offset < 0 {
      updates = updates.suffix(Int(clamping: -max(offset, -Int64(Self.updatesMax))))
    } else {
      updates.removeAll { $0.id < offset }
    }
    let limit = Int(clamping: parameters["limit"]?.integer ?? Int64(Self.updatesPerAnswerMax))
    let count = min(max(limit, 1), Self.updatesPerAnswerMax)
    return .result(.array(updates.prefix(count).map(\.body)))
  }

  private mutating func setWebhook(_ parameters: [String: JSONValue]) -> Outcome {
    let url = parameters["url"]?.string ?? ""
    webhook = url.isEmpty ? nil : Webhook(url: url, secret: parameters["secret_token"]?.string)
    dropUpdates(parameters)
    return .result(true)
  }

  private mutating func deleteWebhook(_ parameters: [String: JSONValue]) -> Outcome {
    webhook = nil
    dropUpdates(parameters)
    return .result(true)
  }

  private mutating func dropUpdates(_ parameters: [String: JSONValue]) {
    let drop = parameters["drop_pending_updates"]
    if drop == .bool(true) || drop == .string("true") { updates = [] }
  }

  private mutating func send(_ method: String, _ parameters: [String: JSONValue]) -> Outcome {
    guard let chat = parameters["chat_id"]?.integer else {
      return .refusal(status: 400, "Bad Request: chat not found")
    }
    let fileName = Self.fileParameters[method]
    let given = fileName.flatMap { parameters[$0]?.string }
    if let given, !sentFiles.contains(given) {
      return .refusal(
        status: 400, "Bad Request: wrong file identifier/HTTP URL specified")
    }
    lastMessageID += 1
    let message = BotAPIMessage(
      id: lastMessageID, chat: chat, method: method,
      text: (parameters["text"] ?? parameters["caption"])?.string ?? "",
      replyMarkup: parameters["reply_markup"])
    messages[chat, default: []].append(message)
    guard let fileName, case .object(var members) = message.json else {
      return .result(message.json, messageID: message.id)
    }
    let fileID = given ?? "sent-\(message.id)"
    sentFiles.insert(fileID)
    let file: JSONValue = ["file_id": .string(fileID), "file_unique_id": .string("u-\(fileID)")]
    members[fileName] = fileName == "photo" ? [["file_id": "small"], file] : file
    return .result(.object(members), messageID: message.id)
  }

  private static let fileParameters = [
    "sendDocument": "document", "sendPhoto": "photo", "sendVoice": "voice",
  ]

  /// As if Telegram no longer knew them.
  mutating func forgetSentFiles() { sentFiles = [] }

  private mutating func edit(_ method: String, _ parameters: [String: JSONValue]) -> Outcome {
    guard parameters["inline_message_id"] == nil else { return .result(true) }
    guard let chat = parameters["chat_id"]?.integer, let id = parameters["message_id"]?.integer,
      let index = messages[chat]?.firstIndex(where: { $0.id == id }),
      var message = messages[chat]?[index]
    else { return .refusal(status: 400, "Bad Request: message to edit not found") }
    let before = message
    if let text = (parameters["text"] ?? parameters["caption"])?.string { message.text = text }
    message.replyMarkup = parameters["reply_markup"]
    guard message != before else {
      return .refusal(
        status: 400,
        "Bad Request: message is not modified: specified new message content and reply markup are "
          + "exactly the same as a current content and reply markup of the message")
    }
    message.isEdited = true
    messages[chat]?[index] = message
    return .result(message.json, messageID: id)
  }

  private mutating func delete(_ parameters: [String: JSONValue]) -> Outcome {
    guard let chat = parameters["chat_id"]?.integer, let id = parameters["message_id"]?.integer,
      let index = messages[chat]?.firstIndex(where: { $0.id == id })
    else { return .refusal(status: 400, "Bad Request: message to delete not found") }
    messages[chat]?.remove(at: index)
    return .result(true)
  }

  private func file(_ parameters: [String: JSONValue]) -> Outcome {
    guard let id = parameters["file_id"]?.string, let bytes = files[id] else {
      return .refusal(
        status: 400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    }
    return .result([
      "file_id": .string(id), "file_unique_id": .string("unique-\(id)"),
      "file_size": .integer(Int64(bytes.count)), "file_path": .string("files/\(id)"),
    ])
  }
}
