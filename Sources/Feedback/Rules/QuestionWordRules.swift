/// Questions whose word order goes wrong around the question word itself.
struct QuestionWordRules: RuleFamily {
  private static let prices: Set<String> = ["costs", "cost"]
  private static let phraseWordsMax = 6

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    guard draft.tokens.last?.text == "?", let start = draft.tokens.firstIndex(where: \.isWord)
    else { return }
    whoDid(&draft, start)
    whereDidGo(&draft, start)
    howMuch(&draft, start)
    howManyThereAre(&draft, start)
    thereIs(&draft, start)
    haveEverYou(&draft, start)
    isComingTom(&draft, start)
  }

  /// "Who did break the window?": who is the subject, and needs no did.
  private func whoDid(_ draft: inout Draft, _ start: Int) {
    guard ["who", "what"].contains(draft.word(start)),
      Words.doForms.contains(draft.word(start + 1)),
      let verb = context.baseVerb(draft.word(start + 2)), verb != "be",
      [.dt, .prpPossessive].contains(draft.tag(start + 3))
        || Words.objectPronouns.contains(draft.word(start + 3)) || draft.tag(start + 3).isName
        || draft.word(start) == "who" && ["live", "work", "happen"].contains(verb)
    else { return }
    let form: Morphology.VerbForm = draft.word(start + 1) == "did" ? .past : .third
    draft.replace(
      start + 1..<start + 3, with: [context.morphology.inflect(verb, form)], .questionOrder)
  }

  /// "Where did go your sister?" → "Where did your sister go?"
  private func whereDidGo(_ draft: inout Draft, _ start: Int) {
    guard ["where", "when", "why", "how"].contains(draft.word(start)),
      Words.doForms.contains(draft.word(start + 1)),
      let verb = context.baseVerb(draft.word(start + 2)),
      let subject = context.subject(draft, at: start + 3),
      subject.range.count <= Self.phraseWordsMax
    else { return }
    let words = draft.tokens[subject.range].map(\.text)
    draft.replace(start + 2..<subject.range.upperBound, with: words + [verb], .questionOrder)
  }

  /// "How much costs a ticket?", "How much this shirt costs?"
  private func howMuch(_ draft: inout Draft, _ start: Int) {
    guard draft.word(start) == "how", draft.word(start + 1) == "much",
      let last = draft.tokens.indices.last, last > start + 3
    else { return }
    let isFirst = Self.prices.contains(draft.word(start + 2))
    let isThing =
      [.dt, .prpPossessive, .prp].contains(draft.tag(start + 2))
      && Self.prices.contains(draft.word(last - 1))
    guard isFirst || isThing else { return }
    let thing = isFirst ? start + 3..<last : start + 2..<last - 1
    guard !thing.isEmpty, thing.count <= Self.phraseWordsMax,
      !draft.tokens[thing].contains(where: { QuestionShape.auxiliaries.contains($0.lower) })
    else { return }
    let head = context.nounPhrase(draft, at: thing.lowerBound)?.range.upperBound ?? thing.upperBound
    let isMany =
      draft.isAny(thing.lowerBound, ["these", "those", "they"])
      || context.isPlural(draft, min(head, thing.upperBound) - 1)
    let words = draft.tokens[thing].map(\.text)
    draft.replace(
      start + 2..<last, with: [isMany ? "do" : "does"] + words + ["cost"], .questionOrder)
  }

  /// "How many people there are in your family?"
  private func howManyThereAre(_ draft: inout Draft, _ start: Int) {
    guard draft.word(start) == "how", draft.isAny(start + 1, ["many", "much"]),
      draft.tag(start + 2).isNoun, draft.word(start + 3) == "there",
      ["are", "is", "were", "was"].contains(draft.word(start + 4))
    else { return }
    draft.replace(
      start + 3..<start + 5, with: [draft.tokens[start + 4].text, "there"], .questionOrder)
  }

  /// "There is a bank near here?"
  private func thereIs(_ draft: inout Draft, _ start: Int) {
    guard start == 0, draft.word(0) == "there",
      ["is", "are", "was", "were"].contains(draft.word(1)),
      !draft.tokens.contains(where: { $0.text == "," })
    else { return }
    draft.replace(0..<2, with: [draft.word(1), "there"], .questionOrder)
  }

  /// "Have ever you been to Shiraz?"
  private func haveEverYou(_ draft: inout Draft, _ start: Int) {
    guard QuestionShape.auxiliaries.contains(draft.word(start)),
      ["ever", "never", "always", "usually", "already", "just", "often"]
        .contains(draft.word(start + 1)),
      Words.subjectPronouns.contains(draft.word(start + 2))
    else { return }
    draft.replace(
      start + 1..<start + 3, with: [draft.tokens[start + 2].text, draft.word(start + 1)],
      .questionOrder)
  }

  /// "Is coming Tom to the party?", "What is doing your brother?"
  private func isComingTom(_ draft: inout Draft, _ start: Int) {
    let isOpen = Words.questionWords.contains(draft.word(start))
    let place = isOpen ? start + 2 : start + 1
    let isSubject = isOpen && draft.isAny(start, ["what", "who"]) && draft.word(place) != "doing"
    guard !isSubject, ["is", "are", "was", "were"].contains(draft.word(place - 1)),
      context.morphology.isForm(draft.word(place), .ing), draft.word(place + 1) != "it",
      Words.subjectPronouns.contains(draft.word(place + 1)) || draft.tag(place + 1).isName
        || isOpen && draft.tag(place + 1) == .prpPossessive
        || draft.word(place) == "doing" && draft.tag(place + 1) == .dt,
      let subject = context.subject(draft, at: place + 1),
      subject.range.count <= Self.phraseWordsMax
    else { return }
    let words = draft.tokens[subject.range].map(\.text)
    draft.replace(
      place..<subject.range.upperBound, with: words + [draft.word(place)], .questionOrder)
  }
}
