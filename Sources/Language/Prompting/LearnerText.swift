/// A learner's words in a prompt: data, set apart by marks that they cannot contain, so that
/// nothing in them passes for an instruction or for the end of the data.
enum LearnerText {
  static let opening = "<<<LEARNER"
  static let closing = "LEARNER>>>"

  /// The words between their marks, at most so many characters of them.
  static func marked(_ text: String, lengthMax: Int) -> String {
    opening + "\n" + plain(text, lengthMax: lengthMax) + "\n" + closing
  }

  /// The words without anything that a model, or the template of its talk, takes for a mark:
  /// angle brackets in a row, what looks like a tag, signs nobody sees.
  static func plain(_ text: String, lengthMax: Int) -> String {
    var plain = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      guard let scalar = visible(scalar) else { continue }
      let isBracket = scalar == "<" || scalar == ">"
      if isBracket, last == scalar { continue }
      if last == "<", opensTag(scalar) { plain.append(" ") }
      if last == "|", scalar == ">" { plain.append(" ") }
      if last == "[", scalar == "/" || isInstruction(scalar) { plain.append(" ") }
      plain.append(scalar)
      last = scalar
    }
    return cut(String(plain), lengthMax)
  }

  private static func opensTag(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "/" || scalar == "|" || scalar == "!" || scalar == "?"
      || scalar.properties.isAlphabetic
  }

  /// `[INST]`, which some models take for a change of speaker.
  private static func isInstruction(_ scalar: Unicode.Scalar) -> Bool { scalar == "I" }

  /// Nil for what has no place in a text; a space for tabs. Joiners that Persian needs stay.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "\n": scalar
    case "\t", "\u{2028}", "\u{2029}": " "
    case "\u{FF1C}", "\u{FE64}": "<"
    case "\u{FF1E}", "\u{FE65}": ">"
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{E0000}"..."\u{E007F}", "\u{FEFF}":
      nil
    case _: scalar.properties.generalCategory == .control ? nil : scalar
    }
  }

  /// Cut where a word ends, and said.
  private static func cut(_ text: String, _ lengthMax: Int) -> String {
    guard text.count > lengthMax else { return text }
    let prefix = text.prefix(lengthMax)
    let end = prefix.lastIndex(where: \.isWhitespace) ?? prefix.endIndex
    return String(prefix[..<end]) + " […]"
  }
}
