/// A text as it is read aloud: each written word with the words that are said for it.
struct SpokenText: Equatable {
  struct Word: Equatable {
    /// As it stands in the text, punctuation apart.
    let text: String
    /// In lower case; several for a number, an abbreviation, or a hyphen.
    let spoken: [String]
  }

  let words: [Word]

  var spoken: [String] { words.flatMap(\.spoken) }

  /// - Returns: `nil` when the text is longer than one reading may be.
  init?(_ text: String) {
    guard text.count <= Limits.textCharactersMax else { return nil }
    let pieces = Self.plain(text).split(whereSeparator: \.isWhitespace)
    var words: [Word] = []
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? pieces[index + 1] : ""
      var written = WrittenWord(piece, isBeforeName: next.first?.isUppercase == true)
      let spoken = written.spoken()
      if !spoken.isEmpty { words.append(Word(text: written.text, spoken: spoken)) }
    }
    guard words.count <= Limits.wordsMax,
      words.reduce(0, { $0 + $1.spoken.count }) <= Limits.wordsMax
    else { return nil }
    self.words = words
  }

  /// With one kind of apostrophe, and space around what parts words.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for character in text {
      switch character {
      case "’", "‘", "ʼ", "`", "´": plain.append("'")
      case "—", "–", "/", "…", "|": plain.append(" ")
      case "\u{200C}", "\u{200E}", "\u{200F}", "\u{00AD}": break
      default: plain.append(character)  // every other character stands for itself
      }
    }
    return plain
  }
}
