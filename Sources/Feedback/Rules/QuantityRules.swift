/// Much, many, few and little with words that are counted in one sense only, and things that come
/// in pairs.
struct QuantityRules: RuleFamily {
  /// Countable in another sense, which "many" and a plural would show.
  private static let amounts: Set<String> = ["work", "noise", "food", "fruit", "energy", "help"]
  private static let pairs: Set<String> = [
    "trousers", "jeans", "shorts", "scissors", "pyjamas", "sunglasses", "glasses", "tights",
  ]
  private static let spending: Set<String> = [
    "have", "has", "had", "need", "needs", "spend", "take", "waste", "save", "left",
  ]
  private static let openers: Set<String> = [
    "too", "so", "how", "as", "not", "n't", "very",
  ]
  private static let measures: Set<String> = [
    "years", "dollars", "minutes", "hours", "pounds", "miles", "days", "weeks", "months",
  ]
  private static let counted: Set<String> = [
    "people", "students", "cars", "books", "children", "friends", "countries", "things", "tourists",
  ]
  private static let looks: Set<String> = [
    "long", "short", "black", "brown", "blonde", "blond", "dark", "curly", "straight", "red",
    "beautiful", "fair", "thick",
  ]
  private static let single: Set<String> = [
    "two", "three", "few", "some", "many", "several", "grey", "gray", "white", "dog", "cat",
  ]
  /// Taken as a whole: "all my life".
  private static let wholes: Set<String> = [
    "life", "day", "heart", "family", "soul", "body", "week", "night", "class", "salary",
    "strength", "career", "childhood", "team", "mind",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices where index < draft.count {
      switch draft.word(index) {
      case "much": much(&draft, index)
      case "many": many(&draft, index)
      case "little": little(&draft, index)
      case "few", "fewer": few(&draft, index)
      case "less": less(&draft, index)
      case "amount": amount(&draft, index)
      case "a": pair(&draft, index)
      case "works" where draft.isAny(index - 1, ["of", "much"]): works(&draft, index)
      case "experience": experience(&draft, index)
      case "hairs": hairs(&draft, index)
      case "all", "both": allMy(&draft, index)
      case let word where word.hasSuffix("-years-old"):
        draft.replace(index, word.replacing("-years-old", with: "-year-old"), .pluralAfterNumber)
      case _: continue
      }
    }
  }

  /// "much books" → "many books".
  private func much(_ draft: inout Draft, _ index: Int) {
    guard let noun = nearNoun(draft, index), context.isPlural(draft, noun),
      draft.tag(index + 1) != .jjr, !Words.singularInS.contains(draft.word(noun))
    else { return }
    draft.replace(index, "many", .muchMany)
  }

  /// "too many work", "don't have many time", "many information".
  private func many(_ draft: inout Draft, _ index: Int) {
    // The tagger takes "many work" for a verb.
    let next = Self.amounts.contains(draft.word(index + 1)) ? index + 1 : nil
    guard let noun = next ?? nearNoun(draft, index),
      !draft.tag(noun + 1).isNoun || Words.times.contains(draft.word(noun + 1))
    else { return }
    let word = draft.word(noun)
    let isTime =
      word == "time" && noun == index + 1 && !draft.isAny(index + 2, ["a", "per"])
      && draft.tokens.contains { Self.spending.contains($0.lower) }
    guard context.isUncountable(word) || next != nil || isTime else { return }
    let isOpen =
      draft.isAny(index - 1, Self.openers)
      || draft.tokens[..<index].contains { ["n't", "not", "how"].contains($0.lower) }
    draft.replace(
      index..<index + 1, with: isOpen ? ["much"] : ["a", "lot", "of"], .muchMany)
  }

  /// The noun that is measured, when at most adjectives stand before it.
  private func nearNoun(_ draft: Draft, _ index: Int) -> Int? {
    context.nounHead(draft, after: index).flatMap {
      $0 == index + 1 || draft.tag(index + 1).isAdjective ? $0 : nil
    }
  }

  /// "a little eggs" → "a few eggs".
  private func little(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index - 1) == "a", draft.tag(index + 1) == .nns,
      context.isPlural(draft, index + 1), !draft.tag(index + 2).isNoun,
      draft.tag(index + 2) != .pos
    else { return }
    draft.replace(index, "few", .muchMany)
  }

  /// "a few sugar left" → "a little sugar", "fewer money" → "less money".
  private func few(_ draft: inout Draft, _ index: Int) {
    let isTime =
      draft.word(index + 1) == "time" && draft.isAny(index + 2, ["before", "left", "to", "for"])
    guard context.isUncountable(draft.word(index + 1)) || isTime,
      !draft.tag(index + 2).isNoun || draft.word(index + 2) == "left"
    else { return }
    draft.replace(index, draft.word(index) == "few" ? "little" : "less", .muchMany)
  }

  /// "less people" → "fewer people".
  private func less(_ draft: inout Draft, _ index: Int) {
    let noun = index + 1
    guard context.nounHead(draft, after: index) == noun, draft.tag(noun) == .nns,
      context.morphology.singular(draft.word(noun)) != nil,
      !Self.measures.contains(draft.word(noun))
    else { return }
    draft.replace(index, "fewer", .fewerLess)
  }

  /// "an amount of people" → "a number of people".
  private func amount(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index + 1) == "of", Self.counted.contains(draft.word(index + 2))
    else { return }
    draft.replace(index, "number", .wordForm)
  }

  /// "a new trousers" → "new trousers".
  private func pair(_ draft: inout Draft, _ index: Int) {
    let noun = draft.tag(index + 1).isAdjective ? index + 2 : index + 1
    guard Self.pairs.contains(draft.word(noun)), !draft.tag(noun + 1).isNoun,
      draft.word(noun + 1) != "-"
    else { return }
    draft.remove(index, .articleExtra)
  }

  /// "a lot of works today", "too much works".
  private func works(_ draft: inout Draft, _ index: Int) {
    guard draft.isAny(index - 2, ["lot", "lots", "too", "so", "very"]),
      !draft.isAny(index + 1, ["of", "by"])
    else { return }
    draft.replace(index, "work", .uncountable)
  }

  /// "Do you have an experience in sales?": what one has learnt is not counted.
  private func experience(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index - 1) == "an", draft.isAny(index - 2, ["have", "has", "had"]),
      draft.isAny(index + 1, ["in", "with"])
    else { return }
    draft.remove(index - 1, .uncountable)
  }

  /// "her long brown hairs are" → "hair is"; single ones are counted.
  private func hairs(_ draft: inout Draft, _ index: Int) {
    guard draft.isAny(index - 1, Self.looks) || Words.possessives.contains(draft.word(index - 1)),
      !draft.tokens[..<index].contains(where: { Self.single.contains($0.lower) })
    else { return }
    draft.replace(index, "hair", .uncountable)
    if let singular = ["are": "is", "were": "was"][draft.word(index + 1)] {
      draft.replace(index + 1, singular, .beAgreement)
    }
  }

  /// "all his key.", "all my friend are", "both my brother".
  private func allMy(_ draft: inout Draft, _ index: Int) {
    let noun = index + 2
    guard Words.possessives.contains(draft.word(index + 1)), draft.tag(noun) == .nn,
      context.isCountable(draft.word(noun)), !context.isPlural(draft, noun)
    else { return }
    let isMany: Bool
    if draft.word(index) == "both" {
      isMany = draft.word(noun + 1) != "and"
    } else if Self.wholes.contains(draft.word(noun)) {
      isMany = ["are", "were", "have"].contains(draft.word(noun + 1))
    } else {
      isMany = !(draft[noun + 1]?.isWord ?? false) || isVerb(draft, noun + 1)
    }
    if isMany {
      draft.replace(noun, context.morphology.plural(draft.word(noun)), .pluralAfterNumber)
    }
  }

  private func isVerb(_ draft: Draft, _ index: Int) -> Bool {
    draft.tag(index).isFiniteVerb
      || context.baseVerb(draft.word(index)).map {
        context.morphology.classes($0).contains(.commonVerb)
      } ?? false
  }
}
