import Conversation

/// The buttons under a message.
enum TelegramKeyboard {
  static let buttonsMax = 100
  static let titleLengthMax = 64
  static let dataBytesMax = 64
  /// Longer titles are cut off on a phone when two buttons share a row.
  static let pairedTitleLengthMax = 12

  /// - Returns: nil when a button carries more than Telegram takes.
  static func json(_ buttons: [Delivery.Button]) -> String? {
    guard buttons.allSatisfy({ (1...dataBytesMax).contains($0.token.utf8.count) }) else {
      return nil
    }
    let isPaired = buttons.allSatisfy { $0.title.count <= pairedTitleLengthMax }
    let width = isPaired ? 2 : 1
    let rows = stride(from: 0, to: buttons.count, by: width).map { start in
      let row = buttons[start..<min(start + width, buttons.count)]
      return "[" + row.map(json).joined(separator: ",") + "]"
    }
    return "{\"inline_keyboard\":[" + rows.joined(separator: ",") + "]}"
  }

  private static func json(_ button: Delivery.Button) -> String {
    "{\"text\":\(JSONText.quoted(button.title)),\"callback_data\":"
      + "\(JSONText.quoted(button.token))}"
  }
}
