import Conversation

/// Where a quotation stands in a learner's words: the case and the form of apostrophes do not
/// matter, the borders of words do.
enum Occurrence {
  static func range(of quotation: String, in text: String) -> Range<String.Index>? {
    let wanted = quotation.map(folded)
    guard !wanted.isEmpty else { return nil }
    let indices = Array(text.indices)
    let characters = text.map(folded)
    guard characters.count >= wanted.count else { return nil }
    for start in 0...(characters.count - wanted.count)
    where characters[start..<(start + wanted.count)].elementsEqual(wanted) {
      let end = start + wanted.count
      guard isBorder(characters, start), isBorder(characters, end) else { continue }
      return indices[start]..<(end < indices.count ? indices[end] : text.endIndex)
    }
    return nil
  }

  private static func isBorder(_ characters: [Character], _ index: Int) -> Bool {
    guard index > 0, index < characters.count else { return true }
    return !(isWord(characters[index - 1]) && isWord(characters[index]))
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "'"
  }

  private static func folded(_ character: Character) -> Character {
    switch character {
    case "’", "‘", "`", "´": "'"
    case "“", "”", "«", "»": "\""
    case _ where character.isWhitespace: " "
    case _: character.lowercased().first ?? character
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
