import Foundation

/// The CEFR-J and Octanove word lists, and the profile of a text by them.
struct LevelList {
  /// A text is at the level at or below which this share of its words is.
  private static let shareKnown = 0.95
  private static let hardWordsMax = 12
  /// The last rank in the list of frequencies for A1, A2 and so on (medians between listed words).
  private static let rankCuts: [(Int, WordLevel)] = [
    (1_714, .a1), (4_375, .a2), (8_952, .b1), (17_902, .b2), (34_586, .c1),
  ]

  private enum Kind { case noun, verb, adjective, adverb, other }
  private var levels: [String: [(kind: Kind, level: WordLevel)]] = [:]

  init(_ folder: URL) throws(LexiconFault) {
    levels.reserveCapacity(9_500)
    for name in ["cefrj.tsv", "octanove.tsv"] {
      let file = try LexiconFile(folder, name)
      try file.eachLine { line, number throws(LexiconFault) in
        let fields = line.fields
        guard fields.count == 3, let level = WordLevel(rawValue: fields[2].string) else {
          throw file.malformed(number)
        }
        let word = fields[0].string.lowercased()
        levels[word, default: []].append((Self.kind(fields[1].string), level))
      }
    }
  }

  private static func kind(_ name: String) -> Kind {
    switch name {
    case "noun": .noun
    case "verb": .verb
    case "adjective": .adjective
    case "adverb": .adverb
    case _: .other
    }
  }

  func profile(_ tokens: some Sequence<Token>, _ morphology: Morphology, _ words: WordList)
    -> VocabularyProfile
  {
    var counts: [WordLevel: Int] = [:]
    var hard: [String: VocabularyProfile.Word] = [:]
    for token in tokens where token.isWord {
      guard let word = level(of: token, morphology, words) else { continue }
      counts[word.level, default: 0] += 1
      if word.level > .a2 { hard[word.word] = word }
    }
    let total = counts.values.reduce(0, +)
    var reached = 0
    var level: WordLevel?
    for candidate in WordLevel.allCases where total > 0 && level == nil {
      reached += counts[candidate, default: 0]
      if Double(reached) >= Self.shareKnown * Double(total) { level = candidate }
    }
    let hardest = hard.values.sorted { ($1.level, $0.word) < ($0.level, $1.word) }
    return VocabularyProfile(
      shares: counts.mapValues { Double($0) / Double(total) }, words: total, level: level,
      hardWords: Array(hardest.prefix(Self.hardWordsMax)))
  }

  private func level(
    of token: Token, _ morphology: Morphology, _ words: WordList
  ) -> VocabularyProfile.Word? {
    let form = Self.wholeForms[token.lower] ?? token.lower
    for lemma in lemmas(form, token.tag, morphology) {
      guard let known = levels[lemma] else { continue }
      let kind = Self.kind(token.tag)
      let fitting = known.filter { $0.kind == kind }
      guard let level = (fitting.isEmpty ? known : fitting).map(\.level).min() else { continue }
      return VocabularyProfile.Word(word: lemma, level: level, isEstimate: false)
    }
    guard !token.tag.isName, let lemma = lemmas(form, token.tag, morphology).last else {
      return nil
    }
    let ranks = [form, lemma].compactMap { words[$0] }.filter { $0.mark == .correct }.map(\.rank)
    guard let rank = ranks.min() else { return nil }
    let level = Self.rankCuts.first { rank <= $0.0 }?.1 ?? .c2
    return VocabularyProfile.Word(word: lemma, level: level, isEstimate: true)
  }

  private static let wholeForms = [
    "n't": "not", "ca": "can", "wo": "will", "sha": "shall", "'ll": "will", "'d": "would",
    "'ve": "have", "'m": "be", "'re": "be", "'s": "be", "am": "be", "is": "be", "are": "be",
    "an": "a", "were": "be", "was": "be", "been": "be", "me": "i", "us": "we",
  ]

  /// The form itself, then what it may be a form of.
  private func lemmas(_ form: String, _ tag: Tag, _ morphology: Morphology) -> [String] {
    var result = [form]
    if let singular = morphology.singular(form) { result.append(singular) }
    result += morphology.verbReadings(form).map(\.lemma).filter { $0 != form }
    if let adjective = morphology.compared(form) { result.append(adjective) }
    if tag.isVerb, result.count > 1 { result.append(result.remove(at: 1)) }
    return result
  }

  private static func kind(_ tag: Tag) -> Kind {
    if tag.isNoun { return .noun }
    if tag.isVerb || tag == .md { return .verb }
    if tag.isAdjective { return .adjective }
    return tag.isAdverb ? .adverb : .other
  }
}
