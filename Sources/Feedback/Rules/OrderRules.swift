/// The place of adverbs: "I like very much pizza", "he goes always".
struct OrderRules: RuleFamily {
  private static let andButBecause: Set<String> = [
    "and", "but", "because", "when", "in", "at", "so",
  ]

  let context: RuleContext

  private static let likings: Set<String> = ["like", "love", "enjoy", "appreciate", "miss", "hate"]
  /// Adverbs that stand before the verb and hardly ever after it.
  private static let frequencies: Set<String> = ["always", "never", "rarely", "seldom", "usually"]
  /// "It remains always green" and "he stood always alone" can be heard.
  private static let linkVerbs: Set<String> = [
    "be", "have", "do", "remain", "stay", "seem", "become", "get", "feel", "look", "stand", "need",
  ]
  private static let objectWordsMax = 4

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        veryMuch(&draft, index)
        frequency(&draft, index)
        beforeBe(&draft, index)
        ago(&draft, index)
      }
      index += 1
    }
  }

  /// "I like very much this song": what is liked comes first.
  private func veryMuch(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index + 1) == "very", draft.word(index + 2) == "much",
      let verb = context.morphology.lemma(draft.word(index), as: [.base, .third, .past]),
      Self.likings.contains(verb), isPredicate(draft, index)
    else { return }
    let start = index + 3
    var end = start
    if context.morphology.isForm(draft.word(start), .ing), draft.tag(start) == .vbg { end += 1 }
    if Words.objectPronouns.contains(draft.word(end)) || ["it", "you"].contains(draft.word(end)) {
      end += 1
    } else if let object = context.nounPhrase(draft, at: end) {
      end = object.range.upperBound
    } else if draft.tag(end).isName {
      end += 1
    }
    guard end > start, end - start <= Self.objectWordsMax, isClosed(draft, end) else { return }
    let object = draft.tokens[start..<end].map(\.text)
    draft.replace(index + 1..<end, with: object + ["very", "much"], .wordOrder)
  }

  /// "She goes always to bed late" → "She always goes".
  private func frequency(_ draft: inout Draft, _ index: Int) {
    guard index > 1, Self.frequencies.contains(draft.word(index)),
      draft[index + 1]?.isWord ?? false,
      Words.subjectPronouns.contains(draft.word(index - 2)),
      let reading = context.morphology.verbReadings(draft.word(index - 1)).first(where: {
        $0.form == .base || $0.form == .third || $0.form == .past
      }),
      !Self.linkVerbs.contains(reading.lemma),
      context.morphology.classes(reading.lemma).contains(.commonVerb),
      draft.tag(index - 1).isVerb, !Words.modals.contains(draft.word(index - 1))
    else { return }
    if index > 2, QuestionShape.auxiliaries.contains(draft.word(index - 3)) { return }
    let next = draft.tag(index + 1)
    guard [.to, .in, .dt, .prpPossessive, .rp].contains(next) || next.isNoun else { return }
    let verb = draft.tokens[index - 1].text
    draft.replace(index - 1..<index + 1, with: [draft.word(index), verb], .wordOrder)
  }

  /// "I usually am late" → "I am usually late".
  private func beforeBe(_ draft: inout Draft, _ index: Int) {
    guard index > 0, Self.frequencies.contains(draft.word(index)),
      Words.subjectPronouns.contains(draft.word(index - 1)),
      draft.isAny(index + 1, ["am", "is", "are"]),
      draft[index + 2]?.isWord ?? false
    else { return }
    draft.replace(
      index..<index + 2, with: [draft.word(index + 1), draft.word(index)], .wordOrder)
  }

  /// "ago two years" → "two years ago".
  private func ago(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "ago", draft[index + 2]?.isWord ?? false,
      Words.numbers.contains(draft.word(index + 1)) || draft[index + 1]?.kind == .number
        || ["a", "an", "one"].contains(draft.word(index + 1)),
      Words.timeUnits.contains(draft.word(index + 2))
    else { return }
    let words = draft.tokens[(index + 1)...(index + 2)].map(\.text)
    draft.replace(index..<index + 3, with: words + ["ago"], .wordOrder)
  }

  private func isPredicate(_ draft: Draft, _ index: Int) -> Bool {
    let before = draft.word(index - 1)
    return Words.subjectPronouns.contains(before) || Words.midAdverbs.contains(before)
      || before == "n't" || draft.tag(index - 1).isNoun
  }

  private func isClosed(_ draft: Draft, _ index: Int) -> Bool {
    guard let token = draft[index] else { return true }
    return token.kind == .punctuation
      || Self.andButBecause.contains(token.lower)
  }
}
