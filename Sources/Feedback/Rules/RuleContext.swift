/// What rules look things up in, and the order in which they are tried.
struct RuleContext {
  private static let roundsMax = 3
  /// Changes in one text; what has more of them is not English, and its findings would help nobody.
  private static let editsMax = 400

  let morphology: Morphology
  let tables: RuleTables
  let tagger: Tagger
  let speller: Speller

  func correct(_ draft: inout Draft, _ scope: TextScope, isLast: Bool) {
    guard draft.tokens.contains(where: \.isWord), draft.editCount < Self.editsMax else { return }
    let letters = LetterRules(context: self, scope: scope)
    letters.apply(&draft)
    SpellingRule(context: self, scope: scope).apply(&draft)
    letters.applyAfterSpelling(&draft)
    for _ in 0..<Self.roundsMax {
      let before = draft.editCount
      tag(&draft)
      PhraseRules(context: self, scope: scope).apply(&draft)
      for family in families {
        tag(&draft)
        family.apply(&draft)
      }
      if draft.editCount == before { break }
    }
    tag(&draft)
    MechanicsRules(context: self, scope: scope).apply(&draft, isLast: isLast)
  }

  /// The order matters: nouns settle what the subject is, then verbs follow it.
  private var families: [any RuleFamily] {
    [
      BareNounRules(context: self), LookalikeRules(context: self),
      QuestionWordRules(context: self), QuantityRules(context: self), NounRules(context: self),
      ComparisonRules(context: self),
      VerbFormRules(context: self), PassiveRules(context: self),
      NegationRules(context: self), ConfusionRules(context: self), AgeRules(context: self),
      QuestionRules(context: self),
      BeRules(context: self), PredicateRules(context: self), ClauseRules(context: self),
      ComplementRules(context: self),
      GerundPhraseRules(context: self),
      AgreementRules(context: self), PerfectRules(context: self),
      PrepositionRules(context: self), TimeRules(context: self), ArticleRules(context: self),
      PronounRules(context: self), OrderRules(context: self), AdverbRules(context: self),
    ]
  }

  func tag(_ draft: inout Draft) {
    let tags = tagger.tag(draft.tokens.map(\.text))
    for index in tags.indices { draft.tokens[index].tag = tags[index] }
  }
}

/// Rules about one thing, tried together on a tagged sentence.
protocol RuleFamily {
  func apply(_ draft: inout Draft)
}

/// What is known of the whole text.
struct TextScope {
  let mode: CheckMode
  let isCut: Bool
  /// Words that are written with a capital inside sentences: probably names.
  let names: Set<String>
  /// Nearly everything is in capitals.
  let isShouted: Bool

  init(_ tokens: [Token], mode: CheckMode, isCut: Bool) {
    self.mode = mode
    self.isCut = isCut
    var names: Set<String> = []
    var capitals = 0
    for (index, token) in tokens.enumerated() where token.isWord {
      if token.isShouted { capitals += 1 }
      guard index > 0, token.isCapitalised, !token.isShouted else { continue }
      if tokens[index - 1].isWord, !tokens[index - 1].isCapitalised { names.insert(token.lower) }
    }
    self.names = names
    isShouted = capitals > 3 && capitals * 2 > tokens.count(where: \.isWord)
  }

  var isEssay: Bool { mode == .essay }
}
