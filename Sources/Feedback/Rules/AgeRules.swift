/// How old somebody is: "I have 20 years", "I am 20 years".
struct AgeRules: RuleFamily {
  let context: RuleContext

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        age(&draft, index)
        yearsOld(&draft, index)
      }
      index += 1
    }
  }

  /// "I am 15 years." → "15 years old".
  private func yearsOld(_ draft: inout Draft, _ index: Int) {
    guard ["am", "'m", "is", "are", "was"].contains(draft.word(index)),
      ["i", "he", "she", "we", "they"].contains(draft.word(index - 1)),
      draft[index + 1]?.kind == .number || Words.numbers.contains(draft.word(index + 1)),
      draft.word(index + 2) == "years", !(draft[index + 3]?.isWord ?? false)
    else { return }
    draft.insert("old", at: index + 3, .fixedPhrase)
  }

  /// "I have 20 years (old)" → "I am 20 years old".
  private func age(_ draft: inout Draft, _ index: Int) {
    guard ["have", "has"].contains(draft.word(index)), index > 0,
      Words.subjectPronouns.contains(draft.word(index - 1)) || draft.tag(index - 1).isNoun,
      let number = draft[index + 1], number.kind == .number || Words.numbers.contains(number.lower),
      ["years", "year"].contains(draft.word(index + 2))
    else { return }
    let next = draft.word(index + 3)
    guard
      next == "old" || draft[index + 3]?.kind == .punctuation || index + 3 >= draft.count
        || ["and", "but"].contains(next)
    else { return }
    if draft.isAny(index - 2, ["do", "does", "did"]) { return }
    let subject = draft.word(index - 1)
    let be =
      subject == "i"
      ? "am"
      : draft.word(index) == "has" || Words.thirdPronouns.contains(subject)
        ? "is" : Words.otherPronouns.contains(subject) ? "are" : "is"
    draft.replace(
      index..<index + (next == "old" ? 4 : 3), with: [be, number.text, "years", "old"], .age)
  }
}
