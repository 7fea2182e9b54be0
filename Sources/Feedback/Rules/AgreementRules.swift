/// Subject and verb: -s in the third person, be and have, and the past where the sentence names a
/// past time.
struct AgreementRules: RuleFamily {
  private static let ifWishThough: Set<String> = [
    "if", "wish", "though", "whether", "that", "as",
  ]
  private static let familyTeamGroup: Set<String> = [
    "family", "team", "group", "government", "staff", "majority", "number", "rest", "half", "none",
    "all", "most", "some", "data", "media", "lot", "couple", "percent", "class", "public",
    "company", "youth", "crowd", "pair", "audience", "today",
  ]
  private static let foundSawFelt: Set<String> = [
    "found", "saw", "felt", "left", "fell", "lay", "bore", "rose", "ground", "wound",
  ]
  private static let isHasS: Set<String> = [
    "is", "has", "'s", "lots", "means",
  ]
  private static let ofInFor: Set<String> = [
    "of", "in", "for", "and", "one",
  ]

  private static let placesAndWays: Set<String> = [
    "to", "at", "in", "on", "into", "from", "near", "by", "with", "for",
  ]

  let context: RuleContext

  /// Past and present look the same: "he put" may be either.
  private static let sameInPast: Set<String> = [
    "put", "cut", "let", "set", "hit", "cost", "hurt", "shut", "quit", "read", "spread", "beat",
    "bet", "split", "upset",
    "cast", "burst", "broadcast",
  ]
  private static let singularForms = ["are": "is", "were": "was", "have": "has"]
  /// Read as something else after a subject more often than as a verb.
  private static let neverVerbs: Set<String> = [
    "well", "please", "down", "like", "back", "better", "own", "even", "best", "long", "must",
    "may", "will", "can", "might", "need", "dare",
  ]

  func apply(_ draft: inout Draft) {
    for start in context.clauseStarts(draft) where start < draft.count {
      guard let subject = context.subject(draft, at: start) else { continue }
      let place = context.afterAdverbs(draft, afterPlace(draft, subject))
      guard let token = draft[place], token.isWord else { continue }
      if isQuestionBefore(draft, start) { continue }
      if auxiliary(&draft, subject, place) { continue }
      if past(&draft, subject, place) { continue }
      if subject.number == .singular {
        thirdPerson(&draft, subject, place)
      } else {
        noThirdPerson(&draft, subject, place)
      }
    }
    nounThatIsTheVerb(&draft)
    relative(&draft)
    OneActor(context: context).apply(&draft)
  }

  /// "the people in this village is", "everybody in my class know": the verb follows what says
  /// where they are.
  private func afterPlace(_ draft: Draft, _ subject: Subject) -> Int {
    let end = subject.range.upperBound
    if subject.isPronoun, ["here", "there"].contains(draft.word(end)) { return end + 1 }
    guard ["in", "from", "at", "on", "near"].contains(draft.word(end)),
      !subject.isPronoun || Words.everybody.contains(draft.word(subject.range.lowerBound)),
      let inner = context.nounPhrase(draft, at: end + 1), inner.range.count <= 3
    else { return end }
    let place = inner.range.upperBound
    let word = draft.word(place)
    let isVerb =
      ["is", "are", "was", "were", "has", "have"].contains(word) || draft.tag(place) == .vbz
      || subject.isPronoun && [.vbp, .vb].contains(draft.tag(place))
    return isVerb && !context.hasFiniteVerb(draft, end..<place) ? place : end
  }

  private func isQuestionBefore(_ draft: Draft, _ start: Int) -> Bool {
    let before = draft.word(start - 1)
    return QuestionShape.auxiliaries.contains(before) && start > 0
      || start == 2 && ["n't", "not"].contains(before)
  }

  // MARK: be, have, do

  private func auxiliary(_ draft: inout Draft, _ subject: Subject, _ place: Int) -> Bool {
    let word = draft.word(place)
    let right: String?
    switch (word, subject.number) {
    case ("are", .first), ("is", .first): right = "am"
    case ("were", .first): right = isUnreal(draft, subject) ? nil : "was"
    case ("are", .singular), ("am", .singular): right = "is"
    case ("were", .singular): right = isUnreal(draft, subject) ? nil : "was"
    case ("is", .plural), ("am", .plural): right = "are"
    case ("was", .plural): right = "were"
    case ("has", .plural), ("has", .first): right = "have"
    case ("have", .singular): right = "has"
    case ("do", .singular) where isAuxiliary(draft, place): right = "does"
    case ("does", .plural), ("does", .first): right = "do"
    case ("have", _), ("has", _), ("do", _), ("does", _), ("did", _), ("is", _), ("are", _),
      ("am", _), ("was", _), ("were", _), ("had", _), ("been", _), ("be", _):
      right = nil
    case _: return false
    }
    guard let right else { return !(word == "do" && subject.number == .singular) && word != "be" }
    if !subject.isPronoun, !isSureNumber(draft, subject, place) { return true }
    if ["are", "were", "have"].contains(word), isJoined(draft, subject) { return true }
    draft.replace(place, right, .beAgreement)
    return true
  }

  /// "my brother and she have": the pronoun is the second of two. What belongs to the clause
  /// before, a place or a time, is not the first of them: "went to school and she has".
  private func isJoined(_ draft: Draft, _ subject: Subject) -> Bool {
    let start = subject.range.lowerBound
    guard subject.isPronoun, start > 1, draft.word(start - 1) == "and",
      draft.tag(start - 2).isNoun, !PastTime.isNamed(draft, start - 2, start - 2)
    else { return false }
    var place = start - 2
    while place >= 0,
      draft.tag(place).isNoun || draft.tag(place).isAdjective
        || [.dt, .prpPossessive, .cd].contains(draft.tag(place))
    {
      place -= 1
    }
    return place < 0 || !Self.placesAndWays.contains(draft.word(place))
  }

  private func isAuxiliary(_ draft: Draft, _ place: Int) -> Bool {
    ["n't", "not"].contains(draft.word(place + 1))
  }

  /// "if I were", "I wish he were".
  private func isUnreal(_ draft: Draft, _ subject: Subject) -> Bool {
    let before = draft.word(subject.range.lowerBound - 1)
    return Self.ifWishThough.contains(before)
  }

  /// A noun phrase whose number its form and its determiner both show.
  private func isSureNumber(_ draft: Draft, _ subject: Subject, _ place: Int) -> Bool {
    let head = draft.word(subject.range.upperBound - 1)
    if Self.familyTeamGroup.contains(head) || OneInSense.contains(draft, subject) {
      return false
    }
    if draft.word(subject.range.lowerBound) == "all" && subject.range.count < 3 { return false }
    if subject.number == .singular,
      draft.tokens[subject.range].contains(where: { $0.lower == "or" })
    {
      return false
    }
    if draft.tokens[subject.range.lowerBound].tag == .nnp, subject.range.count == 1 {
      return context.morphology.singular(head) == nil && !head.hasSuffix("s")
    }
    return context.morphology.isNoun(head) || context.morphology.singular(head) != nil
      || Words.plurals.contains(head) || draft.tag(subject.range.upperBound - 1) == .nnp
  }

  // MARK: A past time

  private func past(_ draft: inout Draft, _ subject: Subject, _ place: Int) -> Bool {
    let word = draft.word(place)
    let end = context.clauseEnd(draft, from: place)
    guard
      PastTime.isNamed(draft, subject.range.lowerBound, end)
        || subject.range.lowerBound < 6 && PastTime.isNamed(draft, 0, subject.range.lowerBound),
      let lemma = context.morphology.verbReadings(word).first(where: {
        $0.form == .base || $0.form == .third
      })?.lemma,
      !context.morphology.isForm(word, .past), draft.tag(place).isVerb || draft.tag(place).isNoun,
      !Self.neverVerbs.contains(word),
      !context.hasFiniteVerb(draft, place + 1..<max(place + 1, end))
    else { return false }
    if !subject.isPronoun, !draft.tag(place).isVerb,
      context.morphology.classes(lemma).contains(.commonNoun)
    {
      return false
    }
    draft.replace(place, context.morphology.inflect(lemma, .past), .pastTime)
    return true
  }

  // MARK: -s

  private func thirdPerson(_ draft: inout Draft, _ subject: Subject, _ place: Int) {
    let word = draft.word(place)
    guard isVerbHere(draft, subject, place),
      !Self.sameInPast.contains(word) || isHabit(draft, place),
      let lemma = context.baseVerb(word), lemma != "be",
      !context.morphology.isForm(word, .past) || Self.sameInPast.contains(word)
        || ["found"].contains(word)
    else { return }
    if Self.foundSawFelt.contains(
      word)
    {
      return
    }
    if !subject.isPronoun, !isSureNumber(draft, subject, place) { return }
    // "Somebody help me!": a call.
    let isCall = draft.tokens.last?.text == "!" && subject.range.lowerBound == 0
    if isCall, Words.everybody.contains(draft.word(0)) { return }
    // "Yesterday I went there and she cook": the whole of it is over.
    if subject.range.lowerBound > 0, PastTime.isNamed(draft, 0, 2), !isHabit(draft, place) {
      draft.replace(place, context.morphology.inflect(lemma, .past), .pastTime)
      return
    }
    draft.replace(place, context.morphology.inflect(lemma, .third), .thirdPerson)
  }

  private func isHabit(_ draft: Draft, _ place: Int) -> Bool {
    draft.tokens[place...].contains { $0.lower == "every" }
      || Words.midAdverbs.contains(draft.word(place - 1))
  }

  /// Whether the word after a subject is its verb: surely after he, she, it; after a noun by its
  /// tag or its only class.
  private func isVerbHere(_ draft: Draft, _ subject: Subject, _ place: Int) -> Bool {
    let word = draft.word(place)
    let tag = draft.tag(place)
    guard !Self.neverVerbs.contains(word) || word == "like" || word == "need" else { return false }
    if word == "need", ["n't", "not"].contains(draft.word(place + 1)) { return false }
    let classes = context.morphology.classes(word)
    guard classes.contains(.verb) else { return false }
    if subject.isPronoun {
      if word == "like" {
        return draft.tag(place + 1) != .dt || draft.word(subject.range.lowerBound) != "it"
      }
      if tag == .vbp || tag == .vb { return classes.contains(.commonVerb) }
      return classes.contains(.commonVerb) && !classes.contains(.adverb)
        && !(classes.contains(.adjective) && tag.isAdjective) && (tag.isNoun || tag.isVerb)
        || classes.contains(.commonVerb)
          && (tag == .nn || classes.isDisjoint(with: [.adjective, .adverb]))
    }
    if word == "like" { return tag == .vbp || tag == .vb }
    if tag == .vbp || tag == .vb {
      return classes.contains(.commonVerb) && !followsVerb(draft, subject)
    }
    return tag.isNoun && classes.contains(.commonVerb) && !classes.contains(.commonNoun)
  }

  /// "makes the student learn", "to help the child grow": the noun is an object.
  private func followsVerb(_ draft: Draft, _ subject: Subject) -> Bool {
    guard subject.range.lowerBound > 0 else { return false }
    return draft.tag(subject.range.lowerBound - 1).isVerb
  }

  /// "they goes", "people likes".
  private func noThirdPerson(_ draft: inout Draft, _ subject: Subject, _ place: Int) {
    let word = draft.word(place)
    guard let reading = context.morphology.verbReadings(word).first(where: { $0.form == .third }),
      !Self.isHasS.contains(word)
    else { return }
    let tag = draft.tag(place)
    if subject.isPronoun {
      guard
        tag == .vbz || !(context.morphology.classes(reading.lemma).contains(.commonNoun))
          || tag == .nns
            && (isObjectOrEnd(draft, place + 1) || !context.hasFiniteVerb(draft, 0..<draft.count))
      else { return }
      if ["you", "we"].contains(draft.word(subject.range.lowerBound)), tag == .nns,
        context.morphology.classes(reading.lemma).contains(.commonNoun)
      {
        return
      }
    } else {
      let isOnlyVerb =
        !context.hasFiniteVerb(draft, 0..<draft.count) && isObjectOrEnd(draft, place + 1)
      guard tag == .vbz || tag == .nns && isOnlyVerb, isSureNumber(draft, subject, place),
        !followsVerb(draft, subject)
      else { return }
      // "Sports plays": a name of something.
      if draft.tokens[subject.range].contains(where: { $0.tag.isName }) { return }
    }
    draft.replace(place, reading.lemma, .subjectVerb)
  }

  private func isObjectOrEnd(_ draft: Draft, _ index: Int) -> Bool {
    let tag = draft.tag(index)
    return [.dt, .prpPossessive, .prp, .to, .in, .rb, .stop].contains(tag)
  }

  // MARK: The finite verb that looks like a noun

  /// "The dog sleep on the sofa": no finite verb, and the last noun of the first phrase can be one.
  private func nounThatIsTheVerb(_ draft: inout Draft) {
    let start = context.clauseStarts(draft).first ?? 0
    let end = draft.count
    guard draft.tokens.count(where: \.isWord) <= 14, draft.tokens.last?.text != "?",
      !context.hasFiniteVerb(draft, 0..<end)
    else { return }
    guard
      !draft.tokens.contains(where: { $0.tag == .vbg || $0.tag == .vbn || $0.tag == .vb })
        || draft.count < 9
    else { return }
    let isDetermined =
      [.dt, .prpPossessive].contains(draft.tag(start)) || draft.tag(start).isName
      || Words.possessives.contains(draft.word(start))
    guard isDetermined, draft.word(start) != "god" else { return }
    let first = draft.tag(start).isName ? start : start + 1
    for place in first + 1..<max(first + 1, min(first + 4, draft.count)) {
      let word = draft.word(place)
      let before = draft.word(place - 1)
      // "Marco and Lucia work": the tagger takes the verb for a noun.
      if draft.tokens[..<place].contains(where: { $0.lower == "and" }) { return }
      let beforeIsNoun =
        context.morphology.isSingularNoun(before) && draft.tag(place - 1).isNoun
        || draft.tag(place - 1).isName
      guard beforeIsNoun, context.baseVerb(word) != nil,
        context.morphology.classes(word).contains(.commonVerb),
        draft.tag(place).isNoun || draft.tag(place) == .vb || draft.tag(place).isAdjective,
        !Self.neverVerbs.contains(word), !context.morphology.isForm(word, .past),
        !draft.tag(place).isName || !draft.tokens[place].isCapitalised
      else { continue }
      let next = draft.tag(place + 1)
      let goesOn: Set<Tag> = [
        .in, .dt, .pdt, .rb, .to, .prpPossessive, .prp, .stop, .rp, .cd, .jj, .rbr, .nns, .nn, .nnp,
      ]
      guard goesOn.contains(next), place + 1 < draft.count else { continue }
      if next == .in, draft.word(place + 1) == "of" { continue }
      if context.isPlural(draft, place - 1) { return }
      draft.replace(place, context.morphology.inflect(word, .third), .thirdPerson)
      return
    }
  }

  /// "a man who work here", "people who works": after who, which, that by the noun before.
  private func relative(_ draft: inout Draft) {
    for index in draft.tokens.indices where draft.word(index) == "who" && index > 1 {
      let place = context.afterAdverbs(draft, index + 1)
      guard draft.tag(index - 1) == .nn || draft.tag(index - 1) == .nns,
        !draft.isAny(index - 2, ["of"]), draft[place]?.isWord ?? false
      else { continue }
      let phraseHasOf = draft.tokens[max(0, index - 5)..<index].contains {
        Self.ofInFor.contains($0.lower)
      }
      if phraseHasOf { continue }
      let word = draft.word(place)
      if context.isPlural(draft, index - 1) {
        if word == "is" {
          draft.replace(place, "are", .beAgreement)
        } else if word == "has" {
          draft.replace(place, "have", .beAgreement)
        } else if draft.tag(place) == .vbz,
          let reading = context.morphology.verbReadings(word).first(where: { $0.form == .third }),
          word != "'s", word != "was"
        {
          draft.replace(place, reading.lemma, .subjectVerb)
        }
      } else if context.morphology.isSingularNoun(draft.word(index - 1)),
        draft.isAny(index - 2, ["a", "an", "every", "each"])
          || draft.tag(index - 2).isAdjective
            && draft.isAny(index - 3, ["a", "an", "every", "each"]),
        let right = Self.singularForms[word]
      {
        draft.replace(place, right, .beAgreement)
      } else if draft.tag(place) == .vbp || draft.tag(place) == .vb, draft.word(index) == "who",
        context.baseVerb(word) != nil, context.morphology.isSingularNoun(draft.word(index - 1)),
        !Self.sameInPast.contains(word), !context.morphology.isForm(word, .past), word != "be"
      {
        draft.replace(place, context.morphology.inflect(word, .third), .thirdPerson)
      }
    }
  }
}

/// Words that put a sentence into the past.
enum PastTime {
  private static let units: Set<String> = [
    "night", "week", "month", "year", "summer", "winter", "spring", "autumn", "weekend", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "time",
  ]

  static func isNamed(_ draft: Draft, _ start: Int, _ end: Int) -> Bool {
    for index in start..<max(start, min(end + 1, draft.count)) {
      let word = draft.word(index)
      if word == "yesterday" || word == "ago" {
        return !draft.isAny(index - 1, ["since", "until", "from"])
      }
      if word == "last", units.contains(draft.word(index + 1)),
        !draft.isAny(index - 1, ["the", "since", "my", "for"])
      {
        return true
      }
    }
    return false
  }
}
