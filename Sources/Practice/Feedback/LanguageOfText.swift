import Conversation

/// Which script a text is in, without what it quotes.
enum LanguageOfText {
  /// Of the letters outside quotations, so many must belong to the language's script.
  private static let shareMin = 0.6

  /// Whether an explanation is in the language it should be in. English words and examples in a
  /// Persian or Arabic sentence are natural; the other way round only within quotation marks.
  static func isIn(_ language: LanguageCode, _ text: String) -> Bool {
    let counts = letters(in: withoutQuotations(text))
    let all = counts.latin + counts.arabic
    // Nothing but a quotation, or signs, explains nothing.
    guard all > 0 else { return false }
    let own = language.isRightToLeft ? counts.arabic : counts.latin
    return Double(own) >= shareMin * Double(all)
  }

  /// Whether all its letters are Latin, as in an English sentence.
  static func isEnglish(_ text: String) -> Bool {
    let counts = letters(in: text)
    return counts.latin > 0 && counts.arabic == 0 && counts.other == 0
  }

  private static func letters(in text: String) -> (latin: Int, arabic: Int, other: Int) {
    var counts = (latin: 0, arabic: 0, other: 0)
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x41...0x24F: counts.latin += 1
      case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: counts.arabic += 1
      // The sounds of a language are written in IPA in any explanation.
      case 0x250...0x2FF, 0x370...0x3FF: break
      case _: counts.other += 1
      }
    }
    return counts
  }

  private static let closers: [Character: Character] = [
    "«": "»", "“": "”", "\"": "\"", "(": ")", "‘": "’", "*": "*", "`": "`",
  ]

  private static func withoutQuotations(_ text: String) -> String {
    var kept = ""
    var closer: Character?
    for character in text {
      if let open = closer {
        if character == open { closer = nil }
      } else if let close = closers[character] {
        closer = close
      } else {
        kept.append(character)
      }
    }
    // A mark that is never closed quotes nothing.
    return closer == nil ? kept : text
  }
}
