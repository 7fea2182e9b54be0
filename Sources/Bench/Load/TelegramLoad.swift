/// Telegram updates of about 600 bytes: private text messages, each with an `update_id` of its own,
/// spread evenly over a number of chats.
package struct TelegramLoad: Sendable {
  package static let path = "/gateway/webhook/telegram"
  private static let firstChat = 700_000_000

  private let chats: Int
  private let firstUpdateID: Int
  private let afterUpdateID: [UInt8]
  private let afterMessageID: [UInt8]
  private let afterSender: [UInt8]
  private let afterChat: [UInt8]

  /// Runs against the same database need ranges of `update_id` that do not meet.
  package init(chats: Int, firstUpdateID: Int) {
    self.chats = max(1, chats)
    self.firstUpdateID = firstUpdateID
    afterUpdateID = Array(#","message":{"message_id":"#.utf8)
    afterMessageID = Array(#","from":{"id":"#.utf8)
    afterSender = Array(
      (#","is_bot":false,"first_name":"Shirin","last_name":"Ahmadi","username":"shirin_learns","#
        + #""language_code":"en"},"chat":{"id":"#).utf8)
    afterChat = Array(
      (#","first_name":"Shirin","last_name":"Ahmadi","username":"shirin_learns","#
        + #""type":"private"},"date":1760000000,"text":""# + Self.text
        + #"","entities":[{"offset":0,"length":5,"type":"bold"}],"#
        + #""link_preview_options":{"is_disabled":true}}}"#).utf8)
  }

  package static func headers(secret: String) -> [(name: String, value: String)] {
    [
      ("Content-Type", "application/json"), ("X-Telegram-Bot-Api-Secret-Token", secret),
    ]
  }

  package func body(_ sequence: Int) -> [UInt8] {
    let chat = Array(String(Self.firstChat + sequence % chats).utf8)
    var body: [UInt8] = []
    body.reserveCapacity(700)
    body += #"{"update_id":"#.utf8
    body += String(firstUpdateID + sequence).utf8
    body += afterUpdateID
    body += String(1 + sequence).utf8
    body += afterMessageID
    body += chat
    body += afterSender
    body += chat
    body += afterChat
    return body
  }

  private static let text =
    "Hello! Yesterday I went to the market with my sister and we bought oranges, bread and a "
    + "small green lamp. How do I say that the lamp was cheaper than I had thought?"
}
