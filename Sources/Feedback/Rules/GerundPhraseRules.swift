/// Set turns that -ing belongs to, or to does not: "go shopping", "give up smoking", "worth
/// visiting", "had better leave".
struct GerundPhraseRules: RuleFamily {
  private static let going: Set<String> = ["go", "goes", "went", "going", "gone"]
  private static let outings: Set<String> = [
    "shopping", "swimming", "fishing", "skiing", "dancing", "camping", "hiking", "jogging",
    "cycling", "climbing", "sightseeing", "running", "skating", "sailing", "bowling", "hunting",
  ]
  private static let givingUp: Set<String> = ["give", "gives", "gave", "given", "giving"]

  private static let activities: Set<String> = [
    "swim", "read", "cook", "learn", "drive", "eat", "smoke", "speak", "write", "sing", "listen",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      switch draft.word(index) {
      case "to": to(&draft, index)
      case "worth" where draft.word(index + 1) == "to": gerund(&draft, index + 1)
      case "up" where draft.isAny(index - 1, Self.givingUp) && draft.word(index + 1) == "to":
        gerund(&draft, index + 1)
      case "like" where draft.isAny(index - 1, ["would", "'d"]): wouldLike(&draft, index)
      case "is" where draft[index - 1]?.isCapitalised == true && index == 1: activity(&draft)
      case _: break
      }
      index += 1
    }
  }

  private func to(_ draft: inout Draft, _ index: Int) {
    let next = draft.word(index + 1)
    if Self.going.contains(draft.word(index - 1)), Self.outings.contains(next),
      !draft.tag(index + 2).isNoun || Words.times.contains(draft.word(index + 2))
    {
      draft.remove(index, .extraTo)
    } else if draft.word(index - 1) == "better", draft.isAny(index - 2, ["had", "'d"]),
      context.baseVerb(next) != nil
    {
      draft.remove(index, .extraTo)
    }
  }

  /// "would like going" → "would like to go".
  private func wouldLike(_ draft: inout Draft, _ index: Int) {
    guard draft.tag(index + 1) == .vbg, !draft.tag(index + 2).isNoun,
      let verb = context.morphology.lemma(draft.word(index + 1), as: [.ing])
    else { return }
    draft.replace(index + 1..<index + 2, with: ["to", verb], .missingTo)
  }

  /// "Swim is good for you" → "Swimming is".
  private func activity(_ draft: inout Draft) {
    guard Self.activities.contains(draft.word(0)),
      draft.isAny(2, ["good", "bad", "fun", "easy", "difficult", "hard", "important", "healthy"])
    else { return }
    draft.replace(0, context.morphology.inflect(draft.word(0), .ing), .gerundAfterVerb)
  }

  private func gerund(_ draft: inout Draft, _ place: Int) {
    guard let verb = context.baseVerb(draft.word(place + 1)) else { return }
    draft.replace(
      place..<place + 2, with: [context.morphology.inflect(verb, .ing)], .gerundAfterVerb)
  }
}
