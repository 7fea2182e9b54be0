/// What follows a verb or a preposition: -ing, to, or the plain verb.
struct ComplementRules: RuleFamily {
  private static let enjoyEnjoysEnjoyed: Set<String> = [
    "enjoy", "enjoys", "enjoyed", "avoid", "avoids", "finish", "finished", "keep", "kept",
    "dislike", "practice",
  ]
  private static let likeLikesLove: Set<String> = [
    "like", "likes", "love", "loves", "hate", "hates", "prefer",
  ]
  private static let goListenWatch: Set<String> = [
    "go", "listen", "watch", "eat", "learn", "read", "write", "swim", "buy", "see",
  ]
  private static let goStudyPlay: Set<String> = [
    "go", "study", "play", "visit", "work", "travel", "talk", "walk", "drink", "help", "dance",
    "swim", "sleep", "buy",
  ]
  private static let wantWantsWanted: Set<String> = [
    "want", "wants", "wanted", "decide", "decided", "hope", "hopes", "hoped", "expect", "agree",
    "agreed", "refuse", "refused", "manage", "managed", "afford", "plan", "planned", "wish",
  ]
  private static let inOnAt: Set<String> = [
    "in", "on", "at", "before", "after", "from",
  ]
  private static let cameComeWent: Set<String> = [
    "came", "come", "went", "go", "travelled",
  ]
  private static let amMAre: Set<String> = [
    "am", "'m", "are", "is", "'re", "get", "got", "getting",
  ]

  let context: RuleContext

  private static let letMake: Set<String> = [
    "let", "lets", "letting", "make", "makes", "made", "making",
  ]
  private static let gerundPhrases: Set<String> = [
    "interested in", "good at", "bad at", "afraid of", "fond of", "tired of", "instead of",
    "think about",
    "thinking about", "dream of", "dreaming of", "dream about", "without", "keen on", "insist on",
    "capable of",
    "idea of", "worried about", "excited about", "talk about", "talking about", "succeed in",
    "way of",
    "apologize for", "apologized for", "apologise for", "apologised for", "before", "after", "by",
    "for", "succeeded in", "believe in", "proud of",
    "accused of", "sorry for",
    "thanks for", "thank you for", "responsible for", "bored of", "sick of", "about", "of", "in",
    "at", "on", "from",
  ]
  private static let forwards: Set<String> = [
    "look forward to", "looking forward to", "looks forward to", "looked forward to",
  ]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        afterGerundVerb(&draft, index)
        afterInfinitiveVerb(&draft, index)
        afterLike(&draft, index)
        afterPreposition(&draft, index)
        toAfterPreposition(&draft, index)
        ingAfterTo(&draft, index)
        forAim(&draft, index)
        bareInfinitive(&draft, index)
      }
      index += 1
    }
  }

  /// "enjoy to swim" → "enjoy swimming".
  private func afterGerundVerb(_ draft: inout Draft, _ index: Int) {
    let verbs = context.tables.list("verbs-with-gerund")
    guard verbs.contains(draft.word(index)), draft.word(index + 1) == "to",
      let verb = context.baseVerb(draft.word(index + 2)), draft[index + 2]?.isWord ?? false
    else {
      gerundObject(&draft, index)
      return
    }
    if draft.tag(index).isNoun, !Words.subjectPronouns.contains(draft.word(index - 1)) { return }
    let classes = context.morphology.classes(verb)
    guard classes.contains(.commonVerb), !draft.isAny(index - 1, Words.beForms),
      !draft.isAny(index - 2, Words.beForms)
    else { return }
    if ["recommend", "suggest", "mind", "risk"].contains(draft.word(index)),
      draft.tag(index + 2).isNoun
    {
      return
    }
    let form = context.morphology.inflect(verb, .ing)
    draft.replace(index + 1..<index + 3, with: [form], .gerundAfterVerb)
  }

  /// "I enjoy play football", "stop talk": a plain verb after verbs that take -ing.
  private func gerundObject(_ draft: inout Draft, _ index: Int) {
    let verbs: Set<String> = Self.enjoyEnjoysEnjoyed
    guard verbs.contains(draft.word(index)), let verb = context.baseVerb(draft.word(index + 1))
    else { return }
    let classes = context.morphology.classes(verb)
    let isSure =
      classes.contains(.commonVerb) && (!classes.contains(.noun) || draft.tag(index + 1) == .vb)
    guard isSure, !classes.contains(.adjective), !draft.tag(index).isNoun else { return }
    if classes.contains(.commonNoun), !startsObject(draft, index + 2) { return }
    draft.replace(index + 1, context.morphology.inflect(verb, .ing), .gerundAfterVerb)
  }

  private func startsObject(_ draft: Draft, _ index: Int) -> Bool {
    let tag = draft.tag(index)
    return [.dt, .prpPossessive, .to, .prp].contains(tag) || tag.isNoun
  }

  /// "I would like go", "I like listen to music".
  private func afterLike(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let isWish = word == "like" && ["would", "'d"].contains(draft.word(index - 1))
    let isTaste =
      Self.likeLikesLove.contains(word)
      && Words.subjectPronouns.contains(draft.word(index - 1))
    guard isWish || isTaste, let verb = context.baseVerb(draft.word(index + 1)) else { return }
    if isTaste, word == "prefer", draft.word(index + 2) == "to" {
      draft.replace(index + 1, context.morphology.inflect(verb, .ing), .gerundAfterVerb)
      return
    }
    let classes = context.morphology.classes(verb)
    let others: Morphology.Classes = [.noun, .adjective, .adverb]
    let isSure = classes.contains(.commonVerb) && classes.isDisjoint(with: others)
    let known: Set<String> = Self.goListenWatch
    let isUsual =
      known.contains(verb) && !draft.tag(index + 2).isVerb && verb != "go" || verb == "go"
    guard isSure || isUsual, verb != "be" || isWish else { return }
    draft.insert("to", at: index + 1, .missingTo)
  }

  /// "want go", "want going", "decided buying" → "to go".
  private func afterInfinitiveVerb(_ draft: inout Draft, _ index: Int) {
    let verbs = context.tables.list("verbs-with-to-infinitive")
    let word = draft.word(index)
    guard verbs.contains(word),
      !["need", "needs", "needed"].contains(word) || !Words.modals.contains(draft.word(index - 1))
    else { return }
    if draft.tag(index) == .nn || draft.tag(index) == .nns {
      guard Words.subjectPronouns.contains(draft.word(index - 1)) || draft.word(index - 1) == "n't"
      else { return }
    }
    let next = draft.word(index + 1)
    guard draft[index + 1]?.isWord ?? false else { return }
    let isLike = draft.word(index - 1) == "would" || draft.word(index - 1) == "'d"
    let classes = context.morphology.classes(next)
    if context.baseVerb(next) != nil, classes.contains(.commonVerb),
      !classes.contains(.adjective) || next == "live" || next == "go",
      !classes.contains(.adverb),
      !classes.contains(.commonNoun)
        || draft.tag(index + 1) == .vb && startsObject(draft, index + 2)
        || Self.goStudyPlay.contains(next)
          && (startsObject(draft, index + 2) || draft.tag(index + 2) == .in
            || draft.tag(index + 2) == .rb),
      ["hope", "wish", "agree", "plan"].contains(word) ? !classes.contains(.noun) : true
    {
      if Words.subjectPronouns.contains(next)
        || ["help", "work"].contains(next) && ["need", "needs", "want", "wants"].contains(word)
          && draft.tag(index + 2) == .in
      {
        return
      }
      draft.insert("to", at: index + 1, .missingTo)
    } else if let lemma = context.morphology.lemma(next, as: [.ing]), next.hasSuffix("ing"),
      Self.wantWantsWanted.contains(word) || isLike,
      draft.tag(index + 1) == .vbg || !context.morphology.classes(next).contains(.commonNoun)
    {
      draft.replace(index + 1..<index + 2, with: ["to", lemma], .missingTo)
    }
  }

  /// "interested in learn", "look forward to meet" → -ing.
  private func afterPreposition(_ draft: inout Draft, _ index: Int) {
    let one = draft.word(index)
    let two = draft.word(index - 1) + " " + one
    let three = draft.word(index - 2) + " " + two
    let next = draft.word(index + 1)
    if Self.forwards.contains(three)
      || ["used"].contains(draft.word(index - 1)) && one == "to" && isUsedTo(draft, index)
    {
      guard let verb = context.baseVerb(next),
        context.morphology.classes(verb).contains(.commonVerb),
        !context.morphology.classes(verb).contains(.commonNoun) || startsObject(draft, index + 2)
          || draft.tag(index + 1) == .vb
      else { return }
      draft.replace(index + 1, context.morphology.inflect(verb, .ing), .gerundAfterPreposition)
      return
    }
    if one == "to",
      Self.gerundPhrases.contains(draft.word(index - 2) + " " + draft.word(index - 1))
        || ["without", "instead of"].contains(draft.word(index - 1))
    {
      return
    }
    guard Self.gerundPhrases.contains(one) || Self.gerundPhrases.contains(two), one != "to",
      let verb = context.baseVerb(next), draft[index + 1]?.isWord ?? false
    else { return }
    let classes = context.morphology.classes(verb)
    let isLong =
      Self.gerundPhrases.contains(two) || Self.gerundPhrases.contains(three) || one == "without"
    let isVerbOnly =
      classes.contains(.commonVerb) && !classes.contains(.noun) && !classes.contains(.adjective)
      && !classes.contains(.adverb)
    let isLikely =
      isLong && classes.contains(.commonVerb) && !classes.contains(.adjective)
      && (Words.objectPronouns.contains(draft.word(index + 2))
        || [.dt, .prpPossessive].contains(draft.tag(index + 2)) || !classes.contains(.commonNoun)
        || draft.tag(index + 1) == .vb && draft.tag(index + 2) != .prp
        || classes.contains(.commonNoun) && draft.tag(index + 2).isNoun && two != "about"
          && one != "without")
    guard
      isVerbOnly
        && (isLong || !Self.inOnAt.contains(one)
          || startsObject(draft, index + 2))
        || isLikely
    else { return }
    if Words.subjectPronouns.contains(next) || ["be", "do", "have"].contains(next) && !isLong {
      return
    }
    // "I came here for learn English" tells why.
    let isAim =
      one == "for" && (["here", "there"].contains(draft.word(index - 1)) || isTravel(draft, index))
    if isAim {
      draft.replace(index, "to", .gerundAfterPreposition)
      return
    }
    draft.replace(index + 1, context.morphology.inflect(verb, .ing), .gerundAfterPreposition)
  }

  private static let bePlans: Set<String> = ["thinking", "dreaming"]
  /// With other verbs, such as "interested to know", it can be heard.
  private static let interests: Set<String> = [
    "learn", "study", "buy", "play", "work", "read", "travel", "cook", "teach", "write", "go",
  ]

  /// "before to go", "without to say", "thinking to buy", "interested to learn".
  private func toAfterPreposition(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index + 1) == "to", let verb = context.baseVerb(draft.word(index + 2)),
      context.morphology.classes(verb).contains(.commonVerb)
    else { return }
    let word = draft.word(index)
    let ing = context.morphology.inflect(verb, .ing)
    if word == "without" || ["before", "after"].contains(word) && !draft.tag(index - 1).isVerb {
      draft.replace(index + 1..<index + 3, with: [ing], .gerundAfterPreposition)
    } else if Self.bePlans.contains(word), Words.beForms.contains(draft.word(index - 1)) {
      draft.replace(index + 1..<index + 3, with: ["of", ing], .gerundAfterPreposition)
    } else if word == "interested", Self.interests.contains(verb) {
      draft.replace(index + 1..<index + 3, with: ["in", ing], .gerundAfterPreposition)
    }
  }

  /// Verbs that are no nouns beside: after "for" an aim was meant.
  private static let aims: Set<String> = [
    "see", "go", "buy", "learn", "eat", "find", "get", "make", "meet", "become", "speak", "bring",
    "know", "do", "take", "give",
  ]
  private static let aimless: Set<String> = [
    "thank", "thanks", "you", "sorry", "responsible", "used", "famous", "good", "apologize",
    "reason", "known", "except",
  ]

  /// "I came here for to study", "we are ready for go" → "to".
  private func forAim(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "for", index > 0 else { return }
    if draft.word(index + 1) == "to", context.baseVerb(draft.word(index + 2)) != nil {
      draft.remove(index, .fixedPhrase)
    } else if Self.aims.contains(draft.word(index + 1)),
      !Self.aimless.contains(draft.word(index - 1)), draft.tag(index - 1) != .vb
    {
      draft.replace(index, "to", .gerundAfterPreposition)
    }
  }

  /// "I would like to going" → "to go".
  private func ingAfterTo(_ draft: inout Draft, _ index: Int) {
    let before = draft.word(index - 1)
    let isWish = before == "like" && ["would", "'d"].contains(draft.word(index - 2))
    guard draft.word(index) == "to",
      isWish || ["want", "wants", "wanted", "decided", "hope"].contains(before),
      let verb = context.morphology.lemma(draft.word(index + 1), as: [.ing]),
      draft.word(index + 1).hasSuffix("ing"),
      !context.morphology.classes(draft.word(index + 1)).contains(.commonNoun)
    else { return }
    draft.replace(index + 1, verb, .baseAfterTo)
  }

  private func isTravel(_ draft: Draft, _ index: Int) -> Bool {
    draft.tokens[..<index].contains {
      Self.cameComeWent.contains($0.lower)
    }
      && (draft.tag(index - 1).isNoun || draft.tag(index - 1).isVerb)
  }

  private func isUsedTo(_ draft: Draft, _ index: Int) -> Bool {
    Self.amMAre.contains(draft.word(index - 2))
      && draft.word(index + 1) != "be"
      && Words.subjectPronouns.subtracting(["it"]).contains(draft.word(index - 3))
  }

  /// "let me to go", "makes him to cry" → without to; "want that he" is left alone.
  private func bareInfinitive(_ draft: inout Draft, _ index: Int) {
    guard Self.letMake.contains(draft.word(index)) else { return }
    var place = index + 1
    if Words.objectPronouns.contains(draft.word(place))
      || ["people", "you", "it"].contains(draft.word(place))
    {
      place += 1
    } else if let object = context.nounPhrase(draft, at: place), object.range.count <= 3,
      draft.word(index).hasPrefix("let")
    {
      place = object.range.upperBound
    } else {
      return
    }
    if draft.word(place) == "to", let verb = context.baseVerb(draft.word(place + 1)),
      context.morphology.classes(verb).contains(.commonVerb)
    {
      draft.remove(place, .bareInfinitive)
    } else if draft.word(index).hasPrefix("ma"), draft.tag(place) == .vbg,
      Words.objectPronouns.contains(draft.word(place - 1)),
      let verb = context.morphology.lemma(draft.word(place), as: [.ing])
    {
      draft.replace(place, verb, .bareInfinitive)
    } else if let reading = context.morphology.verbReadings(draft.word(place)).first(where: {
      $0.form == .third
    }),
      Words.objectPronouns.contains(draft.word(place - 1)), draft.tag(place) == .vbz
    {
      draft.replace(place, reading.lemma, .bareInfinitive)
    }
  }
}
