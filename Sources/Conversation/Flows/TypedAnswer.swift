/// Typed answers as people write them: in any case, with either script's letters and digits.
package enum TypedAnswer {
  /// Lower case, one space between words, Arabic letters and digits as their Persian or ASCII
  /// twins, without emoji, ZWNJ and closing punctuation.
  package static func normalise(_ text: String) -> String {
    normaliseASCII(text) ?? normaliseAny(text)
  }

  /// The same for text without a single letter beyond ASCII, which is most of what is typed here
  /// and needs none of Unicode's tables. Nil when there is one.
  private static func normaliseASCII(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case 0x80...: return nil
      case 0x41...0x5A: bytes.append(byte | 0x20)
      case 0x60: bytes.append(UInt8(ascii: "'"))
      case 0x09...0x0D, 0x20:
        if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
      case _: bytes.append(byte)
      }
    }
    while let last = bytes.last, isClosing(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isClosing(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case " ", ".", "!", "?", ",", ";", ":": true
    case _: false
    }
  }

  private static func normaliseAny(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      guard let plain = replacement(for: scalar) else { continue }
      if plain == " ", scalars.isEmpty || scalars.last == " " { continue }
      scalars.append(plain)
    }
    while let last = scalars.last, " .!?؟،,;:؛".unicodeScalars.contains(last) {
      scalars.removeLast()
    }
    return String(scalars)
  }

  /// The place, from 0, that a number (`2`, `۲`, `2.`) or a letter (`b`, `ب`) names.
  package static func index(_ normalised: String) -> Int? {
    if let number = Int(normalised), number >= 1 { return number - 1 }
    guard normalised.unicodeScalars.count == 1, let letter = normalised.unicodeScalars.first
    else { return nil }
    if ("a"..."z").contains(letter) { return Int(letter.value - Unicode.Scalar("a").value) }
    return persianLetters.firstIndex(of: letter)
  }

  /// The order in which Persian lists are lettered.
  private static let persianLetters: [Unicode.Scalar] = ["ا", "ب", "ج", "د", "ه", "و"]

  private static func replacement(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "ي", "ى": "ی"
    case "ك": "ک"
    case "’", "‘", "`", "´": "'"
    case "“", "”", "«", "»": "\""
    case "\u{200C}", "\u{200B}", "\u{200E}", "\u{200F}", "\u{FE0F}", "\u{2066}"..."\u{2069}": nil
    case "\u{06F0}"..."\u{06F9}": Unicode.Scalar(scalar.value - 0x06F0 + 0x30)
    case "\u{0660}"..."\u{0669}": Unicode.Scalar(scalar.value - 0x0660 + 0x30)
    // Looking a scalar's properties up is slow; most of what people type needs none.
    case _ where scalar.isASCII: (9...13).contains(scalar.value) ? " " : scalar
    case _ where scalar.properties.isWhitespace: " "
    case _ where scalar.properties.isEmojiPresentation: nil
    case _: scalar
    }
  }
}
