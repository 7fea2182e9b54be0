/// Number: plural after numbers, singular after every, words without a plural, much and many, a
/// and an.
struct NounRules: RuleFamily {
  private static let inOnFor: Set<String> = [
    "in", "on", "for", "with", "from",
  ]
  private static let inOnAt: Set<String> = [
    "in", "on", "at", "for", "of", "to", "with",
  ]
  private static let suchQuiteWhat: Set<String> = [
    "such", "quite", "what", "half", "many",
  ]
  private static let informationAdviceHomework: Set<String> = [
    "information", "advice", "homework", "furniture", "luggage", "equipment", "knowledge", "music",
    "traffic", "money", "work", "news", "research", "progress", "weather", "housework", "bread",
    "software", "rice", "butter", "flour", "luck", "rubbish",
  ]
  private static let fewLotHundred: Set<String> = [
    "few", "lot", "hundred", "couple", "dozen",
  ]
  private static let lotLotsCouple: Set<String> = [
    "lot", "lots", "couple", "number", "variety", "plenty", "kinds", "types",
  ]
  private static let theMyHis: Set<String> = [
    "the", "my", "his", "her", "our", "their", "these", "those", "your",
  ]
  private static let otherDifferentMain: Set<String> = [
    "other", "different", "main", "new", "more", "of",
  ]
  private static let muchManyLittle: Set<String> = [
    "much", "many", "little", "less", "few", "fewer", "amount",
  ]
  private static let tooSoHow: Set<String> = [
    "too", "so", "how", "as", "not", "n't", "very",
  ]
  private static let yearsDollarsMinutes: Set<String> = [
    "years", "dollars", "minutes", "hours", "pounds", "miles", "days", "weeks", "months",
  ]
  private static let peopleStudentsCars: Set<String> = [
    "people", "students", "cars", "books", "children", "friends", "countries", "things", "tourists",
  ]

  let context: RuleContext

  private static let moreThanOne: Set<String> = Words.numbers.union([
    "several", "many", "few", "both", "these", "those", "various", "numerous", "dozens", "hundreds",
  ])
  private static let massUnits: Set<String> = [
    "bread", "furniture", "advice", "information", "luggage", "homework", "equipment", "news",
    "music", "paper",
  ]
  private static let pieces = [
    "bread": "loaves of bread", "advice": "pieces of advice", "furniture": "pieces of furniture",
    "luggage": "pieces of luggage", "information": "pieces of information",
    "news": "pieces of news", "paper": "pieces of paper", "music": "pieces of music",
    "equipment": "pieces of equipment",
  ]
  /// Read like an adjective before another noun: "two car parks".
  private static let neverPlural: Set<String> = [
    "dozen", "hundred", "thousand", "million", "billion", "percent", "more", "other", "such",
    "pound", "foot", "people", "police", "each", "much", "lot", "bit", "head", "fold", "way",
    "half", "time", "am", "pm", "toman", "lira", "euro",
  ]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord || draft.tokens[index].kind == .number {
        singularThings(&draft, index)
        pluralThings(&draft, index)
        muchMany(&draft, index)
        article(&draft, index)
        adjective(&draft, index)
      }
      index += 1
    }
  }

  /// The noun that a determiner belongs to: over adjectives to the last noun of the run.
  private func head(_ draft: Draft, after index: Int) -> Int? {
    var place = index + 1
    var found: Int?
    while place < draft.count, place < index + 5, draft.tokens[place].isWord {
      let tag = draft.tag(place)
      let isCapital = draft.tokens[place].isCapitalised && place > 0
      // "each field needs": the noun in -s is the verb; after "these" it is the head.
      let isVerb =
        tag == .nns && Words.singularDeterminers.contains(draft.word(index))
        && context.morphology.isForm(draft.word(place), .third)
      if let found, tag == .nns || tag == .nn, context.isPlural(draft, found) || isVerb {
        break
      }
      if tag == .nn || tag == .nns
        || place == index + 1 && (isOnlyNoun(draft.word(place)) || isThings(draft, place)),
        !Words.times.contains(draft.word(place)), !isCapital
      {
        found = place
      } else if !(tag.isAdjective || tag == .vbn || tag == .vbg && found == nil) || found != nil {
        break
      }
      place += 1
    }
    guard let found, draft.tag(found + 1) != .pos, draft.word(found + 1) != "-" else { return nil }
    return found
  }

  /// Whatever the tagger makes of it after a wrong determiner.
  private func isOnlyNoun(_ word: String) -> Bool {
    let classes = context.morphology.classes(word)
    let isOther: Morphology.Classes = [.commonVerb, .commonAdjective, .commonAdverb]
    return classes.contains(.commonNoun) && classes.isDisjoint(with: isOther)
  }

  /// "this books." at the end: no verb.
  private func isThings(_ draft: Draft, _ place: Int) -> Bool {
    guard draft.word(place - 1) == "this", draft.tag(place + 1) == .stop else { return false }
    return context.morphology.singular(draft.word(place)).map { context.isCountable($0) } ?? false
  }

  // MARK: every, each, a, this

  private func singularThings(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard let noun = head(draft, after: index) else { return }
    let text = draft.word(noun)
    if text == "means" || draft.tag(noun) == .vbz && !isThings(draft, noun) { return }
    if ["every", "each", "another"].contains(word), context.isPlural(draft, noun),
      let singular = context.morphology.singular(text)
    {
      if draft.tag(index + 1) == .cd || draft.isAny(index + 1, ["few", "other"]) { return }
      if word == "another" && noun > index + 1 && draft.tag(index + 1) == .cd { return }
      if text == "people", word == "another" { return }
      draft.replace(noun, text == "people" ? "person" : singular, .singularAfterEvery)
    } else if word == "this" && !draft.isAny(index - 1, ["much", "what", "where", "how", "why"])
      || word == "that"
        && (index == 0 || Self.inOnFor.contains(draft.word(index - 1))
          || isObjectThat(draft, index, noun)),
      context.isPlural(draft, noun), context.morphology.singular(text) != nil || text == "people",
      draft.tag(index) == .dt, !isClause(draft, index),
      noun == index + 1 || draft.tag(index + 1).isAdjective
    {
      draft.replace(index, word == "this" ? "these" : "those", .thisThese)
    } else if ["a", "an"].contains(word), draft.tag(noun) == .nns || context.isUncountable(text),
      noun <= index + 2
    {
      aWithPlural(&draft, index, noun)
    }
  }

  /// "I like that shoes.": nothing else follows.
  private func isObjectThat(_ draft: Draft, _ index: Int, _ noun: Int) -> Bool {
    draft.tag(index - 1).isVerb && !draft.isAny(index - 1, Words.sayingVerbs)
      && noun == index + 1 && !(draft[noun + 1]?.isWord ?? false)
  }

  /// "I think that books are": a conjunction.
  private func isClause(_ draft: Draft, _ index: Int) -> Bool {
    guard draft.word(index) == "that" else { return false }
    return index > 0
      && !Self.inOnAt.contains(draft.word(index - 1))
      && !draft.tag(index - 1).isVerb || draft.isAny(index - 1, Words.sayingVerbs)
  }

  private func aWithPlural(_ draft: inout Draft, _ index: Int, _ noun: Int) {
    let text = draft.word(noun)
    if index > 0,
      Self.suchQuiteWhat.contains(draft.word(index - 1))
        && !context.isUncountable(text)
    {
      return
    }
    if draft.isAny(index + 1, ["little", "bit"]) { return }
    let mass: Set<String> = Self.informationAdviceHomework
    if mass.contains(text), !draft.tag(noun + 1).isNoun {
      if text == "knowledge" && draft.word(noun + 1) == "of" || text == "work" && noun > index + 1 {
        return
      }
      draft.remove(index, .uncountable)
      return
    }
    guard noun == index + 1, draft.tag(noun) == .nns,
      let singular = context.morphology.singular(text), singular != text,
      !Self.fewLotHundred.contains(draft.word(index + 1)),
      !["people", "means", "series", "species"].contains(text), context.isCountable(singular),
      !draft.tag(noun + 1).isNoun
    else { return }
    draft.replace(noun, singular, .articleExtra)
  }

  // MARK: numbers, these

  private func pluralThings(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let isNumber =
      draft.tag(index) == .cd && draft.tokens[index].kind == .number && isManyNumber(word)
    let before = draft.word(index - 1)
    let isLot =
      word == "of"
      && Self.lotLotsCouple.contains(before)
      && (before != "number" || draft.word(index - 2) == "a")
    let isOneOf = word == "of" && before == "one"
    guard Self.moreThanOne.contains(word) || isNumber || isLot || isOneOf || ["all"].contains(word)
    else { return }
    if draft.word(index + 1) == "percent" { return }
    if word == "all" {
      allMy(&draft, index)
      return
    }
    var start = index
    if isOneOf {
      guard
        Self.theMyHis.contains(
          draft.word(index + 1))
      else { return }
      start += 1
    }
    if draft.isAny(start + 1, Self.otherDifferentMain), !isLot {
      start += 1
    }
    if draft.word(start) == "of", !isLot, !isOneOf { return }
    guard let noun = head(draft, after: start) else { return }
    let text = draft.word(noun)
    if ["these", "those"].contains(word),
      draft.tag(noun + 1) == .in && draft.word(noun + 1) == "of",
      ["kind", "sort", "type"].contains(text)
    {
      draft.replace(noun, text + "s", .pluralAfterNumber)
      return
    }
    if noun == index + 1, isNumber || Words.numbers.contains(word),
      let one = context.morphology.singular(text), context.isUncountable(one),
      let pieces = Self.pieces[one]
    {
      draft.replace(
        noun..<noun + 1, with: pieces.split(separator: " ").map(String.init), .uncountable)
      return
    }
    toPlural(
      &draft, index, noun, isFirst: noun == start + 1, isNumber: isNumber, isOf: isLot || isOneOf)
  }

  private func toPlural(
    _ draft: inout Draft, _ index: Int, _ noun: Int, isFirst: Bool, isNumber: Bool, isOf: Bool
  ) {
    let word = draft.word(index)
    let text = draft.word(noun)
    if draft.tag(noun) == .md || Words.modals.contains(text) { return }
    guard !context.isPlural(draft, noun), context.morphology.isSingularNoun(text),
      !Self.neverPlural.contains(text), draft.tag(noun) == .nn || isOnlyNoun(text)
    else { return }
    if context.isUncountable(text) {
      massAfterNumber(&draft, index, noun, isNumber: isNumber || Words.numbers.contains(word))
      return
    }
    guard
      isOf
        ? context.isCountable(text)
        : context.morphology.classes(text).contains(.commonNoun) || word.first?.isNumber ?? false
    else { return }
    if ["these", "those"].contains(word), !context.isCountable(text) { return }
    // "two year old", "five star hotel", "three-hour".
    if draft.tag(noun + 1).isAdjective && draft.word(noun + 1) == "old"
      || draft.word(noun + 1) == "-"
    {
      return
    }
    if draft.tag(noun + 1) == .vbg, !isOf { return }
    if !isFirst, draft.tag(noun - 1) == .nn, isNumber { return }
    draft.replace(
      noun, context.morphology.plural(text),
      ["these", "those"].contains(word) ? .thisThese : .pluralAfterNumber)
  }

  /// "all my friend are here".
  private func allMy(_ draft: inout Draft, _ index: Int) {
    let noun = index + 2
    guard Words.possessives.contains(draft.word(index + 1)), draft.tag(noun) == .nn,
      context.isCountable(draft.word(noun)), ["are", "were", "have"].contains(draft.word(noun + 1))
    else { return }
    draft.replace(noun, context.morphology.plural(draft.word(noun)), .pluralAfterNumber)
  }

  private func isManyNumber(_ text: String) -> Bool {
    guard let value = Int(text), value > 1, value < 1_900 || value > 2_100 else { return false }
    return true
  }

  private func massAfterNumber(_ draft: inout Draft, _ index: Int, _ noun: Int, isNumber: Bool) {
    let text = draft.word(noun)
    if ["these", "those"].contains(draft.word(index)), noun == index + 1 {
      draft.replace(index, draft.word(index) == "these" ? "this" : "that", .thisThese)
    } else if isNumber, noun == index + 1, let pieces = Self.pieces[text] {
      draft.replace(
        noun..<noun + 1, with: pieces.split(separator: " ").map(String.init), .uncountable)
    }
  }

  // MARK: much, many, few, less

  private func muchMany(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard Self.muchManyLittle.contains(word) else {
      return
    }
    if word == "amount" {
      amount(&draft, index)
      return
    }
    guard let noun = head(draft, after: index) else { return }
    let text = draft.word(noun)
    let isNear = noun == index + 1 || draft.tag(index + 1).isAdjective
    if word == "much", context.isPlural(draft, noun), isNear, draft.tag(index + 1) != .jjr,
      !Words.singularInS.contains(text)
    {
      draft.replace(index, "many", .muchMany)
    } else if word == "many", context.isUncountable(text), isNear,
      !draft.tag(noun + 1).isNoun || Words.times.contains(draft.word(noun + 1))
    {
      let isOpen =
        draft.isAny(index - 1, Self.tooSoHow)
        || draft.tokens[..<index].contains { ["n't", "not", "how"].contains($0.lower) }
      if isOpen {
        draft.replace(index, "much", .muchMany)
      } else {
        draft.replace(index..<index + 1, with: ["a", "lot", "of"], .muchMany)
      }
    } else if word == "less", draft.tag(noun) == .nns, noun == index + 1,
      context.morphology.singular(text) != nil,
      !Self.yearsDollarsMinutes
        .contains(text)
    {
      draft.replace(index, "fewer", .fewerLess)
    } else if ["few", "fewer"].contains(word), context.isUncountable(text), noun == index + 1,
      !draft.tag(noun + 1).isNoun
    {
      draft.replace(index, word == "few" ? "little" : "less", .muchMany)
    }
  }

  private func amount(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index + 1) == "of",
      Self.peopleStudentsCars.contains(draft.word(index + 2))
    else { return }
    draft.replace(index, "number", .wordForm)
  }

  // MARK: a and an

  private func article(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard word == "a" || word == "an", !draft.tokens[index].isShouted, let next = draft[index + 1],
      next.isWord || next.kind == .number || Vowels.isSpelled(next.text),
      next.text.count > 1 || next.kind == .number
    else { return }
    guard
      draft.tokens[index].range.upperBound < next.range.lowerBound || next.isNew
        || draft.tokens[index].isNew
    else { return }
    // "an A in physics": the name of the letter.
    if draft.tokens[index].text == "A", index > 0, draft.tokens[index - 1].isWord { return }
    guard let wantsAn = Vowels.wantsAn(next.text) else { return }
    if wantsAn != (word == "an") { draft.replace(index, wantsAn ? "an" : "a", .aAn) }
  }

  // MARK: beautifuls

  /// "two beautifuls houses".
  private func adjective(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard word.hasSuffix("s"), draft.tag(index + 1) == .nns,
      !context.morphology.isVerb(String(word.dropLast())) || word == "differents"
    else { return }
    let stem = String(word.dropLast())
    let classes = context.morphology.classes(stem)
    guard classes.contains(.commonAdjective), !classes.contains(.noun) || word == "others",
      !context.morphology.classes(word).contains(.adjective), word != "news"
    else { return }
    draft.replace(index, stem, .adjectivePlural)
  }
}
