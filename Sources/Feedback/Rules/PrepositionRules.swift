/// Prepositions where only one is right: after certain words, and where none or one is
/// wanted.
struct PrepositionRules: RuleFamily {
  private static let englishMathMaths: Set<String> = [
    "english", "math", "maths", "mathematics", "science", "history", "physics", "chemistry",
    "sports", "sport", "football", "languages", "french", "german", "spanish", "arabic", "music",
    "art", "biology", "geography", "cooking", "singing", "drawing", "dancing", "swimming",
    "basketball", "tennis", "writing", "reading", "speaking", "chess", "computers",
  ]
  private static let answerPhoneCall: Set<String> = [
    "answer", "phone", "call", "reach", "contact",
  ]
  private static let toNtPlease: Set<String> = [
    "to", "n't", "please", "can", "always", "often", "me", "us", "and",
  ]
  private static let musicSongsRadio: Set<String> = [
    "music", "songs", "radio", "podcasts", "people", "teachers",
  ]
  private static let busTrainAnswer: Set<String> = [
    "bus", "train", "answer", "teacher", "taxi", "results", "friend", "reply", "doctor", "plane",
    "exam",
  ]
  private static let pictureBoardSky: Set<String> = [
    "picture", "board", "sky", "photo", "map", "sea", "book", "window", "mirror", "stars",
    "pictures", "photos",
  ]
  private static let agreeReplyLaugh: Set<String> = [
    "agree", "reply", "laugh", "smile", "complain",
  ]
  private static let waitAgreeListen: Set<String> = [
    "wait", "agree", "listen", "look", "talk", "speak", "reply",
  ]
  private static let schoolWorkBed: Set<String> = [
    "school", "work", "bed", "university", "college", "church",
  ]

  private static let goods: Set<String> = [
    "clothes", "food", "books", "games", "shoes", "presents", "gifts", "things", "sweets", "toys",
  ]
  private static let hanging: Set<String> = [
    "picture", "pictures", "map", "poster", "posters", "clock", "mirror", "painting", "photo",
    "photos", "calendar",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        afterWord(&draft, index)
        wall(&draft, index)
        money(&draft, index)
        vehicle(&draft, index)
        extra(&draft, index)
        missing(&draft, index)
      }
      index += 1
    }
  }

  private func afterWord(_ draft: inout Draft, _ index: Int) {
    if draft.word(index) == "married", draft.word(index + 1) == "with", draft.tag(index - 1) != .rb,
      Words.subjectPronouns.contains(draft.word(index - 1)) || draft.tag(index - 1).isNoun
    {
      draft.remove(index + 1, .extraPreposition)
      return
    }
    if draft.word(index) == "than",
      draft.tokens[..<index].contains(where: { $0.lower == "prefer" }),
      draft.tag(index - 1).isNoun, draft.tag(index + 1).isNoun,
      !draft.tokens[..<index].contains(where: { ["more", "rather"].contains($0.lower) })
    {
      draft.replace(index, "to", .preposition)
      return
    }
    let pair = draft.word(index) + " " + draft.word(index + 1)
    if let right = context.tables.pairs("preposition-after")[pair], mayChange(draft, index, pair) {
      let isCity =
        draft.word(index).hasPrefix("arriv") && draft.tag(index + 2).isName
        && draft[index + 2]?.isCapitalised == true
      draft.replace(index + 1, isCity ? "in" : right, .preposition)
    } else if let verb = context.morphology.lemma(
      draft.word(index), as: [.third, .past, .participle, .ing]),
      verb != draft.word(index),
      let right = context.tables.pairs("preposition-after")[verb + " " + draft.word(index + 1)],
      mayChange(draft, index, verb + " " + draft.word(index + 1)), draft.tag(index).isVerb
    {
      draft.replace(index + 1, right, .preposition)
    }
  }

  private func mayChange(_ draft: Draft, _ index: Int, _ pair: String) -> Bool {
    let next = draft.word(index + 2)
    let before = draft.word(index - 1)
    switch pair {
    case "absent in": return [.dt, .prpPossessive].contains(draft.tag(index + 2))
    case "live at": return draft.tag(index + 2).isName && !(draft[index + 3]?.isWord ?? false)
    case "good in", "bad in", "good on", "bad on", "clever in":
      let subjects: Set<String> = Self.englishMathMaths
      let isSkill =
        context.baseVerb(next) != nil && !(draft[index + 3]?.isWord ?? false)
        && !context.morphology.classes(next).contains(.noun)
      return (subjects.contains(next) || isSkill) && !["feel", "look", "looks"].contains(before)
    case "capable to", "afraid to":
      return context.baseVerb(next) == nil && draft[index + 2]?.isWord ?? false
    case "arrive to", "arrived to", "arrives to", "arriving to":
      return context.baseVerb(next) == nil || next == "work"
    case "responsible of", "afraid from": return true
    case "reason of", "effect in", "effects in", "answer of", "solution of", "solutions of":
      return !["this", "our"].contains(before)
    case "interested for", "interested on": return true
    case "worried for": return false
    case "focus in", "concentrate in", "focused in", "concentrated in":
      return draft.tag(index + 2) != .cd && !["order", "class"].contains(next)
    case "depend in", "depends in", "consist in", "consists in": return next != "part"
    case "influence to", "impact to":
      return context.baseVerb(next) == nil || draft.tag(index + 2) == .dt
    case "different of": return next != "opinion"
    case "participate at", "participated at": return true
    case "rely to", "compared than": return true
    case "similar with", "married with":
      return next != "children" && next != "two" && next != "kids"
    case "go at": return draft.isAny(index + 3, Self.places)
    case "laugh with": return draft.isAny(index + 3, ["joke", "jokes", "story", "mistake"])
    case _: return true
    }
  }

  /// "a map at the wall" → "on the wall".
  private func wall(_ draft: inout Draft, _ index: Int) {
    guard ["in", "at"].contains(draft.word(index)), draft.word(index + 1) == "the",
      draft.word(index + 2) == "wall",
      draft.tokens[..<index].contains(where: { Self.hanging.contains($0.lower) })
    else { return }
    draft.replace(index, "on", .preposition)
  }

  /// "go to school with the bus" → "by bus".
  private func vehicle(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "with", draft.word(index + 1) == "the",
      ["bus", "train", "plane", "metro", "subway", "taxi"].contains(draft.word(index + 2)),
      !(draft[index + 3]?.isWord ?? false),
      draft.tokens[..<index].contains(where: {
        let lemma = context.morphology.lemma($0.lower, as: [.base, .third, .past, .ing])
        return ["go", "come", "travel", "get"].contains(lemma)
      })
    else { return }
    draft.replace(index..<index + 2, with: ["by"], .preposition)
  }

  /// "spend money for clothes", "in clothes" → "on clothes".
  private func money(_ draft: inout Draft, _ index: Int) {
    guard ["for", "in"].contains(draft.word(index)),
      draft.isAny(index + 1, Self.goods) || draft.isAny(index + 2, Self.goods),
      draft.word(index - 1) == "money",
      draft.tokens[max(0, index - 6)..<index].contains(where: {
        ["spend", "spends", "spent", "spending"].contains($0.lower)
      })
    else { return }
    draft.replace(index, "on", .preposition)
  }

  // MARK: None wanted

  /// "discuss about the plan", "enter into the room", "go to home", "marry with".
  private func extra(_ draft: inout Draft, _ index: Int) {
    let table = context.tables.pairs("no-preposition")
    let lemma =
      context.morphology.lemma(draft.word(index), as: [.base, .third, .past, .participle, .ing])
      ?? ""
    let preposition = draft.word(index + 1)
    if let wrong = table[lemma], wrong.split(separator: " ").contains(Substring(preposition)),
      draft.tag(index).isVerb || Words.subjectPronouns.contains(draft.word(index - 1))
        || Words.modals.contains(draft.word(index - 1))
        || draft.isAny(index - 1, ["n't", "not", "to"])
    {
      let next = draft.tag(index + 2)
      guard
        [.dt, .prp, .prpPossessive, .nn, .nns, .nnp, .jj].contains(next)
          || draft.isAny(index + 2, Words.objectPronouns)
      else { return }
      if ["married", "contacted"].contains(draft.word(index)),
        Words.beForms.contains(draft.word(index - 1))
      {
        return
      }
      if Self.answerPhoneCall.contains(lemma), draft.tag(index).isNoun {
        return
      }
      if lemma == "call" && preposition == "to", context.baseVerb(draft.word(index + 2)) != nil {
        return
      }
      if preposition == "to", context.baseVerb(draft.word(index + 2)) != nil,
        !next.isNoun || draft.tag(index + 2) == .vb
      {
        return
      }
      if lemma == "enter" && next != .dt && next != .prpPossessive { return }
      draft.remove(index + 1, .extraPreposition)
    }
  }

  // MARK: One wanted

  /// "listen music", "wait me", "explain me the rule", "go school", "arrive the station".
  private func missing(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let lemma = context.morphology.lemma(word, as: [.base, .third, .past, .participle, .ing]) ?? ""
    guard let right = context.tables.pairs("preposition-before-object")[lemma],
      draft.tag(index).isVerb || Words.subjectPronouns.contains(draft.word(index - 1)) || index == 0
        || Words.modals.contains(draft.word(index - 1))
        || draft.isAny(
          index - 1, Self.toNtPlease)
    else { return }
    let next = draft.word(index + 1)
    let isObject =
      Words.objectPronouns.contains(next) || next == "you" || next == "it"
      || draft.tag(index + 1) == .dt && next != "that" && next != "all" && next != "a"
        && next != "no"
      || draft.tag(index + 1) == .prpPossessive
    if isYouAlone(draft, index, lemma) {
      draft.insert(right, at: index + 1, .missingPreposition)
      return
    }
    switch lemma {
    case "listen":
      guard
        isObject || Self.musicSongsRadio.contains(next)
          || next == "a" && draft.isAny(index + 2, ["song", "story", "podcast", "lecture"])
      else { return }
    case "go", "come", "return":
      destination(&draft, index, lemma)
      return
    case "explain", "describe", "suggest":
      guard Words.objectPronouns.contains(next),
        next != "her" && next != "it" || draft.tag(index + 2) == .dt
      else { return }
      explain(&draft, index)
      return
    case "wait":
      guard
        Words.objectPronouns.contains(next)
          || isObject && draft.tag(index + 2) == .nn
            && (Self.busTrainAnswer.contains(draft.word(index + 2))
              || Words.possessives.contains(next) && draft.word(index + 2) != "turn")
      else { return }
    case "look":
      guard
        Words.objectPronouns.contains(next)
          || isObject
            && Self.pictureBoardSky.contains(draft.word(index + 2))
      else { return }
    case "belong", "agree", "reply", "apologize", "happen", "arrive", "depend", "talk", "speak",
      "laugh", "smile", "care", "pay", "ask", "apply", "participate", "complain", "rely":
      guard isObject, lemma != "pay", lemma != "ask",
        lemma != "speak" || Words.objectPronouns.contains(next), lemma != "care",
        lemma != "arrive" || !["this", "that", "these"].contains(next),
        lemma != "talk" || Words.objectPronouns.contains(next), lemma != "apply",
        lemma != "happen" || Words.objectPronouns.contains(next)
      else { return }
      if Self.agreeReplyLaugh.contains(lemma),
        !Words.objectPronouns.contains(next), !Words.possessives.contains(next) && next != "the"
      {
        return
      }
    case _: guard isObject else { return }
    }
    draft.insert(right, at: index + 1, .missingPreposition)
  }

  /// "I am waiting you."
  private func isYouAlone(_ draft: Draft, _ index: Int, _ lemma: String) -> Bool {
    draft.word(index + 1) == "you"
      && Self.waitAgreeListen.contains(lemma)
      && (draft[index + 2]?.kind == .punctuation || index + 2 >= draft.count
        || lemma == "wait" && [.in, .rb].contains(draft.tag(index + 2)))
  }

  private static let places: Set<String> = [
    "school", "cinema", "park", "beach", "market", "hospital", "library", "gym", "restaurant",
    "airport", "supermarket", "bank", "shop", "store", "office", "station", "mosque", "doctor",
    "dentist", "party", "museum", "theater", "theatre", "zoo", "university", "country", "house",
    "city", "village",
  ]

  /// "I go school", "we went the park".
  private func destination(_ draft: inout Draft, _ index: Int, _ lemma: String) {
    let next = draft.word(index + 1)
    let bare: Set<String> = Self.schoolWorkBed
    if lemma == "go", bare.contains(next), !draft.tag(index + 2).isNoun {
      draft.insert("to", at: index + 1, .missingPreposition)
      return
    }
    guard next == "the" || Words.possessives.contains(next), draft.tag(index + 2) == .nn,
      Self.places.contains(draft.word(index + 2)), !draft.tag(index + 3).isNoun
    else { return }
    draft.insert("to", at: index + 1, .missingPreposition)
  }

  /// "explain me the rule" → "explain the rule to me"; without an object "explain to me".
  private func explain(_ draft: inout Draft, _ index: Int) {
    let pronoun = draft.tokens[index + 1].text
    if [.dt, .prpPossessive].contains(draft.tag(index + 2)),
      let object = context.nounPhrase(draft, at: index + 2),
      draft[object.range.upperBound]?.kind == .punctuation
        || object.range.upperBound >= draft.count, object.range.count <= 4
    {
      let words = draft.tokens[object.range].map(\.text)
      draft.replace(index + 1..<object.range.upperBound, with: words + ["to", pronoun], .wordOrder)
    } else {
      draft.insert("to", at: index + 1, .missingPreposition)
    }
  }
}
