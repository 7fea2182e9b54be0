import Conversation

/// Codes people read on one screen and type on another: eight characters of an alphabet without
/// look-alikes and without vowels, so that no word comes of it.
enum LinkCode {
  static let alphabet = Array("2345679CDFGHJKMNPQRTVWXY".utf8)
  static let length = 8
  static let lifeMs: Int64 = 10 * 60_000

  static func make(length: Int = length, _ source: AccountKeys.RandomBytes) throws -> String {
    var characters: [UInt8] = []
    // Bytes beyond a whole number of alphabets would make its first letters likelier.
    let bound = 256 / alphabet.count * alphabet.count
    while characters.count < length {
      for byte in try source(length) where Int(byte) < bound && characters.count < length {
        characters.append(alphabet[Int(byte) % alphabet.count])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// What was meant by typed words: any case, any script's digits, with or without spaces and
  /// hyphens. Nil when it is no code.
  static func parse(_ text: String, length: Int = length) -> String? {
    let typed = TypedAnswer.normalise(text).uppercased().utf8.filter {
      $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_")
    }
    guard typed.count == length, typed.allSatisfy(alphabet.contains) else { return nil }
    return String(decoding: typed, as: UTF8.self)
  }
}
