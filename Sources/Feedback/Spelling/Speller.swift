import Foundation

/// Whether a word is known, and what was probably meant if not.
final class Speller {
  struct Correction: Equatable {
    let text: String
    /// Log frequency less edit cost; only good for comparison.
    let score: Float
    let edits: Int
    let count: Int
  }

  private static let lettersMax = 22
  private static let keptMax = 5_000
  private static let suggestCallsMax = 8
  /// Below this score of the best candidate the slow search is worth its time.
  private static let weakScore: Float = 0
  private static let frequencyWeight: Float = 0.85
  /// Of a word that the list of frequencies does not hold.
  private static let rareCount: Float = 60
  private static let splitCost: Float = 9.5

  let dictionaries: Dictionaries
  let words: WordList
  private let costs: EditCosts
  private let blocked: Set<String>
  private var kept: [String: [Correction]] = [:]
  private var callsLeft = 0

  init(_ folder: URL, _ dictionaries: URL, _ tables: RuleTables) throws(LexiconFault) {
    self.dictionaries = try Dictionaries(dictionaries)
    words = try WordList(folder)
    costs = try EditCosts(folder)
    blocked = tables.list("never-suggested")
  }

  /// Hunspell's own search is slow: a text may ask for it only so often.
  func beginText() {
    callsLeft = Self.suggestCallsMax
  }

  func isKnown(_ lower: String) -> Bool {
    if let entry = words[lower], entry.mark == .correct { return true }
    return dictionaries.accept(lower)
  }

  /// The best corrections of a lower-case word first.
  func corrections(_ word: String) -> [Correction] {
    if let known = kept[word] { return known }
    let letters = Array(word.utf8)
    guard letters.count > 1, letters.count <= Self.lettersMax else { return [] }
    var found: [String: Correction] = [:]
    let editsMax = letters.count < 4 ? 1 : letters.count > 8 ? 3 : 2
    gather(letters, editsMax: editsMax, into: &found)
    split(word, into: &found)
    let best = found.values.map(\.score).max() ?? -.infinity
    let isWeak = best < Self.weakScore
    if isWeak, callsLeft > 0 {
      callsLeft -= 1
      for suggestion in dictionaries.suggestions(word) {
        add(suggestion, to: letters, into: &found)
      }
    }
    let sorted = found.values.sorted { ($0.score, $1.text) > ($1.score, $0.text) }
    let result = Array(sorted.prefix(8))
    if kept.count >= Self.keptMax { kept.removeAll() }
    if callsLeft > 0 || !isWeak { kept[word] = result }
    return result
  }

  func isNear(_ word: String, _ other: String, editsMax: Int) -> Bool {
    costs.cost(Array(word.utf8), Array(other.utf8)[...], editsMax: editsMax) != nil
  }

  private func gather(_ letters: [UInt8], editsMax: Int, into found: inout [String: Correction]) {
    let mask = WordList.mask(letters)
    let lengths = max(1, letters.count - editsMax)...letters.count + editsMax
    for length in lengths where length < words.byLength.count {
      for place in words.byLength[length] where (place.mask ^ mask).nonzeroBitCount <= 2 * editsMax
      {
        let slice = words.letters[place.start..<place.start + length]
        guard let (cost, edits) = costs.cost(letters, slice, editsMax: editsMax) else { continue }
        let text = String(decoding: slice, as: UTF8.self)
        keep(text, cost, edits, into: &found)
      }
    }
  }

  private func add(_ text: String, to letters: [UInt8], into found: inout [String: Correction]) {
    let lower = text.lowercased()
    guard found[text] == nil, found[lower] == nil, !text.contains(" "), !text.contains("-") else {
      return
    }
    let right = Array(lower.utf8)
    guard let (cost, edits) = costs.cost(letters, right[...], editsMax: 4) else { return }
    keep(text, cost, edits, into: &found)
  }

  private func keep(
    _ text: String, _ cost: Float, _ edits: Int, into found: inout [String: Correction]
  ) {
    guard !blocked.contains(text) else { return }
    let count = words.count(text.lowercased())
    let frequency = Foundation.log(max(Float(count), Self.rareCount))
    let score = Self.frequencyWeight * frequency - cost
    found[text] = Correction(text: text, score: score, edits: edits, count: count)
  }

  /// Two words written as one.
  private func split(_ word: String, into found: inout [String: Correction]) {
    guard word.utf8.count >= 5 else { return }
    for cut in 1..<word.utf8.count {
      let left = String(word.prefix(cut))
      let right = String(word.dropFirst(cut))
      guard left.utf8.count > 1 || left == "a" || left == "i", right.utf8.count > 1,
        let first = words[left], let second = words[right], first.mark == .correct,
        second.mark == .correct, min(first.count, second.count) > 20_000
      else { continue }
      let count = min(first.count, second.count)
      let score = Self.frequencyWeight * Foundation.log(Float(count)) - Self.splitCost
      let text = left + " " + right
      found[text] = Correction(text: text, score: score, edits: 1, count: count)
    }
  }
}
