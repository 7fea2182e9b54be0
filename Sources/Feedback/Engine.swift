import Foundation

/// The data of the check and the order of its steps. One thread at a time.
final class Engine {
  static let files = [
    "words.tsv", "lemmas.tsv", "edit-costs.tsv", "tagger-weights.tsv", "tagger-words.tsv",
    "cefrj.tsv", "octanove.tsv", "tables.txt",
  ]
  private let context: RuleContext
  private let levels: LevelList

  init(_ lexicon: URL, _ dictionaries: URL) throws(LexiconFault) {
    let tables = try RuleTables(lexicon)
    context = RuleContext(
      morphology: try Morphology(lexicon, tables), tables: tables,
      tagger: try Tagger(lexicon), speller: try Speller(lexicon, dictionaries, tables))
    levels = try LevelList(lexicon)
  }

  func check(_ text: String, mode: CheckMode) -> TextCheck {
    context.speller.beginText()
    let units = Array(text.utf16)
    let limit = Self.cut(units)
    let part = limit < units.count ? String(decoding: units[..<limit], as: UTF16.self) : text
    let tokens = Tokenizer.tokens(of: part)
    let sentences = SentenceSplitter.sentences(tokens, in: units)
    let scope = TextScope(tokens, mode: mode, isCut: limit < units.count)
    var drafts: [Draft] = []
    for (index, sentence) in sentences.enumerated() {
      let editCount = drafts.last?.editCount ?? 0
      var draft = Draft(tokens: sentence, editCount: editCount)
      context.correct(&draft, scope, isLast: index == sentences.count - 1)
      drafts.append(draft)
    }
    var builder = FindingBuilder(units: units, drafts: drafts, mode: mode)
    let findings = builder.findings()
    let profile = levels.profile(
      drafts.lazy.flatMap(\.tokens), context.morphology, context.speller.words)
    return TextCheck(
      findings: findings,
      corrected: findings.isEmpty ? text : FindingBuilder.corrected(units, findings),
      profile: profile)
  }

  func suggestions(for word: String) -> [String] {
    context.speller.beginText()
    let lower = word.lowercased()
    return context.speller.isKnown(lower) ? [] : context.speller.corrections(lower).map(\.text)
  }

  func tags(of words: [String]) -> [String] {
    context.tagger.tag(words).map(\.rawValue)
  }

  /// Where to stop in a text that is too long: never inside a pair of surrogates.
  private static func cut(_ units: [UInt16]) -> Int {
    guard units.count > TextChecker.unitsMax else { return units.count }
    let place = TextChecker.unitsMax
    return (0xDC00...0xDFFF).contains(units[place]) ? place - 1 : place
  }
}
