/// Words of the wrong kind that a spelling check cannot see: "your in", "to expensive.",
/// "a great affect on", "a persons life".
struct LookalikeRules: RuleFamily {
  private static let withForOf: Set<String> = [
    "with", "for", "of", "about", "show", "sell", "lose", "spend", "use", "improve", "change",
    "love", "help", "leave", "increase", "enjoy", "raise", "protect", "teach", "buy", "save",
  ]
  private static let eitherLooksLook: Set<String> = [
    "either", "looks", "look", "seems", "seem", "feel", "was",
  ]
  private static let weightMoneyTime: Set<String> = [
    "weight", "money", "time", "control", "interest",
  ]
  private static let beIsAre: Set<String> = [
    "be", "is", "are", "very", "feel", "more", "'re", "so",
  ]
  private static let aAnEvery: Set<String> = [
    "a", "an", "every", "each", "one", "another",
  ]

  private static let takers: Set<String> = [
    "forget", "forgot", "lose", "lost", "bring", "brought", "take", "took", "sell", "sold", "love",
    "like", "finish", "finished", "wash", "washed", "visit", "visited", "open", "opened", "show",
    "showed", "do", "did", "clean", "cleaned", "help", "helped", "use", "used",
  ]

  let context: RuleContext

  private static let owners: Set<String> = [
    "persons", "students", "childs", "children", "mans", "womans", "teachers", "peoples", "parents",
    "customers", "everyones", "someones",
  ]
  private static let owned: Set<String> = [
    "life", "lives", "mind", "health", "opinion", "opinions", "behaviour", "behavior", "job",
    "work", "future", "needs", "hobbies", "rights", "ideas", "education", "personality",
    "attention",
  ]
  private static let ownWords: Set<String> = [
    "own", "parents", "children", "lives", "life", "homes", "families", "products", "product",
    "friends", "money", "job", "jobs", "work", "houses", "kids", "cars", "country", "countries",
    "time", "customers", "health", "education",
  ]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        short(&draft, index)
        too(&draft, index)
        nounForVerb(&draft, index)
        owner(&draft, index)
      }
      index += 1
    }
  }

  /// your for you're, its for it's, there for their.
  private func short(_ draft: inout Draft, _ index: Int) {
    let next = draft.word(index + 1)
    let tag = draft.tag(index + 1)
    switch draft.word(index) {
    case "your":
      guard tag == .dt || tag == .in, !["up"].contains(next), draft.word(index + 2) != "-",
        [.dt, .prpPossessive, .nn, .nns, .jj, .vbg].contains(draft.tag(index + 2))
      else { return }
      draft.replace(index..<index + 1, with: ["you", "'re"], .confusedWord)
    case "its":
      let verb = tag.isAdverb ? index + 2 : index + 1
      guard context.morphology.isForm(draft.word(verb), .participle),
        !context.morphology.isNoun(draft.word(verb)),
        ["that", "by"].contains(draft.word(verb + 1))
      else { return }
      draft.replace(index..<index + 1, with: ["it", "'s"], .confusedWord)
    case "there":
      if Self.takers.contains(draft.word(index - 1)), draft.tag(index + 1) == .nns,
        context.isPlural(draft, index + 1)
      {
        draft.replace(index, "their", .confusedWord)
        return
      }
      guard index > 0, Self.ownWords.contains(next),
        draft.tag(index - 1).isVerb || draft.tag(index - 1) == .in
          || draft.word(index - 1) == "and",
        !draft.isAny(index - 1, Words.beForms), next == "own" || isNoPlace(draft, index - 1)
      else { return }
      draft.replace(index, "their", .confusedWord)
    case _: return
    }
  }

  /// Not "go there", "live there", "from there".
  private func isNoPlace(_ draft: Draft, _ index: Int) -> Bool {
    let known: Set<String> = Self.withForOf
    let word = draft.word(index)
    return known.contains(
      context.morphology.lemma(word, as: [.third, .past, .participle, .ing]) ?? word)
      || known.contains(word)
  }

  /// "It is to expensive.", "either to expensive or": an adjective with nothing after it.
  private func too(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "to",
      draft.tag(index + 1).isAdjective || draft.isAny(index + 1, ["tired", "excited", "scared"]),
      Words.beForms.contains(draft.word(index - 1))
        || Self.eitherLooksLook.contains(
          draft.word(index - 1))
    else { return }
    let classes = context.morphology.classes(draft.word(index + 1))
    guard classes.contains(.commonAdjective),
      !classes.contains(.verb) || draft.word(index + 1) == "tired", !classes.contains(.noun),
      draft[index + 2].map({
        $0.kind == .punctuation || ["or", "and", "for", "to"].contains($0.lower)
      }) ?? true
    else { return }
    draft.replace(index, "too", .confusedWord)
  }

  /// "a great affect on", "loosing weight", "take responsible for".
  private func nounForVerb(_ draft: inout Draft, _ index: Int) {
    let tag = draft.tag(index - 1)
    switch draft.word(index) {
    case "affect", "affects":
      guard draft.word(index + 1) == "on", tag.isAdjective || tag == .dt else { return }
      draft.replace(
        index, draft.word(index) == "affect" ? "effect" : "effects", .wordForm)
    case "loosing":
      guard
        [.dt, .prpPossessive].contains(draft.tag(index + 1))
          || Self.weightMoneyTime.contains(draft.word(index + 1))
      else { return }
      draft.replace(index, "losing", .confusedWord)
    case "save":
      guard draft.isAny(index - 1, Self.beIsAre),
        draft[index + 1].map({ $0.kind == .punctuation || $0.lower == "and" }) ?? true
      else { return }
      draft.replace(index, "safe", .confusedWord)
    case _: return
    }
  }

  /// "a persons life" → "a person's life".
  private func owner(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard Self.owners.contains(word), Self.owned.contains(draft.word(index + 1)),
      !context.isForwardVerb(draft, index + 1)
    else { return }
    let isOne = draft.isAny(index - 1, Self.aAnEvery)
    if word == "peoples" || word == "children" {
      guard !isOne else { return }
      draft.replace(index, word == "peoples" ? "people's" : "children's", .possessive)
    } else if ["everyones", "someones"].contains(word) || isOne && word.hasSuffix("s") {
      draft.replace(index, word.dropLast() + "'s", .possessive)
    }
  }
}

extension RuleContext {
  /// "students work hard": the word is the verb of what stands before it.
  func isForwardVerb(_ draft: Draft, _ index: Int) -> Bool {
    draft.tag(index) == .vbp || draft.tag(index) == .vb || draft.tag(index) == .vbz
  }
}
