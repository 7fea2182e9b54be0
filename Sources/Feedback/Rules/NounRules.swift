/// Number: plural after numbers, singular after every, words without a plural, a and an.
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

  let context: RuleContext

  private static let moreThanOne: Set<String> = Words.numbers.union([
    "several", "many", "few", "both", "these", "those", "various", "numerous", "dozens", "hundreds",
  ])
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
        article(&draft, index)
        adjective(&draft, index)
      }
      index += 1
    }
  }

  // MARK: every, each, a, this

  private func singularThings(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard let noun = context.nounHead(draft, after: index) else { return }
    let text = draft.word(noun)
    if text == "means" || draft.tag(noun) == .vbz && !context.isThings(draft, noun) { return }
    if ["every", "each", "another"].contains(word), context.isPlural(draft, noun),
      let singular = context.morphology.singular(text)
    {
      if draft.tag(index + 1) == .cd || draft.isAny(index + 1, ["few", "other"]) { return }
      if word == "another" && noun > index + 1 && draft.tag(index + 1) == .cd { return }
      if text == "people", word == "another" { return }
      draft.replace(noun, text == "people" ? "person" : singular, .singularAfterEvery)
    } else if word == "this" && !isCost(draft, index)
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

  /// "how much this costs": a verb.
  private func isCost(_ draft: Draft, _ index: Int) -> Bool {
    draft.isAny(index - 1, ["much", "what", "where", "how", "why"])
      || draft.isAny(index - 2, ["much", "many"])
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
    guard Self.moreThanOne.contains(word) || isNumber || isLot || isOneOf
    else { return }
    if draft.word(index + 1) == "percent" { return }
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
    guard let noun = context.nounHead(draft, after: start) else { return }
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
      !Self.neverPlural.contains(text), draft.tag(noun) == .nn || context.isOnlyNoun(text)
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
