/// What joins two clauses, and what depends on "want", "suggest" and "wish".
struct ClauseRules: RuleFamily {
  private static let wants: Set<String> = ["want", "wants", "wanted"]
  private static let suggestions: Set<String> = ["suggest", "suggests", "suggested"]
  /// What a wish makes of the present.
  private static let wished = [
    "am": "were", "is": "were", "are": "were", "'m": "were", "'re": "were", "can": "could",
    "will": "would", "'ll": "would", "do": "did", "does": "did", "ca": "could", "wo": "would",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    doubledLink(&draft)
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        wantThat(&draft, index)
        suggest(&draft, index)
        wish(&draft, index)
      }
      index += 1
    }
  }

  /// "Although it rained, but we went", "Because it rained, so we stayed": one of them is enough.
  private func doubledLink(_ draft: inout Draft) {
    let start = draft.tokens.firstIndex(where: \.isWord) ?? 0
    let first = draft.word(start) == "even" ? draft.word(start + 1) : draft.word(start)
    let second =
      switch first {
      case "although", "though": "but"
      case "because": "so"
      case _: ""
      }
    guard !second.isEmpty,
      let place = draft.tokens.indices.first(where: { $0 > start + 2 && draft.word($0) == second }),
      Words.subjectPronouns.contains(draft.word(place + 1))
        || second == "but" && draft.word(place - 1) == ","
          && context.subject(draft, at: place + 1) != nil,
      context.hasFiniteVerb(draft, start..<place)
    else { return }
    draft.remove(place, .doubledLink)
  }

  /// "I want that you come" → "I want you to come".
  private func wantThat(_ draft: inout Draft, _ index: Int) {
    guard Self.wants.contains(draft.word(index)), draft.word(index + 1) == "that",
      let object = Words.objectForm[draft.word(index + 2)]
    else { return }
    let place = Words.modals.contains(draft.word(index + 3)) ? index + 4 : index + 3
    guard let verb = context.morphology.lemma(draft.word(place), as: [.base, .third, .past]),
      context.morphology.classes(verb).contains(.commonVerb) || verb == "be",
      !draft.isAny(place + 1, ["not", "n't"])
    else { return }
    draft.replace(index + 1..<place + 1, with: [object, "to", verb], .missingTo)
  }

  /// "She suggested me to go" → "She suggested that I go".
  private func suggest(_ draft: inout Draft, _ index: Int) {
    guard Self.suggestions.contains(draft.word(index)),
      let subject = Words.subjectForm[draft.word(index + 1)], draft.word(index + 2) == "to",
      context.baseVerb(draft.word(index + 3)) != nil
    else { return }
    draft.replace(index + 1..<index + 3, with: ["that", subject], .fixedPhrase)
  }

  /// "I wish I have a car" → "I wish I had": what is wished for is not so.
  private func wish(_ draft: inout Draft, _ index: Int) {
    guard ["wish", "wishes"].contains(draft.word(index)), index > 0,
      Words.subjectPronouns.contains(draft.word(index - 1))
    else { return }
    let subject = draft.word(index + 1) == "that" ? index + 2 : index + 1
    let place = subject + 1
    let word = draft.word(place)
    guard Words.subjectPronouns.contains(draft.word(subject)) else { return }
    if let past = Self.wished[word] {
      draft.replace(place, past, .wish)
    } else if draft.word(subject) != "you",
      let reading = context.morphology.verbReadings(word).first(where: {
        $0.form == .base || $0.form == .third
      }), !context.morphology.isForm(word, .past),
      context.morphology.classes(reading.lemma).contains(.commonVerb)
    {
      draft.replace(place, context.morphology.inflect(reading.lemma, .past), .wish)
    }
  }
}
