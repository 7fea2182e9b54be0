/// Words that are taken for others: your and you're, there and their, lose and loose, and so on.
struct ConfusionRules: RuleFamily {
  private static let welcomeRightWrong: Set<String> = [
    "welcome", "right", "wrong", "late", "beautiful", "amazing", "going", "very", "so", "not",
    "the",
  ]
  private static let inWithFor: Set<String> = [
    "in", "with", "for", "of", "do", "to", "on", "about", "from",
  ]
  private static let goBeLive: Set<String> = [
    "go", "be", "live", "stay", "get", "from",
  ]
  private static let aTheNot: Set<String> = [
    "a", "the", "not", "very", "so", "been", "raining", "important", "easy", "hard", "difficult",
    "my", "too", "really", "good", "nice", "cold", "hot",
  ]
  private static let ownNameColor: Set<String> = [
    "own", "name", "color", "colour", "tail", "price", "size", "members", "people", "leaves",
    "capital",
  ]
  private static let expensiveLateBig: Set<String> = [
    "expensive", "late", "big", "small", "difficult", "hot", "cold", "tired", "old", "young",
    "fast", "far", "heavy",
  ]
  private static let toWillCan: Set<String> = [
    "to", "will", "can", "n't", "not", "would", "i", "you", "we", "they", "could",
  ]
  private static let amComeComes: Set<String> = [
    "am", "come", "comes", "is", "are", "'m", "came", "away", "different", "far",
  ]
  private static let someAnA: Set<String> = [
    "some", "an", "a", "good", "the", "my", "your", "his", "her", "any", "of", "much", "many",
  ]
  private static let inWithHere: Set<String> = [
    "in", "with", "here", "there", "at",
  ]
  private static let hisHerTheir: Set<String> = [
    "his", "her", "their", "religious", "the",
  ]
  private static let anTheBig: Set<String> = [
    "an", "the", "big", "good", "bad", "negative", "positive",
  ]
  private static let canWillMay: Set<String> = [
    "can", "will", "may", "could", "might", "n't", "not",
  ]
  private static let heSheThey: Set<String> = [
    "he", "she", "they", "father", "grandfather", "grandmother",
  ]
  private static let ifWhenUnless: Set<String> = [
    "if", "when", "unless", "until", "before", "after",
  ]
  private static let knowAskSure: Set<String> = [
    "know", "ask", "sure", "me", "wonder",
  ]
  private static let wonderKnowAsk: Set<String> = [
    "wonder", "know", "ask", "sure", "see", "asked",
  ]
  private static let willLlCan: Set<String> = [
    "will", "'ll", "can", "would", "could", "must", "should", "please",
  ]
  private static let speakSingDance: Set<String> = [
    "speak", "sing", "dance", "play", "write", "drive", "cook", "work", "swim", "run", "read",
    "draw", "paint", "sleep", "explain", "learn", "study", "behave",
  ]
  private static let englishItFootball: Set<String> = [
    "english", "it", "football", "french", "piano", "guitar", "spanish", "german", "tennis",
  ]
  private static let carefulSlowQuick: Set<String> = [
    "careful", "slow", "quick", "beautiful", "perfect", "fluent", "quiet", "easy", "bad", "clear",
    "polite", "angry",
  ]
  private static let makeDoSay: Set<String> = [
    "make", "do", "say", "tell", "take", "give", "win", "open", "close", "learn", "lose", "put",
    "have", "pass",
  ]
  private static let manySomeAny: Set<String> = [
    "many", "some", "any", "much", "a", "an", "my", "your", "his", "her",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        homophone(&draft, index)
        nounOrVerb(&draft, index)
        condition(&draft, index)
        adverb(&draft, index)
        collocation(&draft, index)
      }
      index += 1
    }
  }

  private func homophone(_ draft: inout Draft, _ index: Int) {
    let next = draft.word(index + 1)
    let nextTag = draft.tag(index + 1)
    switch draft.word(index) {
    case "your":
      if Self.welcomeRightWrong.contains(next), !draft.tag(index + 2).isNoun || next == "going",
        !(next == "right" && draft.tag(index + 2) != .stop)
      {
        draft.replace(index..<index + 1, with: ["you", "'re"], .confusedWord)
      }
    case "their", "there":
      if draft.word(index) == "their", ["is", "are", "was", "were"].contains(next) {
        draft.replace(index, "there", .confusedWord)
      } else if draft.word(index) == "there", nextTag == .nns || nextTag == .nn,
        context.morphology.classes(next).contains(.commonNoun),
        Self.inWithFor.contains(
          draft.word(index - 1)) || draft.tag(index - 1) == .vb && index > 0,
        !draft.isAny(index - 1, Self.goBeLive)
      {
        draft.replace(index, "their", .confusedWord)
      }
    case "its":
      if Self.aTheNot.contains(next),
        !draft.tag(index + 2).isNoun || ["a", "the", "my"].contains(next)
      {
        draft.replace(index..<index + 1, with: ["it", "'s"], .confusedWord)
      }
    case "'s":
      if draft.word(index - 1) == "it", nextTag == .nn || nextTag == .nns,
        Self.ownNameColor.contains(next)
      {
        draft.replace(index - 1..<index + 1, with: ["its"], .confusedWord)
      }
    case _: similar(&draft, index)
    }
  }

  /// Words that look or sound nearly the same.
  private func similar(_ draft: inout Draft, _ index: Int) {
    let next = draft.word(index + 1)
    let nextTag = draft.tag(index + 1)
    switch draft.word(index) {
    case "to":
      if next == "much" && draft.tag(index - 1) != .in && index > 0
        || next == "many"
          && (Words.beFinite.contains(draft.word(index - 1))
            || ["have", "has", "had"].contains(draft.word(index - 1)))
      {
        draft.replace(index, "too", .confusedWord)
      } else if Self.expensiveLateBig.contains(next),
        draft.tag(index + 2) == .stop || draft.tag(index + 2) == .in || draft.tag(index + 2) == .to,
        Words.beFinite.contains(draft.word(index - 1)) || draft.word(index - 1) == "'s"
      {
        draft.replace(index, "too", .confusedWord)
      }
    case "loose":
      if draft.isAny(
        index - 1, Self.toWillCan)
      {
        draft.replace(index, "lose", .confusedWord)
      }
    case "then", "than":
      if draft.word(index) == "than", index == 0 || draft.word(index - 1) == "and",
        draft.tag(index + 1) == .prp, index + 2 < draft.count
      {
        draft.replace(index, "then", .thanThen)
      }
    case "quit":
      if nextTag.isAdjective, Words.beFinite.contains(draft.word(index - 1)) {
        draft.replace(index, "quite", .confusedWord)
      }
    case "form":
      if index > 0,
        Self.amComeComes.contains(
          draft.word(index - 1)), nextTag.isNoun || nextTag == .dt || nextTag == .prpPossessive
      {
        draft.replace(index, "from", .confusedWord)
      }
    case "piece":
      if ["world", "in", "of"].contains(draft.word(index - 1)), next != "of",
        draft.word(index - 1) == "world"
      {
        draft.replace(index, "peace", .confusedWord)
      }
    case _: return
    }
  }

  /// "give me an advise", "he adviced", "it effects me", "life → live".
  private func nounOrVerb(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let before = draft.word(index - 1)
    switch word {
    case "advise", "advises":
      if Self.someAnA.contains(before) {
        draft.replace(index, "advice", .wordForm)
      }
    case "advice":
      if Words.modals.contains(before)
        || ["to"].contains(before) && Words.objectPronouns.contains(draft.word(index + 1))
        || Words.otherPronouns.contains(before)
      {
        draft.replace(index, "advise", .wordForm)
      }
    case "life":
      if Words.otherPronouns.contains(before),
        Self.inWithHere.contains(draft.word(index + 1))
          || Words.modals.contains(before)
      {
        draft.replace(index, "live", .wordForm)
      }
    case "belief":
      if Words.otherPronouns.contains(before) { draft.replace(index, "believe", .wordForm) }
    case "believe", "believes":
      if Self.hisHerTheir.contains(before), draft.tag(index + 1) != .in {
        draft.replace(index, word == "believe" ? "belief" : "beliefs", .wordForm)
      }
    case "succes", "success":
      if Words.modals.contains(before)
        || before == "to" && ["want", "wants", "how", "able"].contains(draft.word(index - 2))
      {
        draft.replace(index, "succeed", .wordForm)
      }
    case "successful", "success ":
      if before == "to", ["want", "wants"].contains(draft.word(index - 2)) {
        draft.insert("be", at: index, .missingBe)
      }
    case "affect":
      if Self.anTheBig.contains(before),
        draft.word(index + 1) == "on" || before == "an"
      {
        draft.replace(index, "effect", .wordForm)
      }
    case "effect", "effects":
      if Self.canWillMay.contains(before),
        draft.tag(index + 1) == .dt || draft.tag(index + 1) == .prpPossessive
          || draft.tag(index + 1).isNoun
      {
        draft.replace(index, "affect", .wordForm)
      }
    case "dead":
      if Self.heSheThey.contains(before),
        draft.tag(index + 1) == .in
      {
        draft.replace(index, "died", .wordForm)
      }
    case "weather":
      if before == "know" || draft.isAny(index - 1, ["depends", "wonder"]),
        Words.subjectPronouns.contains(draft.word(index + 1))
      {
        draft.replace(index, "whether", .confusedWord)
      }
    case _: return
    }
  }

  /// "If it will rain, we …" → "If it rains".
  private func condition(_ draft: inout Draft, _ index: Int) {
    guard Self.ifWhenUnless.contains(draft.word(index)),
      let subject = context.subject(draft, at: index + 1)
    else { return }
    let place = subject.range.upperBound
    guard ["will", "would", "'ll"].contains(draft.word(place)),
      draft.word(place) != "would"
        || draft.word(index) == "if"
          && draft.tokens[place...].dropFirst().contains(where: {
            $0.lower == "would" || $0.lower == "could"
          })
    else { return }
    if draft.word(index) == "when", index > 0,
      draft.tag(index - 1).isVerb
        || Self.knowAskSure.contains(draft.word(index - 1))
    {
      return
    }
    if draft.word(index) == "when", index == 0, draft.tokens.last?.text == "?" { return }
    if draft.word(index) == "if",
      Self.wonderKnowAsk.contains(draft.word(index - 1))
    {
      return
    }
    guard !["n't"].contains(draft.word(place + 1)) else { return }
    if draft.word(place + 1) == "not" { return }
    guard let verb = context.baseVerb(draft.word(place + 1)),
      draft.tag(place + 1).isVerb || context.morphology.classes(verb).contains(.commonVerb)
    else { return }
    let rest = draft.tokens[(place + 1)...].contains {
      Self.willLlCan.contains($0.lower)
    }
    let isFirst = draft.tokens[..<index].contains {
      ["will", "'ll", "would", "could"].contains($0.lower)
    }
    guard
      rest || isFirst || index == 0 && draft.tokens[place...].contains(where: { $0.text == "," })
    else { return }
    let isPast = draft.word(place) == "would"
    let form: String
    if isPast {
      form = verb == "be" ? "were" : context.morphology.inflect(verb, .past)
    } else if verb == "be" {
      form = subject.number == .first ? "am" : subject.number == .singular ? "is" : "are"
    } else {
      form = subject.number == .singular ? context.morphology.inflect(verb, .third) : verb
    }
    draft.replace(place..<place + 2, with: [form], .ifClause)
  }

  /// "She speaks English very good", "he drives careful".
  private func adverb(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let doing: Set<String> = Self.speakSingDance
    if word == "good" || word == "bad",
      draft.tag(index + 1) == .stop || index + 1 >= draft.count
    {
      var before = index - 1
      while Words.degree.contains(draft.word(before)) { before -= 1 }
      if Self.englishItFootball
        .contains(draft.word(before))
      {
        before -= draft.word(before - 1) == "the" ? 2 : 1
      }
      guard
        let lemma = context.morphology.lemma(draft.word(before), as: [.base, .third, .past, .ing]),
        doing.contains(lemma), before < index,
        draft.tag(before).isVerb || before == 1 || before == 2
      else { return }
      draft.replace(index, word == "good" ? "well" : "badly", .adverb)
    } else if Self.carefulSlowQuick.contains(word),
      draft.tag(index).isAdjective || !context.morphology.classes(word).contains(.noun),
      draft.tag(index + 1) == .stop || index + 1 >= draft.count
    {
      var before = index - 1
      while Words.degree.contains(draft.word(before)) { before -= 1 }
      if ["english", "it"].contains(draft.word(before)) { before -= 1 }
      guard
        let lemma = context.morphology.lemma(draft.word(before), as: [.base, .third, .past, .ing]),
        doing.contains(lemma), draft.tag(before).isVerb
      else { return }
      let adverb = word.hasSuffix("y") ? word.dropLast() + "ily" : word + "ly"
      draft.replace(index, adverb, .adverb)
    }
  }

  /// make and do, say and tell, and others of one verb for a noun.
  private func collocation(_ draft: inout Draft, _ index: Int) {
    if ["told", "tell", "tells"].contains(draft.word(index)), draft.word(index + 1) == "that",
      Words.subjectPronouns.contains(draft.word(index - 1)), draft.tag(index + 2) == .prp
    {
      let forms = ["told": "said", "tell": "say", "tells": "says"]
      draft.replace(index, forms[draft.word(index)] ?? "said", .collocation)
      return
    }
    let lemma =
      context.morphology.lemma(draft.word(index), as: [.base, .third, .past, .participle, .ing])
      ?? ""
    let table = context.tables.pairs("collocations")
    guard
      Self.makeDoSay.contains(lemma), draft.tag(index).isVerb || index > 0
    else { return }
    var noun = index + 1
    if draft.tag(noun) == .dt || draft.tag(noun) == .prpPossessive || draft.tag(noun) == .cd
      || draft.isAny(noun, Self.manySomeAny)
    {
      noun += 1
    }
    if draft.tag(noun).isAdjective { noun += 1 }
    guard let right = table[lemma + " " + draft.word(noun)] else { return }
    // "Do your friends like it?": an auxiliary.
    let isQuestion = draft.tokens.last?.text == "?" && Words.doForms.contains(draft.word(index))
    if isQuestion, context.baseVerb(draft.word(noun + 1)) != nil { return }
    if lemma == "say", noun != index + 1, Words.objectPronouns.contains(draft.word(noun)) { return }
    let form =
      context.morphology.verbReadings(draft.word(index)).first { $0.lemma == lemma }?.form ?? .base
    draft.replace(index, context.morphology.inflect(right, form), .collocation)
  }
}
