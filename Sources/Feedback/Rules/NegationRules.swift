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
  private static let nobodies: Set<String> = ["nobody", "nothing", "noone", "none", "nowhere"]

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices where index < draft.count && draft.tokens[index].isWord {
      double(&draft, index)
      missingDo(&draft, index)
      doCan(&draft, index)
      doQuestion(&draft, index)
      nobodyNot(&draft, index)
      nobodyNever(&draft, index)
      hardlyNot(&draft, index)
      neither(&draft, index)
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
    let isWithout = draft.word(index) == "without"
    guard isNot || isNever || isHardly || isWithout else { return }
    // "without saying nothing", but not "without water nothing lives".
    let reach = isWithout ? draft.tag(index + 1) == .vbg ? 3 : 2 : 8
    for place in index + 1..<max(index + 1, min(draft.count, index + reach)) {
      let token = draft.tokens[place]
      if token.kind == .punctuation
        || Self.butBecauseAnd.contains(token.lower)
      {
        return
      }
      if let right = Self.positive[token.lower] {
        if token.lower == "no", draft.word(place + 1) == "one" {
          draft.replace(place..<place + 2, with: ["anyone"], .doubleNegative)
          return
        }
        if token.lower == "no", place == index + 1, isKnown(draft, place + 1) {
          draft.replace(place, "know", .confusedWord)
          return
        }
        if token.lower == "no",
          Self.longerMatterDoubt.contains(draft.word(place + 1))
            && draft.word(place + 1) != "more"
        {
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
    } else if word == "do", Words.thirdPronouns.contains(subject) || isOne(draft, place) == true {
      draft.replace(index, "does", .beAgreement)
    } else if word == "does", Words.otherPronouns.contains(subject) || isOne(draft, place) == false
    {
      draft.replace(index, "do", .beAgreement)
    }
  }

  /// Whether "your brother" and the like before a verb is one; nil where that is not sure.
  private func isOne(_ draft: Draft, _ place: Int) -> Bool? {
    let determiner = draft.word(place)
    guard Words.possessives.contains(determiner) || determiner == "the" else { return nil }
    let noun = draft.tag(place + 1).isAdjective ? place + 2 : place + 1
    guard draft.tag(noun).isNoun, context.baseVerb(draft.word(noun + 1)) != nil,
      !["and", "or"].contains(draft.word(noun + 1))
    else { return nil }
    if context.isPlural(draft, noun) { return false }
    return context.isCountable(draft.word(noun)) ? true : nil
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
    guard let place = afterNobody(draft, index), Words.doForms.contains(draft.word(place)),
      ["n't", "not"].contains(draft.word(place + 1)),
      let verb = context.baseVerb(draft.word(place + 2))
    else { return }
    let form: Morphology.VerbForm =
      switch draft.word(place) {
      case "did": .past
      case "does": .third
      case _: .base
      }
    draft.replace(
      place..<place + 3, with: [context.morphology.inflect(verb, form)], .doubleNegative)
  }

  /// Where the verb of "nobody", "no one", "none of us" may stand.
  private func afterNobody(_ draft: Draft, _ index: Int) -> Int? {
    switch draft.word(index) {
    case "nobody", "nothing", "noone", "never": return index + 1
    case "one" where draft.word(index - 1) == "no": return index + 1
    case "none" where draft.word(index + 1) == "of":
      if Words.objectPronouns.contains(draft.word(index + 2)) { return index + 3 }
      return context.nounPhrase(draft, at: index + 2)?.range.upperBound
    case _: return nil
    }
  }

  /// "Nothing never happens" → "ever"; "nothing isn't cheap" → "is".
  private func nobodyNever(_ draft: inout Draft, _ index: Int) {
    let isTwoWords = draft.word(index) == "one" && draft.word(index - 1) == "no"
    guard Self.nobodies.contains(draft.word(index)) || isTwoWords else { return }
    if draft.word(index + 1) == "never" {
      draft.replace(index + 1, "ever", .doubleNegative)
    } else if Words.beFinite.contains(draft.word(index + 1))
      || Words.modals.contains(draft.word(index + 1)),
      ["n't", "not"].contains(draft.word(index + 2)), draft.word(index + 1) != "wo"
    {
      if draft.word(index + 1) == "ca" { draft.replace(index + 1, "can", .doubleNegative) }
      draft.remove(index + 2, .doubleNegative)
    }
  }

  /// "can't hardly" → "can hardly".
  private func hardlyNot(_ draft: inout Draft, _ index: Int) {
    guard ["hardly", "scarcely", "barely"].contains(draft.word(index)),
      ["n't", "not"].contains(draft.word(index - 1)),
      Words.modals.contains(draft.word(index - 2)), draft.word(index - 2) != "wo"
    else { return }
    let modal = draft.word(index - 2) == "ca" ? "can" : draft.word(index - 2)
    draft.replace(index - 2..<index, with: [modal], .doubleNegative)
  }

  /// "I don't like it neither" → "either"; "not neither fish nor meat" → "either … or".
  private func neither(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "neither", index > 2,
      let negation = draft.tokens[..<index].lastIndex(where: { ["n't", "not"].contains($0.lower) }),
      !draft.tokens[negation..<index].contains(where: {
        $0.kind == .punctuation || Words.coordinators.contains($0.lower)
      })
    else { return }
    let nor = draft.tokens.indices.first { $0 > index && draft.word($0) == "nor" }
    if let nor {
      draft.replace(nor, "or", .doubleNegative)
    } else if draft[index + 1]?.isWord ?? false {
      return
    }
    draft.replace(index, "either", .doubleNegative)
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
