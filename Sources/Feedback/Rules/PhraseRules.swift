/// Set phrases that learners get wrong word by word, and wrong irregular forms.
struct PhraseRules {
  private static let aTheWhole: Set<String> = [
    "a", "the", "whole", "parking", "that", "this",
  ]
  private static let schoolClassClasses: Set<String> = [
    "school", "class", "classes", "events", "trends", "years", "prices",
  ]
  private static let haveHasHad: Set<String> = [
    "have", "has", "had", "'ve", "was", "were", "been", "be", "is", "are",
  ]
  private static let mansStuffsStaffs: Set<String> = [
    "mans", "stuffs", "staffs", "peoples", "evidences", "halfs",
  ]
  private static let heSheIt: Set<String> = [
    "he", "she", "it", "who", "the",
  ]

  let context: RuleContext
  let scope: TextScope

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord { phrase(&draft, index) }
      index += 1
    }
    irregular(&draft)
  }

  private func phrase(_ draft: inout Draft, _ index: Int) {
    guard let candidates = context.tables.phrases[draft.word(index)] else { return }
    for (wrong, right) in candidates where index + wrong.count <= draft.count {
      let range = index..<index + wrong.count
      let fits = zip(range, wrong).allSatisfy { draft.word($0) == $1 && draft.tokens[$0].isWord }
      guard fits, mayApply(wrong, draft, range) else { continue }
      let isJoin = right.count == 1 && wrong.joined() == right[0]
      draft.replace(range, with: right, isJoin ? .joinedWord : .fixedPhrase)
      return
    }
  }

  /// A few phrases are right in company.
  private func mayApply(_ wrong: [String], _ draft: Draft, _ range: Range<Int>) -> Bool {
    let before = draft.word(range.lowerBound - 1)
    if wrong[0] == "lot", Self.aTheWhole.contains(before) {
      return false
    }
    let after = draft.word(range.upperBound)
    switch wrong.joined(separator: " ") {
    case "some times": return !["at", "for", "these", "had"].contains(before)
    case "every body", "any body", "some body", "every thing", "any thing", "some thing":
      return after != "of"
    case "in side", "out side", "with out", "how ever", "more over", "her self", "it self":
      return !draft.tag(range.upperBound).isAdjective || wrong != ["how", "ever"]
    case "in night", "in morning", "in evening", "in weekend", "in past", "in future", "in world":
      return !Self.schoolClassClasses.contains(after)
        && !draft.tag(range.upperBound).isNoun
    case "as result", "as conclusion", "as consequence": return true
    case "less people", "less cars": return after != "-"
    case "another people", "others people": return true
    case "such like": return before != "and"
    case "with car", "with bus", "with train", "with plane", "in holiday", "in holidays",
      "in vacation", "in television", "in bus", "in train", "in plane", "have a fun", "had a fun":
      return !draft.tag(range.upperBound).isNoun
    case "in details": return after != "of"
    case "in tv": return !draft.tag(range.upperBound).isNoun
    case "on internet", "in internet": return !draft.tag(range.upperBound).isNoun
    case _: return true
    }
  }

  private func irregular(_ draft: inout Draft) {
    let nouns = context.tables.pairs("irregular-nouns-wrong")
    let verbs = context.tables.pairs("irregular-verbs-wrong")
    for index in draft.tokens.indices where draft.tokens[index].isWord {
      let word = draft.word(index)
      if let right = verbs[word] {
        let auxiliaries: Set<String> = Self.haveHasHad
        let isPerfect = draft.isAny(index - 1, auxiliaries)
        let lemma = context.morphology.lemma(right, as: [.past]) ?? right
        let form = isPerfect ? context.morphology.inflect(lemma, .participle) : right
        draft.replace(index, form, .irregularPast)
      } else if let right = nouns[word], !isVerbHere(draft, index) {
        let isMass = context.tables.list("uncountable").contains(right)
        draft.replace(index, right, isMass ? .uncountable : .irregularPlural)
      }
    }
  }

  private func isVerbHere(_ draft: Draft, _ index: Int) -> Bool {
    Self.mansStuffsStaffs.contains(draft.word(index))
      && draft.isAny(index - 1, Self.heSheIt) && draft.word(index) == "mans"
  }
}
