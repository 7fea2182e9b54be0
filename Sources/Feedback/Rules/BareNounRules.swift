/// Nouns that are counted and stand bare: "I bought car", "in small village", "other country",
/// "scientist have found".
struct BareNounRules: RuleFamily {
  private static let becauseButIn: Set<String> = [
    "because", "but", "in", "at", "for", "when", "with", "that", "which", "who", "near", "so",
    "yesterday", "last", "from", "where", "is",
  ]
  private static let eachOneAny: Set<String> = [
    "each", "one", "any", "no", "every", "some",
  ]
  private static let mostSomeMany: Set<String> = [
    "most", "some", "many", "these", "those",
  ]
  private static let becauseWhenIf: Set<String> = [
    "because", "when", "if", "that", "recently", "nowadays", "sometimes", ",",
  ]
  private static let firstSecondThird: Set<String> = [
    "first", "second", "third", "main", "only", "next", "last", "best", "biggest",
  ]
  private static let reasonThingPoint: Set<String> = [
    "reason", "thing", "point", "problem", "advantage", "disadvantage", "argument", "way",
    "example", "one", "question", "step",
  ]

  let context: RuleContext

  /// Never without a determiner in the singular, whatever the sense.
  private static let things: Set<String> = [
    "bag", "bed", "bicycle", "bike", "book", "bottle", "box", "boyfriend", "camera", "car", "cat",
    "chair", "city", "coat", "computer", "country", "dictionary", "dog", "dress", "flat", "friend",
    "garden", "girlfriend", "hat", "hotel", "house", "idea", "jacket", "job", "laptop", "letter",
    "map", "mistake", "motorcycle", "movie", "newspaper", "notebook", "passport", "pen", "pencil",
    "person", "phone", "photo", "picture", "problem", "question", "shirt", "shop", "sofa",
    "suitcase", "table", "ticket", "town", "umbrella", "village", "apartment", "neighbour",
    "neighbor", "student", "teacher", "company", "place",
  ]
  private static let takers: Set<String> = [
    "have", "buy", "want", "need", "own", "rent", "find", "lose", "carry", "wear", "bring",
    "borrow",
    "sell", "steal", "build", "get", "see", "write", "send", "open", "ride", "drive", "order",
  ]
  private static let prepositions: Set<String> = ["in", "at", "with", "from", "for", "than", "of"]
  private static let plainAdjectives: Set<String> = [
    "big", "small", "new", "old", "good", "bad", "nice", "beautiful", "large", "little", "young",
    "different", "interesting", "great", "expensive", "cheap", "famous", "modern", "strange",
    "difficult", "poor", "rich", "quiet", "crowded", "foreign", "red", "black", "white", "blue",
    "green", "clean", "comfortable", "serious", "long", "short", "real",
  ]
  private static let people: Set<String> = [
    "student", "teacher", "scientist", "child", "parent", "worker", "farmer", "doctor", "tourist",
    "customer", "consumer", "driver", "traveler", "traveller", "researcher", "teenager", "expert",
    "adult", "employee", "citizen", "woman", "man",
  ]
  private static let manyTakers: Set<String> = [
    "are", "were", "have", "do", "think", "need", "want",
  ]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        bareThing(&draft, index)
        other(&draft, index)
        bareSubject(&draft, index)
        firstReason(&draft, index)
      }
      index += 1
    }
  }

  /// A verb or a preposition, maybe a plain adjective, and a bare thing at the end of its phrase.
  private func bareThing(_ draft: inout Draft, _ index: Int) {
    let hasAdjective = Self.plainAdjectives.contains(draft.word(index + 1))
    let noun = index + (hasAdjective ? 2 : 1)
    guard Self.things.contains(draft.word(noun)), draft.tag(noun) == .nn,
      !draft.tokens[noun].isCapitalised, isEnd(draft, noun + 1)
    else { return }
    let isAfterPreposition =
      hasAdjective && Self.prepositions.contains(draft.word(index)) && draft.tag(index) == .in
    guard isAfterPreposition || isTaker(draft, index) else { return }
    let article = Vowels.wantsAn(draft.tokens[index + 1].text) ?? false ? "an" : "a"
    draft.insert(article, at: index + 1, .articleMissing)
  }

  private func isTaker(_ draft: Draft, _ index: Int) -> Bool {
    guard
      let verb = context.morphology.lemma(
        draft.word(index), as: [.base, .third, .past, .participle, .ing])
    else { return false }
    return (Self.takers.contains(verb) || Self.takers.contains(draft.word(index)))
      && draft.tag(index).isVerb
  }

  /// Nothing that would make the noun part of a compound or of a pair ("from person to person").
  private func isEnd(_ draft: Draft, _ index: Int) -> Bool {
    guard let token = draft[index] else { return true }
    if token.kind == .punctuation { return [".", ",", "!", "?", ";"].contains(token.text) }
    return Self.becauseButIn.contains(token.lower)
  }

  /// "in other country": more than one.
  private func other(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "other", draft.tag(index + 1) == .nn,
      Self.things.contains(draft.word(index + 1)) || Self.people.contains(draft.word(index + 1)),
      !draft.tag(index + 2).isNoun, draft.tag(index + 2) != .pos, draft.word(index + 2) != "-"
    else { return }
    let before = draft.tag(index - 1)
    let isOpen =
      index == 0 || before == .in || before == .vb || before == .vbp || before == .vbg
      || draft.isAny(index - 1, ["many", "and", "to", "with"])
    guard isOpen, !draft.isAny(index - 1, Self.eachOneAny) else {
      return
    }
    draft.replace(
      index + 1, context.morphology.plural(draft.word(index + 1)), .pluralAfterNumber)
  }

  /// "Student have to", "scientist are": the verb shows that more than one is meant.
  private func bareSubject(_ draft: inout Draft, _ index: Int) {
    guard Self.people.contains(draft.word(index)), draft.tag(index).isNoun,
      Self.manyTakers.contains(draft.word(index + 1)) || isPluralVerb(draft, index + 1),
      startsClause(draft, index)
    else { return }
    draft.replace(index, context.morphology.plural(draft.word(index)), .pluralAfterNumber)
  }

  private func isPluralVerb(_ draft: Draft, _ index: Int) -> Bool {
    let classes = context.morphology.classes(draft.word(index))
    return draft.tag(index) == .vbp && context.baseVerb(draft.word(index)) != nil
      && classes.contains(.commonVerb) && !classes.contains(.adjective)
      && !context.morphology.isForm(draft.word(index), .past)
      && [.dt, .prpPossessive, .in, .to, .prp].contains(draft.tag(index + 1))
  }

  private func startsClause(_ draft: Draft, _ index: Int) -> Bool {
    if index == 0 { return true }
    let before = draft.word(index - 1)
    if Self.mostSomeMany.contains(before) { return true }
    guard
      Self.becauseWhenIf.contains(before)
    else { return false }
    return before != ","
      || !draft.tokens[..<(index - 1)].contains { $0.tag.isVerb || $0.tag == .cc }
  }

  /// "First reason is", "Most important thing is": the one that is told apart takes "the".
  private func firstReason(_ draft: inout Draft, _ index: Int) {
    guard index == 0 || draft.isAny(index - 1, [","]) && index < 6 else { return }
    let isOrdinal = Self.firstSecondThird
      .contains(draft.word(index))
    let isMost = draft.word(index) == "most" && draft.tag(index + 1).isAdjective
    guard isOrdinal || isMost else { return }
    let noun = index + (isMost ? 2 : 1)
    guard
      Self.reasonThingPoint.contains(draft.word(noun)),
      ["is", "was"].contains(draft.word(noun + 1))
    else { return }
    draft.insert("the", at: index, .articleMissing)
  }
}
