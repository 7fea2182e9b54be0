/// The form of a verb after modals, do, to and have.
struct VerbFormRules: RuleFamily {
  private static let canWillMay: Set<String> = [
    "can", "will", "may", "must", "might",
  ]
  private static let dueAccordingPrior: Set<String> = [
    "due", "according", "prior", "contrast", "compared", "relation",
  ]
  private static let usedLookingOpposed: Set<String> = [
    "used", "looking", "opposed", "committed", "related", "similar", "as", "close",
  ]
  private static let isAreAm: Set<String> = [
    "is", "are", "am", "was", "were",
  ]
  private static let ateWentSaw: Set<String> = [
    "ate", "went", "saw", "wrote", "broke", "spoke",
  ]
  private static let goSeeDo: Set<String> = [
    "go", "see", "do", "eat", "be",
  ]

  let context: RuleContext

  private static let pastLookalikes: Set<String> = [
    "found", "lay", "ground", "wound", "bound", "fell", "felt", "saw", "left", "bore", "rose",
  ]
  private static let skipped: Set<String> = ["not", "n't"]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      let word = draft.word(index)
      if Words.modals.contains(word),
        draft.tag(index) == .md || !Self.canWillMay.contains(word)
      {
        afterModal(&draft, index)
      } else if Words.doForms.contains(word) {
        afterDo(&draft, index)
      } else if word == "to" {
        afterTo(&draft, index)
      } else if Words.haveForms.contains(word) || word == "having" {
        afterHave(&draft, index)
      }
      index += 1
    }
  }

  /// The first verb after an auxiliary: over not, adverbs and, in questions, the subject.
  private func verb(_ draft: Draft, after index: Int, isQuestion: Bool) -> Int {
    var place = index + 1
    while Self.skipped.contains(draft.word(place)) || Words.midAdverbs.contains(draft.word(place)) {
      place += 1
    }
    if isQuestion, Words.subjectPronouns.contains(draft.word(place)) {
      place = context.afterAdverbs(draft, place + 1)
    } else if isQuestion, let subject = context.nounPhrase(draft, at: place) {
      place = context.afterAdverbs(draft, subject.range.upperBound)
    }
    return place
  }

  private func isQuestionStart(_ draft: Draft, _ index: Int) -> Bool {
    let before = draft.word(index - 1)
    return index == 0 || Words.questionWords.contains(before) || [",", "\""].contains(before)
  }

  private func afterModal(_ draft: inout Draft, _ index: Int) {
    let place = verb(draft, after: index, isQuestion: isQuestionStart(draft, index))
    if draft.word(index) == "may", draft.tag(place) == .nns { return }
    guard place < draft.count, draft.tokens[place].isWord else { return }
    if draft.word(place) == "to",
      place == index + 1 || Self.skipped.contains(draft.word(place - 1)),
      context.baseVerb(draft.word(place + 1)) != nil,
      !["'ll"].contains(draft.word(index))
    {
      draft.remove(place, .extraTo)
      return
    }
    toBase(&draft, place, .baseAfterModal)
  }

  private func afterDo(_ draft: inout Draft, _ index: Int) {
    let hasNot = Self.skipped.contains(draft.word(index + 1))
    let isQuestion = isQuestionStart(draft, index)
    guard hasNot || isQuestion else { return }
    let place = verb(draft, after: index, isQuestion: isQuestion && !hasNot || index == 0)
    guard place > index + 1, place < draft.count, draft.tokens[place].isWord else { return }
    if draft.word(place) == "to", context.baseVerb(draft.word(place + 1)) != nil, hasNot {
      draft.remove(place, .extraTo)
      return
    }
    toBase(&draft, place, .baseAfterDo)
  }

  private func afterTo(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index + 1)
    guard draft[index + 1]?.isWord ?? false else { return }
    let readings = context.morphology.verbReadings(word)
    let isPast = readings.contains { $0.form == .past || $0.form == .participle }
    let isBase = readings.contains { $0.form == .base }
    let isThird = readings.contains { $0.form == .third }
    if isBase
      && !(Self.pastLookalikes.contains(word) && word != "found" && word != "ground"
        && word != "wound" && word != "bound" && word != "lay")
    {
      return
    }
    let next = draft.tag(index + 2)
    if isPast {
      // "due to increased prices": a participle before a noun.
      if next.isNoun || next.isAdjective || next == .vbg
        || Self.dueAccordingPrior.contains(
          draft.word(index - 1))
      {
        return
      }
      if Self.usedLookingOpposed.contains(
        draft.word(index - 1))
      {
        return
      }
      toBase(&draft, index + 1, .baseAfterTo)
    } else if isThird, !context.morphology.classes(word).contains(.noun),
      context.morphology.singular(word).map({
        !context.morphology.classes($0).contains(.commonNoun)
      }) ?? true
    {
      toBase(&draft, index + 1, .baseAfterTo)
    } else if Self.isAreAm.contains(word) {
      draft.replace(index + 1, "be", .baseAfterTo)
    }
  }

  private func toBase(_ draft: inout Draft, _ place: Int, _ rule: Rule) {
    let word = draft.word(place)
    let before = draft.word(place - 1)
    if rule != .baseAfterTo, Self.isAreAm.contains(word) {
      draft.replace(place, "be", rule)
      return
    }
    if word == "'s" { return }
    let readings = context.morphology.verbReadings(word)
    let isPastOnly = Self.pastLookalikes.contains(word) && !readings.isEmpty
    guard !readings.isEmpty, isPastOnly || !readings.contains(where: { $0.form == .base }) else {
      return
    }
    let wanted =
      readings.first { $0.form == .past && $0.lemma != word }
      ?? readings.first { $0.form == .third } ?? readings.first {
        $0.form == .participle && $0.lemma != word
      }
      ?? (rule == .baseAfterTo ? nil : readings.first { $0.form == .ing })
    guard let wanted, wanted.lemma != word else { return }
    if wanted.form == .ing
      && (draft.tag(place) != .vbg || rule == .baseAfterDo && before != "n't" && before != "not")
    {
      return
    }
    if wanted.form == .third, context.morphology.singular(word) != nil, draft.tag(place) == .nns,
      !Words.subjectPronouns.contains(before), !Self.skipped.contains(before),
      !Words.modals.contains(before)
    {
      return
    }
    draft.replace(place, wanted.lemma, rule)
  }

  /// "have went", "has ate", "have see" → the participle.
  private func afterHave(_ draft: inout Draft, _ index: Int) {
    var place = index + 1
    while Self.skipped.contains(draft.word(place)) || Words.midAdverbs.contains(draft.word(place)) {
      place += 1
    }
    let isQuestion =
      isQuestionStart(draft, index) && Words.subjectPronouns.contains(draft.word(place))
    if isQuestion { place = context.afterAdverbs(draft, place + 1) }
    let word = draft.word(place)
    guard draft[place]?.isWord ?? false, word != "to", word != "had" else { return }
    let readings = context.morphology.verbReadings(word)
    guard let past = readings.first(where: { $0.form == .past && $0.lemma != word }),
      !readings.contains(where: { $0.form == .participle }),
      !context.morphology.isNoun(word) || place > index + 1
        || Self.ateWentSaw.contains(word)
    else {
      bare(&draft, place, index)
      return
    }
    draft.replace(place, context.morphology.inflect(past.lemma, .participle), .participle)
  }

  /// "I have never see", "she has go": only where no noun is possible.
  private func bare(_ draft: inout Draft, _ place: Int, _ index: Int) {
    let word = draft.word(place)
    let classes = context.morphology.classes(word)
    guard context.baseVerb(word) != nil, !context.morphology.isForm(word, .participle),
      place > index + 1
        ? classes.contains(.commonVerb)
        : !classes.contains(.noun) || Self.goSeeDo.contains(word),
      !classes.contains(.adverb), !classes.contains(.adjective),
      !draft.tag(place).isNoun || word == "go"
    else { return }
    if Self.skipped.contains(draft.word(place - 1)), classes.contains(.noun) { return }
    draft.replace(place, context.morphology.inflect(word, .participle), .participle)
  }
}
