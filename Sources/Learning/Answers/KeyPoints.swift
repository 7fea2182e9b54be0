import Language
import Yams

/// What a good answer mentions: for each point some words or phrases of which one is enough. A
/// word is found in its -s, -ed and -ing forms, too; articles do not matter.
struct KeyPoints: Sendable {
  private static let wordsMax = 8
  private static let wordLengthMax = 40
  private static let articles: Set<String> = ["a", "an", "the"]

  /// Points, phrases, words.
  private let points: [[[String]]]

  var count: Int { points.count }

  init(_ nodes: [Node], _ reader: inout ContentReader) {
    points = nodes.map { node in
      guard let phrases = node.sequence, (1...Self.wordsMax).contains(phrases.count) else {
        reader.fault(node, "a key point is a list of 1–\(Self.wordsMax) words")
        return []
      }
      return phrases.map { phrase in
        guard let text = phrase.string, text.count <= Self.wordLengthMax,
          !AnswerText.form(text).isEmpty
        else {
          reader.fault(phrase, "a key point has at most \(Self.wordLengthMax) characters")
          return []
        }
        return Self.words(text)
      }
    }
  }

  /// How many points are mentioned.
  func found(in text: String) -> Int {
    let said = Self.words(text)
    return points.count { $0.contains { Self.contains(said, $0) } }
  }

  private static func words(_ text: String) -> [String] {
    AnswerText.words(text).filter { !articles.contains($0) }
  }

  private static func contains(_ said: [String], _ phrase: [String]) -> Bool {
    guard !phrase.isEmpty, said.count >= phrase.count else { return false }
    return (0...(said.count - phrase.count)).contains { start in
      zip(said[start...], phrase).allSatisfy { isForm($0, of: $1) }
    }
  }

  private static func isForm(_ said: String, of word: String) -> Bool {
    guard said != word else { return true }
    guard word.count > 2, said.hasPrefix(word.dropLast()) else { return false }
    let endings = ["s", "es", "d", "ed", "ing"]
    if endings.contains(where: { said == word + $0 }) { return true }
    let stem = word.dropLast()
    switch word.last {
    case "e": return said == stem + "ing"
    case "y": return said == stem + "ies" || said == stem + "ied"
    case let last?:
      let doubled = word + String(last)
      return said == doubled + "ed" || said == doubled + "ing"
    case nil: return false
    }
  }
}
