import Standins

/// Updates with what every private chat has, around whatever a test wants to put in.
enum Sample {
  static let chatID: Int64 = 5_512_098_346
  static let updateID: Int64 = 4_880_412_900

  static let person: JSONValue = [
    "id": .integer(chatID), "is_bot": false, "first_name": "Sara", "language_code": "fa",
  ]
  static let privateChat: JSONValue = ["id": .integer(chatID), "type": "private"]
  static let group: JSONValue = ["id": -1_001_914_618_483, "type": "supergroup", "title": "G"]

  static func update(_ kind: String, _ body: [String: JSONValue]) -> JSONValue {
    .object(["update_id": .integer(updateID), kind: .object(body)])
  }

  static func message(
    _ members: [String: JSONValue], kind: String = "message", chat: JSONValue = privateChat,
    from: JSONValue = person
  ) -> JSONValue {
    let common: [String: JSONValue] = [
      "message_id": 411, "date": 1_767_255_000, "chat": chat, "from": from,
    ]
    return update(kind, common.merging(members) { $1 })
  }

  static func text(_ text: String) -> JSONValue { message(["text": .string(text)]) }

  static let file: JSONValue = [
    "file_id": "F", "file_unique_id": "U", "duration": 7, "width": 10, "height": 10,
  ]
}
