/// A level of the Common European Framework.
package enum WordLevel: String, Sendable, Codable, CaseIterable, Comparable {
  case a1 = "A1"
  case a2 = "A2"
  case b1 = "B1"
  case b2 = "B2"
  case c1 = "C1"
  case c2 = "C2"

  package static func < (left: WordLevel, right: WordLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How demanding the words of a text are.
package struct VocabularyProfile: Sendable, Equatable {
  package struct Word: Sendable, Equatable {
    /// The dictionary form.
    package let word: String
    package let level: WordLevel
    /// The word is in no list; its level is guessed from how frequent it is.
    package let isEstimate: Bool
  }

  /// The share of the counted words at each level, adding up to 1; empty when no word was counted.
  package let shares: [WordLevel: Double]
  /// How many words were counted: English words with a level, names and numbers left out.
  package let words: Int
  /// The lowest level at or below which 95 % of the words are; nil when no word was counted.
  package let level: WordLevel?
  /// The hardest different words, hardest first.
  package let hardWords: [Word]
}
