/// Saying no: one negative is enough, and verbs need do.
struct NegationRules: RuleFamily {
  private static let butBecauseAnd: Set<String> = [
    "but", "because", "and", "that", "if", "when", "or", "so",
  ]
  private static let longerMatterDoubt: Set<String> = [
    "longer", "matter", "doubt", "one", "more", "less",
  ]
  private static let canCouldShould: Set<String> = [
    "can", "could", "should", "will", "must",
  ]

  let context: RuleContext

  private static let positive = [
    "no": "any", "nobody": "anybody", "nothing": "anything", "nowhere": "anywhere", "none": "any",
    "noone": "anyone", "never": "ever",
  ]

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices where index < draft.count && draft.tokens[index].isWord {
      double(&draft, index)
      missingDo(&draft, index)
      doCan(&draft, index)
      doQuestion(&draft, index)
      nobodyNot(&draft, index)
      haveNot(&draft, index)
    }
  }

  private func double(_ draft: inout Draft, _ index: Int) {
    let isNot =
      draft.word(index) == "n't"
      || draft.word(index) == "not"
        && (Words.doForms.contains(draft.word(index - 1))
          || Words.modals.contains(draft.word(index - 1))
          || Words.beFinite.contains(draft.word(index - 1))
          || Words.haveForms.contains(draft.word(index - 1)))
    let isNever =
      draft.word(index) == "never"
      || ["nobody", "nothing"].contains(draft.word(index)) && index == 0
    let isHardly = draft.word(index) == "hardly"
    guard isNot || isNever || isHardly else { return }
    for place in index + 1..<max(index + 1, min(draft.count, index + 8)) {
      let token = draft.tokens[place]
      if token.kind == .punctuation
        || Self.butBecauseAnd.contains(token.lower)
      {
        return
      }
      if let right = Self.positive[token.lower] {
        if token.lower == "no", place == index + 1, isKnown(draft, place + 1) {
          draft.replace(place, "know", .confusedWord)
          return
        }
        if token.lower == "no",
          Self.longerMatterDoubt.contains(draft.word(place + 1))
            && draft.word(place + 1) != "more"
        {
          if draft.word(place + 1) == "one" { draft.replace(place, "any", .doubleNegative) }
          return
        }
        if token.lower == "never", isNever || place > index + 1 { return }
        if token.lower == "nothing", draft.word(place + 1) == "but" { return }
        if isNever, draft.word(index) != "never" { return }
        draft.replace(place, right, .doubleNegative)
        return
      }
    }
  }

  /// "I don't no the answer": what follows can be known.
  private func isKnown(_ draft: Draft, _ place: Int) -> Bool {
    [.dt, .prpPossessive, .wp, .wrb].contains(draft.tag(place))
      || Words.questionWords.contains(draft.word(place))
      || Words.objectPronouns.contains(draft.word(place)) || draft.word(place) == "it"
  }

  /// "I not like", "he no speak English", "they not work".
  private func missingDo(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "not" || draft.word(index) == "no", index > 0,
      !draft.tokens[index].isNew
    else { return }
    let subject = draft.word(index - 1)
    let isNoun =
      index == 2 && draft.tag(0) == .prpPossessive && draft.tag(1) == .nn
      || index == 1 && draft.tag(0) == .nnp
    guard Words.subjectPronouns.contains(subject) || isNoun, let draftVerb = draft[index + 1],
      draftVerb.isWord
    else { return }
    if index > 1, !isNoun, QuestionShape.auxiliaries.contains(draft.word(index - 2)) { return }
    let readings = context.morphology.verbReadings(draftVerb.lower)
    guard
      let reading = readings.first(where: { $0.form == .base || $0.form == .third })
        ?? readings.first(where: { $0.form == .past }),
      context.morphology.classes(reading.lemma).contains(.commonVerb),
      !context.morphology.classes(draftVerb.lower).contains(.commonAdjective)
        || draftVerb.lower == "like" || draftVerb.lower == "live",
      !context.morphology.classes(draftVerb.lower).contains(.adverb) || draftVerb.lower == "like",
      reading.lemma != "be",
      reading.lemma != "have" || draftVerb.lower == "have" || draftVerb.lower == "has",
      !Words.modals.contains(draftVerb.lower),
      draft.word(index) == "not" || !context.morphology.classes(reading.lemma).contains(.commonNoun)
        || ["like", "work", "want", "need"].contains(reading.lemma)
    else { return }
    let isThird = Words.thirdPronouns.contains(subject) || isNoun
    let isPast = reading.form == .past && draftVerb.tag == .vbd
    if reading.form == .past, !isPast { return }
    let verb = isPast ? "did" : isThird ? "does" : "do"
    draft.replace(index..<index + 2, with: [verb, "not", reading.lemma], .negation)
  }

  /// "Do he like it?", "Does you …?", "Do you can help me?"
  private func doQuestion(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let isFirst = index == 0 || index == 1 && Words.questionWords.contains(draft.word(0))
    guard isFirst, word == "do" || word == "does", draft.tokens.last?.text == "?" else { return }
    let place = draft.word(index + 1) == "n't" ? index + 2 : index + 1
    let subject = draft.word(place)
    if place == index + 1, ["can", "could", "should", "will"].contains(draft.word(place + 1)),
      Words.subjectPronouns.contains(subject)
    {
      let modal = draft.word(place + 1)
      draft.replace(index..<place + 2, with: [modal, draft.tokens[place].text], .negation)
    } else if word == "do", Words.thirdPronouns.contains(subject) {
      draft.replace(index, "does", .beAgreement)
    } else if word == "does", Words.otherPronouns.contains(subject) {
      draft.replace(index, "do", .beAgreement)
    }
  }

  /// "I have not money" → "I do not have money".
  private func haveNot(_ draft: inout Draft, _ index: Int) {
    guard ["have", "has"].contains(draft.word(index)), draft.word(index + 1) == "not",
      Words.subjectPronouns.contains(draft.word(index - 1)), index < 2,
      draft.tag(index + 2) == .nn || draft.tag(index + 2) == .nns,
      !context.morphology.isForm(draft.word(index + 2), .participle),
      !(draft[index + 3]?.isWord ?? false)
    else { return }
    let verb = draft.word(index) == "has" ? "does" : "do"
    draft.replace(index..<index + 2, with: [verb, "not", "have"], .negation)
  }

  /// "Nobody didn't come" → "Nobody came", "he never doesn't smoke" → "he never smokes".
  private func nobodyNot(_ draft: inout Draft, _ index: Int) {
    guard ["nobody", "nothing", "noone", "never"].contains(draft.word(index)),
      Words.doForms.contains(draft.word(index + 1)),
      ["n't", "not"].contains(draft.word(index + 2)),
      let verb = context.baseVerb(draft.word(index + 3))
    else { return }
    let form: Morphology.VerbForm =
      switch draft.word(index + 1) {
      case "did": .past
      case "does": .third
      case _: .base
      }
    draft.replace(
      index + 1..<index + 4, with: [context.morphology.inflect(verb, form)], .doubleNegative)
  }

  /// "don't can", "didn't must".
  private func doCan(_ draft: inout Draft, _ index: Int) {
    guard Words.doForms.contains(draft.word(index)),
      ["n't", "not"].contains(draft.word(index + 1)),
      Self.canCouldShould.contains(draft.word(index + 2))
    else { return }
    let modal = draft.word(index + 2)
    if modal == "can", draft.word(index) == "did" {
      draft.replace(index..<index + 3, with: ["could", "not"], .negation)
    } else if modal == "can" {
      draft.replace(index..<index + 3, with: ["can", "not"], .negation)
    } else {
      draft.replace(index..<index + 3, with: [modal, "not"], .negation)
    }
    if draft.word(index) == "can", draft.word(index + 1) == "not" {
      draft.tokens[index + 1].isGlued = true
    }
  }
}
