/// "I have seen him yesterday": the perfect does not go with a time that is over.
struct PerfectRules: RuleFamily {
  private static let units: Set<String> = [
    "night", "week", "weekend", "month", "year", "summer", "winter", "spring", "autumn", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  /// Before "last year" they name a span that may reach until now, or compare.
  private static let spans: Set<String> = [
    "since", "for", "from", "until", "till", "by", "before", "than", "of", "over", "during", "in",
    "the", "this", "compared", "to", "as",
  ]
  private static let wordsMax = 9

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices
    where ["have", "has", "'ve"].contains(draft.word(index)) {
      if index == draft.tokens.firstIndex(where: \.isWord) {
        if question(&draft, index) { return }
      } else if statement(&draft, index) {
        return
      }
    }
  }

  private func statement(_ draft: inout Draft, _ index: Int) -> Bool {
    let before = draft.word(index - 1)
    let tag = draft.tag(index - 1)
    guard Words.subjectPronouns.contains(before) || tag.isNoun, !Words.modals.contains(before)
    else { return false }
    let place = context.afterAdverbs(draft, index + 1)
    guard let lemma = participle(draft, place), isOver(draft, place) else { return false }
    let isPlural = ["we", "you", "they"].contains(before) || tag == .nns
    let past =
      lemma == "be" ? isPlural ? "were" : "was" : context.morphology.inflect(lemma, .past)
    let adverbs = draft.tokens[(index + 1)..<place].map(\.text)
    draft.replace(index..<place + 1, with: adverbs + [past], .pastTime)
    return true
  }

  /// "Have you seen him yesterday?" → "Did you see him".
  private func question(_ draft: inout Draft, _ index: Int) -> Bool {
    guard Words.subjectPronouns.contains(draft.word(index + 1)),
      let lemma = participle(draft, index + 2), lemma != "be", isOver(draft, index + 2)
    else { return false }
    let subject = draft.tokens[index + 1].text
    draft.replace(index..<index + 3, with: ["did", subject, lemma], .pastTime)
    return true
  }

  private func participle(_ draft: Draft, _ place: Int) -> String? {
    let word = draft.word(place)
    guard word != "got", let lemma = context.morphology.lemma(word, as: [.participle]),
      !context.morphology.isForm(draft.word(place + 1), .ing),
      !context.morphology.isForm(draft.word(place + 1), .participle) || word != "been"
    else { return nil }
    return lemma
  }

  /// Whether the clause ends in "yesterday", "last week" or "two years ago", or the sentence begins
  /// with "yesterday".
  private func isOver(_ draft: Draft, _ place: Int) -> Bool {
    let end = context.clauseEnd(draft, from: place)
    guard end - place <= Self.wordsMax else { return false }
    let last = draft.word(end - 1)
    let inner = draft.tokens[place..<end].map(\.lower)
    if draft.word(0) == "yesterday", inner.allSatisfy({ $0 != "since" }) { return true }
    guard inner.allSatisfy({ !["since", "until", "till", "than"].contains($0) }) else {
      return false
    }
    if last == "yesterday" || last == "ago" { return !Self.spans.contains(draft.word(end - 2)) }
    return Self.units.contains(last) && draft.word(end - 2) == "last"
      && !Self.spans.contains(draft.word(end - 3))
  }
}
