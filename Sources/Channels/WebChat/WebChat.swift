package import Conversation

/// The chat page and the widget: our own protocol.
package enum WebChat {
  package static let capabilities = Capabilities(
    textLengthMax: 8_000, buttonsMax: 50, buttonTitleLengthMax: 64, settlesButtons: true,
    isPushed: false, captionLengthMax: 8_000)

  private static let chatIDLengths = 16...128

  /// Whether it can be the id of a visitor: who knows it is the visitor, so it has to be long.
  package static func isChatID(_ text: String) -> Bool {
    chatIDLengths.contains(text.utf8.count) && text.utf8.allSatisfy(isWordByte)
  }

  /// Where the file of a message is fetched.
  package static func filePath(chatID: String, position: Int) -> String {
    "/gateway/webchat/\(chatID)/media/\(position)"
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    case _: false
    }
  }
}
