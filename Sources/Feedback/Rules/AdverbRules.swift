/// Adverbs that are made like others and are not what they seem: "work hardly", "run fastly".
struct AdverbRules: RuleFamily {
  /// One can do them hard.
  private static let efforts: Set<String> = ["work", "study", "try", "train", "practise", "fight"]
  private static let limits: Set<String> = ["ever", "any", "anything", "anyone", "at", "a"]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices where index < draft.count {
      switch draft.word(index) {
      case "hardly": hardly(&draft, index)
      case "much": much(&draft, index)
      case "fastly": draft.replace(index, "fast", .adverb)
      case _: continue
      }
    }
  }

  /// "too much beautiful", "very much tall".
  private func much(_ draft: inout Draft, _ index: Int) {
    if draft.word(index - 1) == "too",
      context.tables.list("one-syllable-adjectives").contains(draft.word(index + 1)),
      !draft.tag(index + 2).isNoun
    {
      draft.remove(index, .adverb)
      return
    }
    guard ["too", "very"].contains(draft.word(index - 1)),
      Words.beForms.contains(draft.word(index - 2)), draft.tag(index + 1) == .jj,
      context.morphology.classes(draft.word(index + 1)).contains(.commonAdjective),
      !context.morphology.classes(draft.word(index + 1)).contains(.commonNoun),
      draft[index + 2].map({ !$0.isWord || ["for", "to", "and", "but"].contains($0.lower) }) ?? true
    else { return }
    draft.remove(index, .adverb)
  }

  private func hardly(_ draft: inout Draft, _ index: Int) {
    let place = draft.isAny(index - 1, ["very", "so", "really"]) ? index - 2 : index - 1
    let lemma = context.morphology.lemma(draft.word(place), as: [.base, .third, .past, .ing])
    guard let lemma, Self.efforts.contains(lemma), !draft.isAny(index + 1, Self.limits)
    else { return }
    draft.replace(index, "hard", .confusedWord)
  }
}
