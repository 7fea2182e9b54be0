/// Words that close no class but steer the rules.
enum Words {
  static let thirdPronouns: Set<String> = ["he", "she", "it"]
  static let otherPronouns: Set<String> = ["i", "you", "we", "they"]
  static let subjectPronouns = thirdPronouns.union(otherPronouns)
  static let objectPronouns: Set<String> = ["me", "him", "her", "us", "them"]
  static let everybody: Set<String> = [
    "everybody", "everyone", "everything", "somebody", "someone", "something", "nobody", "nothing",
    "anybody", "anyone", "anything", "noone",
  ]
  static let objectForm = [
    "i": "me", "he": "him", "she": "her", "it": "it", "you": "you", "we": "us", "they": "them",
  ]
  static let subjectForm = [
    "me": "I", "him": "he", "her": "she", "you": "you", "us": "we", "them": "they",
  ]
  static let timeUnits: Set<String> = [
    "years", "year", "months", "month", "weeks", "week", "days", "day", "hours", "hour", "minutes",
    "minute",
  ]
  static let possessives: Set<String> = ["my", "your", "his", "her", "its", "our", "their"]
  static let modals: Set<String> = [
    "can", "could", "will", "would", "should", "must", "may", "might", "shall", "ca", "wo", "'ll",
  ]
  static let doForms: Set<String> = ["do", "does", "did"]
  static let beForms: Set<String> = [
    "am", "is", "are", "was", "were", "'m", "'re", "be", "been", "being",
  ]
  static let beFinite: Set<String> = ["am", "is", "are", "was", "were", "'m", "'re"]
  static let haveForms: Set<String> = ["have", "has", "had", "'ve"]
  /// Adverbs that stand between a subject and its verb.
  static let midAdverbs: Set<String> = [
    "always", "usually", "often", "never", "also", "really", "still", "just", "only", "sometimes",
    "even", "rarely", "seldom", "hardly", "probably", "certainly", "generally", "normally",
    "currently", "already", "actually", "simply", "definitely", "mostly", "mainly", "clearly",
    "quickly", "easily", "truly", "strongly", "ever",
  ]
  static let degree: Set<String> = ["very", "so", "too", "really", "quite", "pretty", "extremely"]
  static let questionWords: Set<String> = [
    "what", "where", "when", "why", "who", "how", "which", "whom",
  ]
  static let singularDeterminers: Set<String> = [
    "a", "an", "this", "that", "every", "each", "another", "one",
  ]
  static let pluralDeterminers: Set<String> = [
    "these", "those", "many", "several", "few", "both", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty",
    "hundred", "various", "numerous",
  ]
  static let numbers: Set<String> = [
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  static let coordinators: Set<String> = ["and", "but", "or", "so"]
  static let clauseOpeners: Set<String> = [
    "because", "when", "if", "that", "although", "while", "whether", "so", "but", "and", "or",
    "though",
    "unless", "until", "before", "after", "since", "as", "where", "what", "how", "why", "whenever",
    ",", ";", ":", "\"", "``", "(", "\u{201C}",
  ]
  /// Verbs that a clause may follow without "that".
  static let sayingVerbs: Set<String> = [
    "think", "thinks", "thought", "know", "knows", "knew", "believe", "hope", "say", "says", "said",
    "guess", "feel", "suppose",
  ]
  /// Before a pronoun that no statement follows: "had he known", "neither he nor", "not he".
  static let notSubjectOpeners: Set<String> = [
    "had", "must", "not", "n't", "and", "or", "nor", "neither", "either", "than", "as", "both",
    "lest", "yet", "never", "only", "rarely", "seldom", "hardly", "little", "of", "with", "between",
  ]
  /// Before "that he go" and the like, where the base form is right.
  static let wishes: Set<String> = [
    "suggest", "suggested", "suggests", "recommend", "recommended", "insist", "insisted", "demand",
    "demanded", "propose", "proposed", "important", "essential", "necessary", "vital", "request",
    "requested", "require", "requires", "required", "ask", "asked", "crucial",
  ]
  /// Plurals without -s.
  static let plurals: Set<String> = [
    "people", "police", "cattle", "children", "men", "women", "feet", "teeth", "scissors",
    "trousers", "jeans", "shorts", "pyjamas", "pajamas", "tights", "glasses", "sunglasses",
    "clothes", "binoculars", "headphones",
  ]
  /// One or many: the form does not show it.
  static let anyNumber: Set<String> = [
    "sheep", "fish", "deer", "series", "species", "aircraft", "salmon", "headquarters",
    "crossroads", "offspring",
  ]
  /// Tagged as nouns, but they say when.
  static let times: Set<String> = ["today", "yesterday", "tomorrow", "tonight", "now", "everyday"]
  /// Nouns in -s that are singular.
  static let singularInS: Set<String> = [
    "news", "mathematics", "maths", "physics", "economics", "politics", "bus", "class", "gas",
    "lens", "series", "species", "boss", "glass", "business", "illness", "happiness", "diabetes",
    "gymnastics", "athletics", "always", "perhaps", "yes", "tennis", "focus", "campus", "virus",
    "process", "success", "access", "stress", "address", "dress", "kindness", "statistics",
    "linguistics",
  ]
}

/// What stands before a verb.
struct Subject {
  enum Number {
    case first, singular, plural

    func be(isPast: Bool) -> String {
      switch self {
      case .first: isPast ? "was" : "am"
      case .singular: isPast ? "was" : "is"
      case .plural: isPast ? "were" : "are"
      }
    }
  }
  let range: Range<Int>
  let number: Number
  let isPronoun: Bool
}

extension RuleContext {
  private static let lotLotsNumber: Set<String> = [
    "lot", "lots", "number", "most", "some", "all", "half", "majority", "kinds", "plenty", "couple",
    "variety", "percent",
  ]
  private static let otherOwnSame: Set<String> = [
    "other", "own", "same", "first", "only", "most",
  ]
  private static let andOrSo: Set<String> = [
    ",", "and", "or", "so", "as", "before", "after", "since",
  ]
  private static let whatHowWhich: Set<String> = [
    "what", "how", "which", "where", "when", "why",
  ]
  private static let becauseWhenIf: Set<String> = [
    "because", "when", "if", "although", "while", "but", "that", "who", "which", "and", "so",
    "where", "what",
  ]

  func isPlainNoun(_ draft: Draft, _ index: Int) -> Bool {
    draft[index]?.isWord ?? false && draft.tag(index).isNoun
  }

  /// Whether the noun at a place is a plural: by its form where that is known, else by its tag.
  func isPlural(_ draft: Draft, _ index: Int) -> Bool {
    let word = draft.word(index)
    if Words.singularInS.contains(word) { return false }
    if Words.plurals.contains(word) { return true }
    if morphology.singular(word) != nil {
      return !Words.anyNumber.contains(word)
    }
    if morphology.isNoun(word) { return false }
    return draft.tag(index) == .nns || draft.tag(index) == .nnps
  }

  func isUncountable(_ word: String) -> Bool {
    tables.list("uncountable").contains(word)
  }

  /// Whether a noun can be counted with fair certainty: it is a known noun and on no list of
  /// exceptions.
  func isCountable(_ word: String) -> Bool {
    morphology.classes(word).contains(.commonNoun) && !isUncountable(word)
      && !tables.list("sometimes-uncountable").contains(word)
  }

  /// The subject that begins at a place, or nil where there is none that is sure.
  func subject(_ draft: Draft, at start: Int) -> Subject? {
    let first = draft.word(start)
    if Words.subjectPronouns.contains(first) {
      if draft.word(start + 1) == "and" { return nil }
      let number: Subject.Number =
        first == "i" ? .first : Words.thirdPronouns.contains(first) ? .singular : .plural
      return Subject(range: start..<start + 1, number: number, isPronoun: true)
    }
    if Words.everybody.contains(first), draft.word(start + 1) != "else" {
      return Subject(range: start..<start + 1, number: .singular, isPronoun: true)
    }
    guard let phrase = nounPhrase(draft, at: start) else { return nil }
    if draft.word(phrase.range.upperBound) == "and" { return pair(draft, phrase) }
    if draft.word(phrase.range.upperBound) == "of",
      let inner = nounPhrase(draft, at: phrase.range.upperBound + 1)
    {
      let measure = draft.word(phrase.range.upperBound - 1)
      // "None of them were": both numbers are good English.
      if ["none", "either", "neither", "any"].contains(measure) { return nil }
      if Self.lotLotsNumber.contains(measure) {
        if draft.word(start) == "the", measure == "number" {
          return Subject(range: start..<inner.range.upperBound, number: .singular, isPronoun: false)
        }
        return Subject(
          range: start..<inner.range.upperBound, number: inner.number, isPronoun: false)
      }
      return Subject(range: start..<inner.range.upperBound, number: phrase.number, isPronoun: false)
    }
    return phrase
  }

  /// Two joined by "and"; "bread and butter" is one thing as often as two.
  private func pair(_ draft: Draft, _ first: Subject) -> Subject? {
    let place = first.range.upperBound + 1
    if Words.subjectPronouns.contains(draft.word(place)), draft.word(place) != "it" {
      return Subject(
        range: first.range.lowerBound..<place + 1, number: .plural, isPronoun: true)
    }
    guard let second = nounPhrase(draft, at: place) else { return first }
    if first.range.count == 1, second.range.count == 1, isMass(draft.word(place - 2)),
      isMass(draft.word(place))
    {
      return nil
    }
    let range = first.range.lowerBound..<second.range.upperBound
    // "Peter and Sue" are as sure as "they".
    let areNames =
      range.count == 3 && draft.tag(range.lowerBound).isName && draft.tag(place).isName
    return Subject(range: range, number: .plural, isPronoun: areNames)
  }

  private func isMass(_ word: String) -> Bool {
    isUncountable(word) || tables.list("sometimes-uncountable").contains(word)
  }

  /// A noun phrase: a determiner, adjectives and nouns; its head is the last noun.
  func nounPhrase(_ draft: Draft, at start: Int) -> Subject? {
    var index = start
    var number: Subject.Number?
    let first = draft.word(start)
    if ["one", "each", "either"].contains(first), draft.word(start + 1) == "of" {
      guard let inner = nounPhrase(draft, at: start + 2) else { return nil }
      return Subject(range: start..<inner.range.upperBound, number: .singular, isPronoun: false)
    }
    let isDeterminer =
      [.dt, .prpPossessive, .pdt].contains(draft.tag(start)) || Words.possessives.contains(first)
      || Words.pluralDeterminers.contains(first) || draft.tag(start) == .cd
    if isDeterminer {
      if Words.singularDeterminers.contains(first) { number = .singular }
      if Words.pluralDeterminers.contains(first) { number = .plural }
      index += 1
      if Self.otherOwnSame.contains(draft.word(index)) {
        index += 1
      }
      if Words.pluralDeterminers.contains(draft.word(index)) {
        number = .plural
        index += 1
      }
    }
    var head: Int?
    let limit = min(draft.count, start + 8)
    while index < limit, let token = draft[index], token.isWord {
      let tag = token.tag
      if Words.times.contains(token.lower) { break }
      if let head, morphology.isForm(token.lower, .third),
        isPlural(draft, head) || draft.tag(head).isName && isOnlyVerb(token.lower)
      {
        break
      }
      if tag.isNoun || (["lot", "number", "majority"].contains(token.lower)) {
        head = index
      } else if tag == .pos, head != nil {
        head = nil
      } else if !(tag.isAdjective || tag == .vbn && isDeterminer && head == nil || tag == .cd)
        || head != nil
      {
        break
      }
      index += 1
    }
    guard let head, isDeterminer || draft.tag(start).isNoun || draft.tag(start).isAdjective,
      number != nil || !Words.anyNumber.contains(draft.word(head))
    else { return nil }
    // A bare singular common noun is rarely a subject learners use on purpose.
    let isPlural = isPlural(draft, head)
    let resolved = number ?? (isPlural ? .plural : .singular)
    if number == .singular && isPlural || number == .plural && !isPlural && first != "both" {
      return nil
    }
    return Subject(range: start..<head + 1, number: resolved, isPronoun: false)
  }

  /// "speaks", which no noun has for a plural.
  private func isOnlyVerb(_ form: String) -> Bool {
    morphology.singular(form).map { !morphology.classes($0).contains(.commonNoun) } ?? true
  }

  /// Places where a clause's subject may begin.
  func clauseStarts(_ draft: Draft) -> [Int] {
    var starts: [Int] = []
    for index in draft.tokens.indices where draft.tokens[index].isWord {
      if index == 0 || !draft.tokens[..<index].contains(where: { $0.isWord }) {
        starts.append(index)
        continue
      }
      let before = draft.word(index - 1)
      let isPronoun = Words.subjectPronouns.contains(draft.word(index))
      if Words.clauseOpeners.contains(before) {
        if before == "that", Words.wishes.contains(draft.word(index - 2)) { continue }
        // "nobody but the guards was"
        let isExcepted =
          Words.everybody.contains(draft.word(index - 2)) || draft.word(index - 2) == "one"
        if before == "but", isExcepted { continue }
        let isLoose = Self.andOrSo.contains(before)
        // After a comma or "and" a noun may be part of a list.
        if isLoose && !isPronoun && !(before == "," && isIntroduced(draft, index - 1)) { continue }
        let isOpenQuestion = Self.whatHowWhich.contains(before)
        if isOpenQuestion, !isPronoun, ![.dt, .prpPossessive].contains(draft.tag(index)) {
          continue
        }
        // "He and I are": one subject of two.
        if before == "and" || before == "or",
          !draft.tokens[..<(index - 1)].contains(where: { $0.tag.isVerb || $0.tag == .md })
        {
          continue
        }
        starts.append(index)
      } else if isPronoun, Words.sayingVerbs.contains(before) || isSubjectOnly(draft, index) {
        starts.append(index)
      } else if isPronoun, index < 5, PastTime.isNamed(draft, 0, index - 1),
        !draft.tokens[..<index].contains(where: { $0.tag.isFiniteVerb })
      {
        starts.append(index)
      } else if index > 0, draft.tokens[index - 1].isWord,
        tables.list("intro-words").contains(before) || ["today", "now", "then"].contains(before),
        index == 1
      {
        starts.append(index)
      }
    }
    return starts
  }

  /// "he", "she", "we" and "they" are never objects: they begin a clause wherever they stand, but
  /// for questions and for pairs ("so do they", "you and he").
  private func isSubjectOnly(_ draft: Draft, _ index: Int) -> Bool {
    let before = draft.word(index - 1)
    let tag = draft.tag(index - 1)
    if draft.word(index) == "it", draft.word(index + 1) == "have" { return tag.isNoun }
    guard ["he", "she", "we", "they"].contains(draft.word(index)), draft.tokens[index - 1].isWord,
      !QuestionShape.auxiliaries.contains(before), !Words.modals.contains(before),
      !Words.notSubjectOpeners.contains(before), draft.word(index + 1) != "and"
    else { return false }
    return tag.isNoun || tag.isAdverb || tag == .wdt || tag == .wp || tag == .in
  }

  /// Whether what stands before a comma only introduces (`However,` `In my opinion,`): no verb in
  /// it.
  private func isIntroduced(_ draft: Draft, _ comma: Int) -> Bool {
    comma <= 6
      && !draft.tokens[..<comma].contains { $0.tag.isVerb || $0.tag == .md || $0.text == "," }
  }

  /// The place after the adverbs that may stand between subject and verb.
  func afterAdverbs(_ draft: Draft, _ index: Int) -> Int {
    var index = index
    while Words.midAdverbs.contains(draft.word(index)) { index += 1 }
    return index
  }

  /// The lemma if the word is the base form of a verb and no other form of one.
  func baseVerb(_ word: String) -> String? {
    let readings = morphology.verbReadings(word)
    guard readings.contains(where: { $0.form == .base }) else { return nil }
    return word
  }

  func hasFiniteVerb(_ draft: Draft, _ range: Range<Int>) -> Bool {
    range.contains { draft.tag($0).isFiniteVerb && draft.tokens.indices.contains($0) }
  }

  /// The end of the clause that contains a place: the next sign or opener of a clause.
  func clauseEnd(_ draft: Draft, from index: Int) -> Int {
    var index = index
    while index < draft.count {
      let token = draft.tokens[index]
      if token.kind == .punctuation, token.text != "-", token.text != "'" { return index }
      if Self.becauseWhenIf
        .contains(token.lower)
      {
        return index
      }
      index += 1
    }
    return index
  }
}
