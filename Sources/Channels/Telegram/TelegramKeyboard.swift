import Conversation

/// The buttons under a message.
enum TelegramKeyboard {
  static let buttonsMax = 100
  static let titleLengthMax = 64
  static let dataBytesMax = 64
  /// Longer titles are cut off on a phone when two buttons share a row.
  static let pairedTitleLengthMax = 12

  /// Whether no button carries more than Telegram takes.
  static func fits(_ buttons: [Delivery.Button]) -> Bool {
    buttons.allSatisfy { (1...dataBytesMax).contains($0.token.utf8.count) }
  }

  static func json(_ buttons: [Delivery.Button]) -> String {
    let isPaired = buttons.allSatisfy { $0.title.count <= pairedTitleLengthMax }
    let width = isPaired ? 2 : 1
    let rows = stride(from: 0, to: buttons.count, by: width).map { start in
      let row = buttons[start..<min(start + width, buttons.count)]
      return "[" + row.map(json).joined(separator: ",") + "]"
    }
    return "{\"inline_keyboard\":[" + rows.joined(separator: ",") + "]}"
  }

  /// In place of the keyboard: a button that tells where the person is, and the answers to type.
  static func json(askingForLocation label: String, _ buttons: [Delivery.Button]) -> String {
    let rows =
      ["[{\"text\":\(JSONText.quoted(label)),\"request_location\":true}]"]
      + buttons.map { "[{\"text\":\(JSONText.quoted($0.title))}]" }
    return "{\"keyboard\":[" + rows.joined(separator: ",")
      + "],\"one_time_keyboard\":true,\"resize_keyboard\":true}"
  }

  /// Takes that one away.
  static let removal = "{\"remove_keyboard\":true}"

  private static func json(_ button: Delivery.Button) -> String {
    "{\"text\":\(JSONText.quoted(button.title)),\"callback_data\":"
      + "\(JSONText.quoted(button.token))}"
  }
}
