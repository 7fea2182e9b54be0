/// Updates as people cause them, in private chats.
package enum BotAPIUpdate {
  package static func text(
    _ text: String, chat: Int64, firstName: String = "Maryam", languageCode: String = "fa"
  ) -> JSONValue {
    var message: [String: JSONValue] = [
      "message_id": .integer(1), "date": 1_700_000_000,
      "chat": ["id": .integer(chat), "type": "private", "first_name": .string(firstName)],
      "from": person(chat, firstName, languageCode), "text": .string(text),
    ]
    if text.hasPrefix("/") {
      let length = Int64(text.prefix { !$0.isWhitespace }.utf16.count)
      message["entities"] = [["type": "bot_command", "offset": 0, "length": .integer(length)]]
    }
    return ["message": .object(message)]
  }

  /// A press on a button of a message.
  package static func button(
    _ data: String, message: Int64, chat: Int64, id: String, firstName: String = "Maryam",
    languageCode: String = "fa"
  ) -> JSONValue {
    [
      "callback_query": [
        "id": .string(id), "from": person(chat, firstName, languageCode),
        "chat_instance": "1", "data": .string(data),
        "message": [
          "message_id": .integer(message), "date": 1_700_000_000, "text": "…",
          "chat": ["id": .integer(chat), "type": "private", "first_name": .string(firstName)],
        ],
      ]
    ]
  }

  private static func person(
    _ id: Int64, _ firstName: String, _ languageCode: String
  ) -> JSONValue {
    [
      "id": .integer(id), "is_bot": false, "first_name": .string(firstName),
      "language_code": .string(languageCode),
    ]
  }
}
