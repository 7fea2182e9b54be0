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
      case "many": many(&draft, index)
      case "little": little(&draft, index)
      case "few": few(&draft, index)
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

  /// "too many work", "don't have many time", "how many time do we have".
  private func many(_ draft: inout Draft, _ index: Int) {
    let noun = draft.word(index + 1)
    guard !draft.tag(index + 2).isNoun || Words.times.contains(draft.word(index + 2)) else {
      return
    }
    let isTime =
      noun == "time" && !draft.isAny(index + 2, ["a", "per"])
      && draft.tokens.contains { Self.spending.contains($0.lower) }
    guard Self.amounts.contains(noun) || isTime else { return }
    let isOpen =
      draft.isAny(index - 1, ["too", "so", "how", "as", "very"])
      || draft.tokens[..<index].contains { ["n't", "not"].contains($0.lower) }
    draft.replace(
      index..<index + 1, with: isOpen ? ["much"] : ["a", "lot", "of"], .muchMany)
  }

  /// "a little eggs" → "a few eggs".
  private func little(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index - 1) == "a", draft.tag(index + 1) == .nns,
      context.isPlural(draft, index + 1), !draft.tag(index + 2).isNoun,
      draft.tag(index + 2) != .pos
    else { return }
    draft.replace(index, "few", .muchMany)
  }

  /// "a few sugar left" → "a little sugar".
  private func few(_ draft: inout Draft, _ index: Int) {
    let isTime =
      draft.word(index + 1) == "time" && draft.isAny(index + 2, ["before", "left", "to", "for"])
    guard context.isUncountable(draft.word(index + 1)) || isTime,
      !draft.tag(index + 2).isNoun || draft.word(index + 2) == "left"
    else { return }
    draft.replace(index, "little", .muchMany)
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

  /// "all his key", "both my brother".
  private func allMy(_ draft: inout Draft, _ index: Int) {
    let noun = index + 2
    let isBoth = draft.word(index) == "both"
    guard Words.possessives.contains(draft.word(index + 1)), draft.tag(noun) == .nn,
      context.isCountable(draft.word(noun)), !context.isPlural(draft, noun),
      isBoth || !Self.wholes.contains(draft.word(noun)),
      isBoth
        ? draft.word(noun + 1) != "and"
        : index > 0 ? !(draft[noun + 1]?.isWord ?? false) : isVerb(draft, noun + 1)
    else { return }
    draft.replace(noun, context.morphology.plural(draft.word(noun)), .pluralAfterNumber)
  }

  private func isVerb(_ draft: Draft, _ index: Int) -> Bool {
    draft.tag(index).isFiniteVerb
      || context.baseVerb(draft.word(index)).map {
        context.morphology.classes($0).contains(.commonVerb)
      } ?? false
  }
}
