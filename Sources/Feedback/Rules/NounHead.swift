/// The noun that "every", "many" or "a" belongs to.
extension RuleContext {
  /// The noun that a determiner belongs to: over adjectives to the last noun of the run.
  func nounHead(_ draft: Draft, after index: Int) -> Int? {
    var place = index + 1
    var found: Int?
    while place < draft.count, place < index + 5, draft.tokens[place].isWord {
      let tag = draft.tag(place)
      let isCapital = draft.tokens[place].isCapitalised && place > 0
      // "each field needs": the noun in -s is the verb; after "these" it is the head.
      let isVerb =
        tag == .nns && Words.singularDeterminers.contains(draft.word(index))
        && morphology.isForm(draft.word(place), .third)
      if let found, tag == .nns || tag == .nn, isPlural(draft, found) || isVerb {
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
  func isOnlyNoun(_ word: String) -> Bool {
    let classes = morphology.classes(word)
    let isOther: Morphology.Classes = [.commonVerb, .commonAdjective, .commonAdverb]
    return classes.contains(.commonNoun) && classes.isDisjoint(with: isOther)
  }

  /// "this books." at the end: no verb.
  func isThings(_ draft: Draft, _ place: Int) -> Bool {
    guard draft.word(place - 1) == "this", draft.tag(place + 1) == .stop else { return false }
    return morphology.singular(draft.word(place)).map { isCountable($0) } ?? false
  }
}
