import Conversation

/// Text that asks for something: `/menu`, `/start PAYLOAD`, `/menu@OurBot`.
enum CommandText {
  /// What Telegram takes for a command, and so do we on every channel.
  static let nameLengthMax = 32

  /// - Parameter isMarked: whether the channel itself says that the text begins with a command;
  ///   then anything may follow its name.
  /// - Returns: nil when the text is just text.
  static func content(_ text: String, isMarked: Bool = false) -> Content? {
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    let name = text.dropFirst().prefix(while: isNameCharacter)
    guard !name.isEmpty, name.utf8.count <= nameLengthMax else { return nil }
    var rest = text[name.endIndex...]
    if rest.first == "@" {
      rest = rest.dropFirst().drop(while: isNameCharacter)
    }
    guard isMarked || rest.first?.isWhitespace != false else { return nil }
    return .command(name: name.lowercased(), argument: trimmed(rest))
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "_")
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text.drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
