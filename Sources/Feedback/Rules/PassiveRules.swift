/// What happened to something: "was wrote" → "was written".
struct PassiveRules: RuleFamily {
  /// Pasts of verbs that something cannot be done with, or that are adjectives, too.
  private static let others: Set<String> = [
    "went", "came", "became", "ran", "fell", "rose", "lay", "woke", "broke", "drunk",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices
    where ["was", "were", "is", "are", "been", "be"].contains(draft.word(index)) {
      let place = draft.isAny(index + 1, ["not", "n't"]) ? index + 2 : index + 1
      let word = draft.word(place)
      let readings = context.morphology.verbReadings(word)
      guard index > 0, let past = readings.first(where: { $0.form == .past && $0.lemma != word }),
        readings.allSatisfy({ $0.form == .past }),
        !Self.others.contains(word) || draft.word(place + 1) == "by" && word == "broke",
        !context.morphology.classes(word).contains(.commonAdjective)
      else { continue }
      let next = draft.tag(place + 1)
      guard
        next == .in || next == .stop || next == .rb || !(draft[place + 1]?.isWord ?? false)
          || Words.times.contains(draft.word(place + 1)) || draft.word(place + 1) == "last"
      else { continue }
      draft.replace(place, context.morphology.inflect(past.lemma, .participle), .participle)
    }
  }
}
