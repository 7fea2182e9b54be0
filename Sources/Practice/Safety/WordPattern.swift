import Conversation

/// A sequence of words to look for: `want|wish to? die`. A bar parts words of which one has to be
/// there, `?` makes a word optional, `*` stands for up to two words of any kind.
struct WordPattern: Sendable {
  private static let gapWordsMax = 2

  private enum Part: Sendable {
    case words(Set<String>, isOptional: Bool)
    case gap
  }

  private let parts: [Part]

  init(_ text: String) {
    parts = text.split(separator: " ").map { word in
      if word == "*" { return .gap }
      let isOptional = word.hasSuffix("?")
      let words = (isOptional ? word.dropLast() : word).split(separator: "|").map {
        PatternWords.folded(String($0))
      }
      return .words(Set(words), isOptional: isOptional)
    }
  }

  /// Where it ends in the words, for every place where it begins.
  func ends(in words: [String]) -> [Range<Int>] {
    words.indices.compactMap { start in
      end(of: parts[...], in: words, from: start).map { start..<$0 }
    }
  }

  private func end(of rest: ArraySlice<Part>, in words: [String], from index: Int) -> Int? {
    guard let part = rest.first else { return index }
    let following = rest.dropFirst()
    switch part {
    case .words(let allowed, let isOptional):
      if index < words.count, allowed.contains(words[index]),
        let end = end(of: following, in: words, from: index + 1)
      {
        return end
      }
      return isOptional ? end(of: following, in: words, from: index) : nil
    case .gap:
      for skipped in 0...Self.gapWordsMax where index + skipped <= words.count {
        if let end = end(of: following, in: words, from: index + skipped) { return end }
      }
      return nil
    }
  }
}

/// The words of a text as patterns see them: lower case, apostrophes out, signs gone, and Arabic
/// without what people leave out or mix up.
enum PatternWords {
  /// Longer texts are looked at up to here; no message is longer.
  static let wordsMax = 2_000

  static func of(_ text: String) -> [String] {
    let plain = folded(text).replacing("'", with: "")
    return plain.split { !$0.isLetter && !$0.isNumber }.prefix(wordsMax).map(String.init)
  }

  static func folded(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in TypedAnswer.normalise(text).unicodeScalars {
      switch scalar {
      case "أ", "إ", "آ", "ٱ": scalars.append("ا")
      case "ة": scalars.append("ه")
      // Marks of vowels, and the stroke that only makes words longer.
      case "\u{064B}"..."\u{0652}", "\u{0670}", "\u{0640}": break
      case _: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
