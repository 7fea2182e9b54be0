import Conversation

/// Persian answers in the form in which two of them are compared. Half-spaces, spaces inside
/// words and signs over letters are left to everybody's taste, so none of them counts.
enum PersianText {
  /// Words with the letters everybody types; `TypedAnswer` has joined what half-spaces part.
  static func words(_ text: String) -> [String] {
    var scalars = String.UnicodeScalarView()
    for scalar in TypedAnswer.normalise(text).unicodeScalars {
      switch scalar {
      // The marks over and under letters, the hamza over ه, and the long stroke.
      case "\u{064B}"..."\u{065F}", "\u{0670}", "\u{0640}": break
      case "آ", "أ", "إ", "ٱ": scalars.append("ا")
      case "ؤ": scalars.append("و")
      case "ئ": scalars.append("ی")
      case "ة", "ۀ": scalars.append("ه")
      case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
        scalars.append(scalar)
      case _: scalars.append(" ")
      }
    }
    return String(scalars).split(separator: " ").map(String.init)
  }

  /// Without any space.
  static func key(_ text: String) -> String { words(text).joined() }

  static func isPersian(_ text: String) -> Bool {
    text.unicodeScalars.contains { ("\u{0600}"..."\u{06FF}").contains($0) }
  }
}
