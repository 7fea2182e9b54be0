/// Capitals at the beginning, signs at the end, commas (in essays).
struct MechanicsRules {
  private static let ofThatWhen: Set<String> = [
    "of", "that", "when", "where", "is", "are", "was",
  ]
  private static let firstSecondThird: Set<String> = [
    "first", "second", "third", "also", "sometimes", "hence", "thus", "instead", "otherwise",
  ]
  private static let ifWhenAlthough: Set<String> = [
    "if", "when", "although", "because", "since", "while", "though", "unless", "after", "before",
  ]
  private static let iYouHe: Set<String> = [
    "i", "you", "he", "she", "we", "they", "it",
  ]
  private static let thatWhatAnd: Set<String> = [
    "that", "what", "and", "or", "which", "who", "because", "but",
  ]

  private static let wordsForStopMin = 5
  let context: RuleContext
  let scope: TextScope

  func apply(_ draft: inout Draft, isLast: Bool) {
    if scope.isEssay { commas(&draft) }
    capitalStart(&draft)
    closing(&draft, isLast: isLast)
    spaces(&draft)
  }

  /// "Hello,my friend": a space belongs after a comma.
  private func spaces(_ draft: inout Draft) {
    for index in draft.tokens.indices.dropFirst() where draft.tokens[index].text == "," {
      guard let next = draft[index + 1], next.isWord, draft.tokens[index - 1].isWord, !next.isNew,
        next.range.lowerBound == draft.tokens[index].range.upperBound,
        draft.tokens[index - 1].range.upperBound == draft.tokens[index].range.lowerBound
      else { continue }
      draft.replace(index, ", ", .spacing)
    }
  }

  private func capitalStart(_ draft: inout Draft) {
    guard let index = draft.tokens.firstIndex(where: { $0.kind != .punctuation }) else { return }
    let token = draft.tokens[index]
    guard token.isWord, !token.isCapitalised, token.lower.first?.isLetter ?? false,
      !["e.g", "i.e", "etc", "n't"].contains(token.lower), draft.word(index - 1) != "..."
    else { return }
    if index > 0, ["...", "…", "-", "*", "(", "/"].contains(draft.word(index - 1)) { return }
    draft.replace(index, token.text.capitalisedFirst, .capitalStart)
  }

  private func closing(_ draft: inout Draft, isLast: Bool) {
    guard let last = draft.tokens.last, !(isLast && scope.isCut) else { return }
    let words = draft.tokens.count(where: \.isWord)
    // "at 9 a.m." ends with its own stop.
    guard last.isWord || last.kind == .number, !last.text.hasSuffix("."),
      words >= Self.wordsForStopMin
    else { return }
    let hasVerb = draft.tokens.contains { $0.tag.isFiniteVerb }
    guard hasVerb || scope.isEssay, isLast || scope.isEssay else { return }
    if QuestionShape.isQuestion(draft) {
      draft.insert("?", at: draft.count, .questionMark)
    } else {
      draft.insert(".", at: draft.count, .fullStop)
    }
  }

  private func commas(_ draft: inout Draft) {
    introComma(&draft)
    clauseComma(&draft)
  }

  private func introComma(_ draft: inout Draft) {
    let start = draft.tokens.firstIndex { $0.kind != .punctuation } ?? 0
    let offset = draft.isAny(start, ["but", "and", "so"]) ? start + 1 : start
    guard let length = introLength(draft, offset), offset + length < draft.count else { return }
    let next = draft.tokens[offset + length]
    guard next.isWord || next.kind == .number else { return }
    draft.insert(",", at: offset + length, .introComma)
  }

  private func introLength(_ draft: Draft, _ start: Int) -> Int? {
    for length in [5, 4, 3, 2] where start + length < draft.count {
      let text = (start..<start + length).map { draft.word($0) }.joined(separator: " ")
      if context.tables.list("intro-phrases").contains(text) {
        if draft.isAny(start + length, Self.ofThatWhen) {
          return nil
        }
        return length
      }
    }
    guard context.tables.list("intro-words").contains(draft.word(start)) else { return nil }
    let next = draft.tag(start + 1)
    if next.isAdjective || next == .in && !draft.isAny(start + 1, ["if", "in", "when"]) {
      return nil
    }
    if next.isAdverb || next == .cc { return nil }
    if draft.isAny(
      start,
      Self.firstSecondThird),
      next.isNoun || next.isVerb
    {
      return nil
    }
    return 1
  }

  /// A comma after a clause that begins the sentence (`If it rains, we stay`), where the second
  /// subject is a pronoun.
  private func clauseComma(_ draft: inout Draft) {
    let start = draft.tokens.firstIndex { $0.kind != .punctuation } ?? 0
    let openers: Set<String> = Self.ifWhenAlthough
    let subjects: Set<String> = Self.iYouHe
    guard draft.isAny(start, openers), !draft.tokens.contains(where: { $0.text == "," }) else {
      return
    }
    var verbs = 0
    for index in draft.tokens.indices.dropFirst(start + 2) {
      let isVerb = draft.tag(index).isFiniteVerb
      if subjects.contains(draft.word(index)), verbs == 1, draft.tag(index + 1).isFiniteVerb,
        isClosed(draft, index - 1)
      {
        draft.insert(",", at: index, .clauseComma)
        return
      }
      if isVerb { verbs += 1 }
      if draft.isAny(index, Self.thatWhatAnd) {
        return
      }
    }
  }

  private func isClosed(_ draft: Draft, _ index: Int) -> Bool {
    let tag = draft.tag(index)
    return tag.isNoun || tag.isAdjective || tag.isAdverb || tag == .rp || tag == .prp || tag == .cd
  }
}

/// Whether a sentence asks.
enum QuestionShape {
  private static let muchManyLong: Set<String> = [
    "much", "many", "long", "often", "old", "far",
  ]

  static let auxiliaries: Set<String> = [
    "do", "does", "did", "is", "are", "was", "were", "am", "can", "could", "will", "would",
    "should", "have", "has", "may", "shall", "ca", "wo",
  ]
  static let subjects: Set<String> = [
    "i", "you", "he", "she", "it", "we", "they", "this", "that", "there",
  ]
  static let words: Set<String> = ["what", "where", "when", "why", "who", "how", "which", "whom"]

  static func isQuestion(_ draft: Draft) -> Bool {
    guard !draft.tokens.contains(where: { $0.text == "," }) else { return false }
    var start = draft.tokens.firstIndex(where: \.isWord) ?? 0
    if words.contains(draft.word(start)) {
      start += 1
      if Self.muchManyLong.contains(draft.word(start)) { start += 1 }
    }
    guard auxiliaries.contains(draft.word(start)) else { return false }
    let next = draft.word(start + 1) == "n't" ? start + 2 : start + 1
    return subjects.contains(draft.word(next))
  }
}
