/// A form of be that is missing, too much, or does not fit its noun.
struct BeRules: RuleFamily {
  private static let thanAsLike: Set<String> = [
    "than", "as", "like", "let", "make", "makes", "made",
  ]
  private static let itHeShe: Set<String> = [
    "it", "he", "she", "they", "we", "i", "you",
  ]
  private static let becauseThatBut: Set<String> = [
    "because", "that", "but", "and", "when", ",",
  ]
  private static let tiredBoredWorried: Set<String> = [
    "tired", "bored", "worried", "scared", "excited", "confused", "interested",
  ]
  private static let aboutBecauseToday: Set<String> = [
    "about", "because", "today", "now", "in",
  ]
  private static let marriedInterestedWorried: Set<String> = [
    "married", "interested", "worried", "bored", "tired", "surprised", "excited", "scared",
    "confused", "free", "right", "wrong", "kind", "better",
  ]
  private static let andButBecause: Set<String> = [
    "and", "but", "because", "that", ",",
  ]
  private static let isAreWas: Set<String> = [
    "is", "are", "was", "were", "'s",
  ]
  private static let lotNumberCouple: Set<String> = [
    "lot", "number", "couple", "few", "variety", "great", "range", "group", "series",
  ]
  private static let agreeHaveLike: Set<String> = [
    "agree", "have", "like", "live", "want", "know", "think", "need", "understand", "speak",
    "believe", "go", "remember", "love", "prefer", "come", "eat", "see",
  ]
  private static let agreeDisagreeThink: Set<String> = [
    "agree", "disagree", "think", "believe", "know", "want", "have", "go", "like", "live",
    "understand", "love", "need", "hope", "prefer", "remember", "belong", "see", "eat", "depend",
    "come", "speak", "learn",
  ]
  private static let studyWorkPlay: Set<String> = [
    "study", "work", "play", "wait", "talk", "cook", "write", "read", "listen", "stay", "sleep",
    "watch", "walk", "travel", "buy", "help",
  ]
  private static let activities: Set<String> = [
    "study", "speak", "learn", "eat", "go", "come", "write", "read", "listen", "wait",
  ]
  private static let knowingUnderstandingBelieving: Set<String> = [
    "liking", "knowing", "understanding", "believing", "needing", "owning", "belonging",
    "preferring",
    "wanting",
  ]
  private static let amIsAre: Set<String> = [
    "am", "is", "are", "'m", "'re",
  ]

  let context: RuleContext

  private static let placeWords: Set<String> = [
    "from", "in", "at", "on", "with", "for", "under", "near", "behind", "against", "about",
    "between", "above", "below", "outside", "inside",
  ]
  private static let predicates: Set<String> = [
    "afraid", "ready", "sure", "tired", "happy", "sad", "hungry", "thirsty", "angry", "busy",
    "sick", "ill", "sorry", "late",
    "good", "bad", "cold", "hot", "old", "young", "beautiful", "nice", "interested", "married",
    "single", "glad", "able",
    "proud", "worried", "excited", "bored", "surprised", "alone", "available", "important",
    "necessary", "famous", "careful",
    "free", "right", "wrong", "similar", "different", "responsible", "aware", "smart", "kind",
    "funny", "tall", "short", "rich", "poor",
    "difficult", "easy", "impossible", "possible", "true", "better", "older", "younger", "taller",
    "nervous", "scared", "confused", "lazy", "lucky", "friendly",
  ]

  func apply(_ draft: inout Draft) {
    missing(&draft)
    thereIs(&draft)
    extra(&draft)
    question(&draft)
    continuous(&draft)
  }

  private func missing(_ draft: inout Draft) {
    var shift = 0
    for original in context.clauseStarts(draft) {
      let start = original + shift
      guard let subject = context.subject(draft, at: start) else { continue }
      if QuestionShape.auxiliaries.contains(draft.word(start - 1))
        || Words.beForms.contains(draft.word(start - 1))
      {
        continue
      }
      if Self.thanAsLike.contains(draft.word(start - 1)) {
        continue
      }
      let place = subject.range.upperBound
      guard draft[place]?.isWord ?? false, lacksBe(draft, subject, place) else { continue }
      let isPast = PastTime.isNamed(draft, place, context.clauseEnd(draft, from: place))
      draft.insert(subject.number.be(isPast: isPast), at: place, .missingBe)
      shift += 1
    }
  }

  private func lacksBe(_ draft: Draft, _ subject: Subject, _ place: Int) -> Bool {
    var next = place
    let hasNot = draft.word(next) == "not"
    if hasNot { next += 1 }
    while Words.degree.contains(draft.word(next))
      || Words.midAdverbs.contains(draft.word(next)) && draft.word(next) != "ever"
    { next += 1 }
    let word = draft.word(next)
    let tag = draft.tag(next)
    let end = context.clauseEnd(draft, from: next)
    guard next < draft.count, draft.tokens[next].isWord,
      !context.hasFiniteVerb(draft, place..<end) || isOnlyLookalike(draft, next, end)
        || isFeeling(draft, next)
    else { return false }
    let hasDegree = next > place && Words.degree.contains(draft.word(next - 1))
    if subject.isPronoun {
      return lacksBe(
        draft, subject, next, isNear: next == place, hasNot: hasNot, hasDegree: hasDegree)
    }
    guard start(draft, subject), draft.tokens.count(where: \.isWord) < 12,
      draft.tokens.last?.text == "." || draft.tokens.last?.isWord ?? false,
      !context.hasFiniteVerb(draft, 0..<draft.count) || isFeeling(draft, next)
    else { return false }
    if isFeeling(draft, next) { return true }
    if Self.predicates.contains(word),
      draft.tag(next + 1) == .stop || draft.tag(next + 1) == .in || draft.tag(next + 1) == .rb
    {
      return true
    }
    if hasDegree, tag.isAdjective,
      !draft.tag(next + 1).isNoun || Words.times.contains(draft.word(next + 1))
    {
      return true
    }
    if hasNot, tag.isAdjective || ["open", "closed"].contains(word) { return true }
    return word == "from" && draft.tag(next + 1).isName && next == place
  }

  /// The same after a pronoun, where more is sure: "she very happy", "they in the garden".
  private func lacksBe(
    _ draft: Draft, _ subject: Subject, _ next: Int, isNear: Bool, hasNot: Bool, hasDegree: Bool
  ) -> Bool {
    let word = draft.word(next)
    let tag = draft.tag(next)
    let isVerbal = context.morphology.isForm(word, .past) || context.morphology.isForm(word, .third)
    if Words.everybody.contains(draft.word(subject.range.lowerBound)) { return false }
    if Self.predicates.contains(word) || context.morphology.compared(word) != nil && tag == .jjr {
      return true
    }
    if hasDegree, context.morphology.classes(word).contains(.adjective), tag.isAdjective {
      return !isVerbal
    }
    if hasNot, tag.isAdjective || tag == .vbg || tag == .dt || Self.placeWords.contains(word) {
      return true
    }
    if tag.isAdjective, context.morphology.classes(word).contains(.commonAdjective),
      !context.morphology.isVerb(word), !isVerbal
    {
      return Self.itHeShe.contains(
        draft.word(subject.range.lowerBound))
        && !draft.tag(next + 1).isNoun
    }
    if word.hasSuffix("ing"), context.morphology.isForm(word, .ing), tag == .vbg,
      draft.word(subject.range.lowerBound - 1) != "," || start(draft, subject)
    {
      return start(draft, subject)
        || draft.isAny(
          subject.range.lowerBound - 1, Self.becauseThatBut)
    }
    if Self.placeWords.contains(word), isNear,
      start(draft, subject)
        || draft.isAny(subject.range.lowerBound - 1, ["because", "and", "but"])
    {
      return word == "from" || draft.tokens[next...].count < 7
    }
    if word == "a" || word == "an" || word == "the" || tag == .prpPossessive && word != "her",
      isNear, start(draft, subject)
    {
      return !["you", "we"].contains(draft.word(subject.range.lowerBound)) || word != "the"
    }
    return false
  }

  /// "My father tired": a past form that is an adjective here, with nothing after it.
  private func isFeeling(_ draft: Draft, _ index: Int) -> Bool {
    Self.tiredBoredWorried.contains(
      draft.word(index))
      && (draft.tag(index + 1) == .stop
        || draft.isAny(index + 1, Self.aboutBecauseToday))
      && !context.hasFiniteVerb(draft, index + 1..<max(index + 1, draft.count))
      && !context.hasFiniteVerb(draft, 0..<index)
  }

  private func isOnlyLookalike(_ draft: Draft, _ next: Int, _ end: Int) -> Bool {
    Self.predicates.contains(draft.word(next))
      && !Self.marriedInterestedWorried.contains(draft.word(next))
      && !context.hasFiniteVerb(draft, next + 1..<max(next + 1, end))
  }

  private func start(_ draft: Draft, _ subject: Subject) -> Bool {
    !draft.tokens[..<subject.range.lowerBound].contains { $0.isWord }
  }

  /// "There is many people", "there are a problem", "there have".
  private func thereIs(_ draft: inout Draft) {
    for index in draft.tokens.indices where draft.word(index) == "there" {
      let verb = draft.word(index + 1)
      if verb == "have" || verb == "has", draft.tag(index + 2) != .vbn,
        !draft.isAny(index + 2, ["been", "to"]),
        index == 0 || draft.isAny(index - 1, Self.andButBecause)
      {
        let isMany = draft.isAny(index + 2, Words.pluralDeterminers.union(["lots", "people"]))
        draft.replace(index + 1, isMany ? "are" : "is", .thereIs)
        continue
      }
      guard Self.isAreWas.contains(verb),
        draft.tag(index) == .ex || index == 0 || !draft.tag(index - 1).isVerb
      else { continue }
      let place = index + (["n't", "not"].contains(draft.word(index + 2)) ? 3 : 2)
      guard let number = number(draft, place) else { continue }
      if number == .plural, verb == "is" || verb == "was" {
        draft.replace(index + 1, verb == "is" ? "are" : "were", .thereIs)
      } else if number == .singular, verb == "are" || verb == "were" {
        draft.replace(index + 1, verb == "are" ? "is" : "was", .thereIs)
      }
    }
  }

  private func number(_ draft: Draft, _ place: Int) -> Subject.Number? {
    let word = draft.word(place)
    if Words.pluralDeterminers.contains(word) { return .plural }
    if ["some", "no", "any", "lots"].contains(word) || word == "a" && draft.word(place + 1) == "lot"
    {
      var noun = place + 1
      if word == "a" { noun = place + 3 } else if word == "lots" { noun = place + 2 }
      while draft.tag(noun).isAdjective { noun += 1 }
      guard draft.tag(noun).isNoun, !draft.tag(noun + 1).isNoun else { return nil }
      if context.isPlural(draft, noun) { return .plural }
      return context.isUncountable(draft.word(noun)) ? .singular : nil
    }
    if ["a", "an", "one"].contains(word), let phrase = context.nounPhrase(draft, at: place) {
      let next = draft.word(phrase.range.upperBound)
      let head = draft.word(phrase.range.upperBound - 1)
      if Self.lotNumberCouple
        .contains(head)
      {
        return nil
      }
      return next == "and" || next == "," || next == "of"
        || context.isPlural(draft, phrase.range.upperBound - 1) ? nil : .singular
    }
    if draft.tag(place) == .nns, context.isPlural(draft, place) { return .plural }
    return nil
  }

  /// "Is she have a car?", "Where is he live?", "Are you agree?"
  private func question(_ draft: inout Draft) {
    let verbs: Set<String> = Self.agreeHaveLike
    for index in draft.tokens.indices where ["is", "are", "am"].contains(draft.word(index)) {
      let isFirst = index == 0 || Words.questionWords.contains(draft.word(index - 1)) && index == 1
      guard isFirst, Words.subjectPronouns.contains(draft.word(index + 1)),
        verbs.contains(draft.word(index + 2)), draft.tokens.last?.text == "?"
      else { continue }
      let isThird = Words.thirdPronouns.contains(draft.word(index + 1))
      draft.replace(index, isThird ? "does" : "do", .extraBe)
    }
  }

  /// "I am work", "he is live here", "they are agree": be before a plain verb.
  private func extra(_ draft: inout Draft) {
    for index in draft.tokens.indices.dropFirst() where Words.beFinite.contains(draft.word(index)) {
      let subject = draft.word(index - 1)
      var place = index + 1
      let hasNot = ["not", "n't"].contains(draft.word(place))
      if hasNot { place += 1 }
      guard Words.subjectPronouns.contains(subject), let verb = context.baseVerb(draft.word(place)),
        draft[place]?.isWord ?? false
      else { continue }
      if index > 1, QuestionShape.auxiliaries.contains(draft.word(index - 2)) { continue }
      let classes = context.morphology.classes(verb)
      let sure: Set<String> = Self.agreeDisagreeThink
      let doing: Set<String> = Self.studyWorkPlay
      let hasObject =
        [.dt, .in, .prpPossessive, .prp].contains(draft.tag(place + 1))
        || draft.tag(place + 1).isNoun || draft[place + 1]?.isCapitalised == true
      guard
        sure.contains(verb) || doing.contains(verb) && hasObject && verb != "read" && verb != "help"
          || classes.contains(.commonVerb) && !classes.contains(.noun)
            && !classes.contains(.adjective) && !classes.contains(.adverb)
            && draft.tag(place) != .vbn,
        !context.morphology.isForm(verb, .participle),
        verb != "like" || draft.tag(place + 1) == .prp || draft.tag(place + 1) == .to, verb != "be"
      else { continue }
      let isPast = ["was", "were"].contains(draft.word(index))
      let isThird = Words.thirdPronouns.contains(subject)
      let isNow = draft.tokens[place...].contains { $0.lower == "now" || $0.lower == "moment" }
      if isNow, !hasNot,
        context.morphology.classes(verb).contains(.commonNoun) || Self.activities.contains(verb)
      {
        draft.replace(place, context.morphology.inflect(verb, .ing), .continuous)
      } else if hasNot {
        draft.replace(index, isPast ? "did" : isThird ? "does" : "do", .extraBe)
      } else {
        let form =
          isPast
          ? context.morphology.inflect(verb, .past)
          : isThird ? context.morphology.inflect(verb, .third) : verb
        draft.replace(index..<place + 1, with: [form], .extraBe)
      }
      return
    }
  }

  /// "I am wanting", "I am knowing": verbs of state.
  private func continuous(_ draft: inout Draft) {
    let states: Set<String> = Self.knowingUnderstandingBelieving
    for index in draft.tokens.indices.dropFirst()
    where Self.amIsAre.contains(draft.word(index)) {
      guard states.contains(draft.word(index + 1)),
        Words.subjectPronouns.contains(draft.word(index - 1)),
        let lemma = context.morphology.lemma(draft.word(index + 1), as: [.ing])
      else { continue }
      let isThird = Words.thirdPronouns.contains(draft.word(index - 1))
      draft.replace(
        index..<index + 2, with: [isThird ? context.morphology.inflect(lemma, .third) : lemma],
        .continuous)
      return
    }
  }
}
