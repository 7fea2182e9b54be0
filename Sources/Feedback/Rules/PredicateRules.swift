/// A sentence without any verb, where only a form of be can be meant: "My father a driver", "Where
/// my keys?", "There a bank", "It will cold".
struct PredicateRules: RuleFamily {
  private static let wordsMax = 12
  private static let owners: Set<String> = Words.possessives.union(["this", "that", "the"])
  private static let places: Set<String> = ["on", "in", "under", "behind", "near", "at"]
  private static let askers: Set<String> = ["where", "who", "what", "how", "when"]
  private static let measures: Set<String> = ["old", "tall", "far", "big", "long", "much"]
  private static let existing: Set<String> = ["a", "an", "some", "no", "many", "two", "three"]
  /// Adjectives that are no verbs, or hardly ever.
  private static let states: Set<String> = [
    "cold", "hot", "ready", "late", "happy", "sad", "angry", "busy", "sunny", "rainy", "cloudy",
    "windy", "easy", "difficult", "hard", "expensive", "cheap", "nice", "good", "bad", "great",
    "able", "afraid", "tired", "sick", "ill", "famous", "rich", "poor", "successful", "beautiful",
    "safe", "dangerous", "possible", "impossible", "interesting", "important", "here", "there",
    "available", "careful", "proud", "sorry", "sure", "surprised", "alone", "hungry",
  ]
  private static let made: Set<String> = [
    "built", "written", "painted", "made", "founded", "invented", "discovered", "published",
    "designed", "produced", "located", "situated", "born",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    afterModal(&draft)
    toBe(&draft)
    guard let start = draft.tokens.firstIndex(where: \.isWord),
      draft.tokens.count(where: \.isWord) <= Self.wordsMax
    else { return }
    let opening = greeting(draft, start)
    guard !hasVerb(draft, opening) else { return }
    if draft.tokens.last?.text == "?" {
      question(&draft, opening)
    } else if draft.tokens.last?.text != "!" {
      statement(&draft, opening)
    }
  }

  /// The place after "Hello," and the like.
  private func greeting(_ draft: Draft, _ start: Int) -> Int {
    draft.word(start + 1) == ","
      && ["hello", "hi", "hey", "and", "sorry"].contains(draft.word(start))
      ? start + 2 : start
  }

  private func hasVerb(_ draft: Draft, _ start: Int) -> Bool {
    draft.tokens[start...].contains {
      ($0.tag.isVerb || $0.tag == .md || Words.beForms.contains($0.lower))
        && !Self.made.contains($0.lower) && !isPredicate($0.lower)
        && !Words.numbers.contains($0.lower)
    }
  }

  /// "tired" looks like a past.
  private func isPredicate(_ word: String) -> Bool {
    Self.states.contains(word) || ["married", "closed", "broken", "worried"].contains(word)
  }

  // MARK: Statements

  private func statement(_ draft: inout Draft, _ start: Int) {
    if draft.word(start) == "there" {
      guard draft.isAny(start + 1, Self.existing) else { return }
      let isOne = draft.isAny(start + 1, ["a", "an"])
      let isMany = draft.tokens[start...].contains { $0.tag == .nns } && !isOne
      draft.insert(isMany ? "are" : "is", at: start + 1, .missingBe)
      return
    }
    if draft.isAny(start, ["this", "that", "these", "those"]),
      draft.tag(start + 1) == .prpPossessive
    {
      let isOne = draft.isAny(start, ["this", "that"])
      draft.insert(isOne ? "is" : "are", at: start + 1, .missingBe)
      return
    }
    if draft.word(start) == "my", draft.word(start + 1) == "name", draft.tag(start + 2).isName {
      draft.insert("is", at: start + 2, .missingBe)
      return
    }
    if isCapitalOf(draft, start) {
      draft.insert("is", at: start + 1, .missingBe)
      return
    }
    guard let subject = subject(draft, at: start).map({ shortened(draft, $0) }) else { return }
    let place = subject.range.upperBound
    guard isComplement(draft, place) else { return }
    draft.insert(form(draft, subject), at: place, .missingBe)
  }

  /// "Tokyo the capital of Japan"
  private func isCapitalOf(_ draft: Draft, _ start: Int) -> Bool {
    guard draft.tag(start).isName, draft.word(start + 1) == "the",
      !Words.days.contains(draft.word(start)),
      let phrase = context.nounPhrase(draft, at: start + 1),
      draft.word(phrase.range.upperBound) == "of"
    else { return false }
    return !hasSign(draft, start + 1)
  }

  /// A pronoun, or a phrase with an owner: a bare one may be a heading. The last noun of three may
  /// be the verb: "my father work".
  private func subject(_ draft: Draft, at start: Int) -> Subject? {
    guard let subject = context.subject(draft, at: start) else { return nil }
    let isName =
      subject.range.count == 1
      && context.tables.list("proper-lowercase-words").contains(draft.word(start))
    if subject.isPronoun || isName && isPredicate(draft.word(start + 1)) { return subject }
    let last = draft.word(subject.range.upperBound - 1)
    let verb = context.morphology.lemma(last, as: [.base, .third])
    let mayBeVerb = verb.map { context.morphology.classes($0).contains(.commonVerb) } ?? false
    guard Self.owners.contains(draft.word(start)), subject.range.count == 2 || !mayBeVerb
    else { return nil }
    return subject
  }

  /// "The weather nice": the tagger takes the adjective for a noun.
  private func shortened(_ draft: Draft, _ subject: Subject) -> Subject {
    let last = subject.range.upperBound - 1
    let word = draft.word(last)
    guard subject.range.count > 2,
      isPredicate(word) || isJobOfMany(draft, last) || Self.made.contains(word)
    else { return subject }
    return Subject(
      range: subject.range.lowerBound..<last,
      number: context.isPlural(draft, last - 1) ? .plural : .singular, isPronoun: false)
  }

  /// "my parents teachers"
  private func isJobOfMany(_ draft: Draft, _ index: Int) -> Bool {
    let job = context.morphology.singular(draft.word(index)) ?? ""
    return context.tables.list("jobs").contains(job) && context.isPlural(draft, index - 1)
      && draft.tag(index + 1) == .stop
  }

  private func isComplement(_ draft: Draft, _ place: Int) -> Bool {
    let word = draft.word(place)
    let isOwned = Words.possessives.contains(draft.word(0))
    if ["a", "an"].contains(word) {
      return draft.tokens[place...].contains { $0.tag.isNoun } && !hasSign(draft, place)
    }
    // Without a full stop it may be what a picture shows.
    if Self.places.contains(word), isOwned, draft.tokens.last?.text == "." {
      let isPlace =
        [.dt, .prpPossessive].contains(draft.tag(place + 1))
        || draft.isAny(place + 1, ["work", "home", "school", "bed", "hospital", "university"])
      return isPlace && !hasSign(draft, place)
    }
    if isJobOfMany(draft, place) { return true }
    if word == "both" { return subjectIsMany(draft, place) && draft.tag(place + 1) == .nns }
    if Self.made.contains(word) {
      return isYearOrMaker(draft, place + 1)
    }
    let adjective = Words.degree.contains(word) ? place + 1 : place
    if isPredicate(draft.word(adjective)) {
      let next = draft.word(adjective + 1)
      return Words.times.contains(next) || ["after", "before", "in", "at", "of"].contains(next)
        || !(draft[adjective + 1]?.isWord ?? false)
    }
    let isAge = draft.word(place + 1) == "years" && draft.word(place + 2) == "old"
    return isAge && (Words.numbers.contains(word) || draft.tokens[place].kind == .number)
  }

  private func subjectIsMany(_ draft: Draft, _ place: Int) -> Bool {
    context.isPlural(draft, place - 1) || ["we", "they", "you"].contains(draft.word(place - 1))
  }

  /// "in 1890", "by Gaudí".
  private func isYearOrMaker(_ draft: Draft, _ place: Int) -> Bool {
    switch draft.word(place) {
    case "in": draft[place + 1]?.kind == .number || draft[place + 1]?.isCapitalised ?? false
    case "by": draft[place + 1]?.isCapitalised ?? false || draft.tag(place + 1) == .prpPossessive
    case _: false
    }
  }

  private func hasSign(_ draft: Draft, _ place: Int) -> Bool {
    draft.tokens[place...].dropLast().contains { $0.kind == .punctuation }
  }

  private func form(_ draft: Draft, _ subject: Subject) -> String {
    let isPast =
      PastTime.isNamed(draft, 0, draft.count) || draft.isAny(subject.range.upperBound, Self.made)
    return subject.number.be(isPast: isPast)
  }

  // MARK: Questions

  /// "Where my keys?", "How old your brother?"
  private func question(_ draft: inout Draft, _ start: Int) {
    guard Self.askers.contains(draft.word(start)) else { return }
    var place = start + 1
    if draft.word(start) == "how" {
      guard Self.measures.contains(draft.word(place)) else { return }
      place += 1
    }
    let isPronoun = Words.subjectPronouns.contains(draft.word(place))
    guard
      isPronoun || Self.owners.contains(draft.word(place))
        || draft.isAny(place, ["these", "those"]),
      let subject = context.subject(draft, at: place)
    else { return }
    let end = subject.range.upperBound
    guard
      draft[end]?.text == "?" || Words.times.contains(draft.word(end))
        || draft.word(end) == "from" && draft[end + 1]?.text == "?"
    else { return }
    draft.insert(form(draft, subject), at: place, .missingBe)
  }

  // MARK: It will cold

  /// "We will able to", "you must careful", "it will very cold": what is no verb needs be.
  private func afterModal(_ draft: inout Draft) {
    for index in draft.tokens.indices.dropFirst()
    where Words.modals.contains(draft.word(index)) && draft.tag(index) == .md {
      let start = draft.isAny(index + 1, ["not", "n't", "also"]) ? index + 2 : index + 1
      var place = start
      while Words.degree.contains(draft.word(place)) { place += 1 }
      let next = draft.tag(place + 1)
      let isFollowed =
        next.isVerb || next.isAdjective
        || next.isNoun && !Words.times.contains(draft.word(place + 1))
      guard !isFollowed, isNoVerb(draft, place),
        !draft.tokens[place...].contains(where: { $0.lower == "be" })
      else { continue }
      draft.insert("be", at: start, .missingBe)
      return
    }
  }

  private func isNoVerb(_ draft: Draft, _ place: Int) -> Bool {
    if Self.states.contains(draft.word(place)) { return true }
    let classes = context.morphology.classes(draft.word(place))
    return draft.tag(place) == .jj && classes.contains(.commonAdjective)
      && classes.isDisjoint(with: [.verb, .noun, .adverb])
  }

  /// "wants to a doctor" → "to be a doctor".
  private func toBe(_ draft: inout Draft) {
    for index in draft.tokens.indices.dropFirst()
    where draft.word(index) == "to" && draft.isAny(index + 1, ["a", "an"]) {
      let jobs = context.tables.list("jobs")
      guard draft.isAny(index - 1, ["want", "wants", "wanted", "hope", "hopes", "like"]),
        jobs.contains(draft.word(index + 2)) || jobs.contains(draft.word(index + 3))
      else { continue }
      draft.insert("be", at: index + 1, .missingBe)
      return
    }
  }
}
