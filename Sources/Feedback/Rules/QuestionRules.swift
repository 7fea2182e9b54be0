/// The order of words in questions, and in questions inside statements.
struct QuestionRules: RuleFamily {
  private static let muchManyOften: Set<String> = [
    "much", "many", "often", "long", "old", "far", "big", "tall", "good", "fast",
  ]
  private static let theThisThat: Set<String> = [
    "the", "this", "that", "my", "your", "his", "her", "our", "their", "these", "those",
  ]
  private static let haveHasHad: Set<String> = [
    "have", "has", "had", "do", "does", "did",
  ]
  private static let isAreWas: Set<String> = [
    "is", "are", "was", "were", "can", "will", "has", "should",
  ]
  private static let whatWhereWhen: Set<String> = [
    "what", "where", "when", "why", "who", "how",
  ]
  private static let isAreWasWere: Set<String> = [
    "is", "are", "was", "were", "can", "should", "do", "does", "did",
  ]
  private static let theMyYour: Set<String> = [
    "the", "my", "your", "his", "her", "our", "their", "this", "that",
  ]

  let context: RuleContext

  private static let inverted: Set<String> = [
    "is", "are", "am", "was", "were", "can", "could", "will", "would", "should", "must", "may",
    "have", "has", "had", "did", "do", "does", "'s", "'re", "'m", "'ll",
  ]
  private static let asking: Set<String> = [
    "know", "wonder", "understand", "remember", "ask", "asked", "tell", "explain", "see", "me",
    "idea", "sure", "knows", "forget", "forgot",
  ]
  private static let full = [
    "'s": "is", "'re": "are", "'m": "am", "'ll": "will", "ca": "can", "wo": "will",
  ]

  func apply(_ draft: inout Draft) {
    if draft.tokens.last?.text == "?" || draft.tokens.last?.text == "?!" { question(&draft) }
    indirect(&draft)
  }

  private func question(_ draft: inout Draft) {
    guard draft.tokens.count(where: \.isWord) <= 16, let start = start(draft) else { return }
    let word = draft.word(start)
    if Words.questionWords.contains(word) {
      whQuestion(&draft, start)
    } else if Words.subjectPronouns.contains(word),
      start == 0
        || draft.tokens[..<start].allSatisfy({
          $0.kind == .punctuation || $0.lower == "and" || $0.lower == "but"
            || ["hello", "hi", "so", "then"].contains($0.lower)
        })
    {
      yesNo(&draft, start)
    } else if draft.tag(start) == .prpPossessive || draft.tag(start) == .nnp && start == 0
      || ["the", "this", "that"].contains(word), let subject = context.nounPhrase(draft, at: start),
      subject.range.count <= 3
    {
      yesNoNoun(&draft, start, subject)
    }
  }

  private func start(_ draft: Draft) -> Int? {
    // After the last comma that only introduces: "Hi, where you live?"
    var start = draft.tokens.firstIndex(where: \.isWord) ?? 0
    if let comma = draft.tokens.firstIndex(where: { $0.text == "," }), comma <= 3,
      !draft.tokens[..<comma].contains(where: { $0.tag.isFiniteVerb })
    {
      start = comma + 1
    }
    if draft.isAny(start, ["and", "but", "so", "then"]) { start += 1 }
    return start < draft.count ? start : nil
  }

  // MARK: What you did?

  private func whQuestion(_ draft: inout Draft, _ start: Int) {
    var subjectPlace = start + 1
    let word = draft.word(start)
    if word == "how",
      draft.isAny(
        start + 1, Self.muchManyOften)
    {
      subjectPlace += 1
      if ["much", "many"].contains(draft.word(start + 1)) {
        while draft.tag(subjectPlace).isAdjective
          && !Words.subjectPronouns.contains(draft.word(subjectPlace))
        { subjectPlace += 1 }
        if draft.tag(subjectPlace).isNoun, !Words.subjectPronouns.contains(draft.word(subjectPlace))
        {
          subjectPlace += 1
        }
      }
    } else if ["what", "which"].contains(word),
      draft.tag(start + 1) == .nn || draft.tag(start + 1) == .nns,
      !Words.subjectPronouns.contains(draft.word(start + 1))
    {
      subjectPlace += 1
      if draft.word(subjectPlace) == "of", draft.tag(subjectPlace + 1).isNoun { subjectPlace += 2 }
      if word == "what", meaning(&draft, start) { return }
    } else if word == "what", meaning(&draft, start) {
      return
    }
    let subject: Subject
    if Words.subjectPronouns.contains(draft.word(subjectPlace)) {
      guard let found = context.subject(draft, at: subjectPlace) else { return }
      subject = found
    } else if Self.theThisThat
      .contains(draft.word(subjectPlace)) || draft.tag(subjectPlace) == .nnp,
      subjectPlace > start + 1 || word != "what" || draft.word(subjectPlace) != "the",
      let found = context.nounPhrase(draft, at: subjectPlace), found.range.count <= 4
    {
      subject = shortened(draft, found)
    } else {
      return
    }
    if ["when", "how"].contains(word),
      draft.tokens[start...].contains(where: { $0.text == "," })
        || draft.tokens[subject.range.upperBound...].contains(where: {
          QuestionShape.auxiliaries.contains($0.lower) && $0.tag.isFiniteVerb
        }) && draft.count > 9
    {
      return
    }
    invert(&draft, subject)
  }

  /// "When the train leaves?": the last noun is the verb.
  private func shortened(_ draft: Draft, _ subject: Subject) -> Subject {
    let last = subject.range.upperBound - 1
    guard draft[subject.range.upperBound]?.kind == .punctuation, subject.range.count > 1,
      context.morphology.isForm(draft.word(last), .third)
        || context.baseVerb(draft.word(last)) != nil, draft.tag(last - 1).isNoun
    else { return subject }
    return Subject(
      range: subject.range.lowerBound..<last,
      number: context.isPlural(draft, last - 1) ? .plural : .singular, isPronoun: false)
  }

  /// "What means this word?" → "What does this word mean?"
  private func meaning(_ draft: inout Draft, _ start: Int) -> Bool {
    guard ["means", "mean"].contains(draft.word(start + 1)), let last = draft.tokens.indices.last,
      last > start + 2
    else { return false }
    let object = draft.tokens[start + 2..<last].map(\.text)
    guard object.count <= 4 else { return false }
    draft.replace(start + 1..<last, with: ["does"] + object + ["mean"], .questionOrder)
    return true
  }

  /// Moves the auxiliary before the subject, or puts do there.
  private func invert(_ draft: inout Draft, _ subject: Subject) {
    let place = subject.range.upperBound
    let verb = draft.word(place)
    guard draft[place]?.isWord ?? false else { return }
    let words = draft.tokens[subject.range].map(\.text)
    let notAfter = ["n't"].contains(draft.word(place + 1))
    if Self.inverted.contains(verb) || verb == "ca" || verb == "wo" {
      let isMain =
        Self.haveHasHad.contains(verb) && !notAfter
        && !isParticiple(draft, place + 1, verb)
      if isMain {
        insertDo(&draft, subject, place)
      } else if notAfter {
        draft.replace(
          subject.range.lowerBound..<place + 2, with: [verb, "n't"] + words, .questionOrder)
        if subject.range.lowerBound + 1 < draft.count {
          draft.tokens[subject.range.lowerBound + 1].isGlued = true
        }
      } else {
        let text = verb == "'s" && (draft.tag(place + 1) == .vbn) ? "has" : Self.full[verb] ?? verb
        draft.replace(subject.range.lowerBound..<place + 1, with: [text] + words, .questionOrder)
      }
    } else {
      insertDo(&draft, subject, place)
    }
  }

  private func isParticiple(_ draft: Draft, _ index: Int, _ verb: String) -> Bool {
    guard ["have", "has", "had"].contains(verb) else { return false }
    let place = context.afterAdverbs(draft, index)
    return draft.tag(place) == .vbn
      || context.morphology.isForm(draft.word(place), .participle) && draft.tag(place) == .vbd
      || draft.word(place) == "been"
  }

  private func insertDo(_ draft: inout Draft, _ subject: Subject, _ originalPlace: Int) {
    let place = context.afterAdverbs(draft, originalPlace)
    let word = draft.word(place)
    guard
      let reading = context.morphology.verbReadings(word).first(where: {
        $0.form == .past && $0.lemma != word
      })
        ?? context.morphology.verbReadings(word).first(where: {
          $0.form == .base || $0.form == .third
        }), context.morphology.classes(reading.lemma).contains(.verb),
      draft.tag(place).isVerb || context.morphology.classes(reading.lemma).contains(.commonVerb),
      reading.lemma != "be"
    else { return }
    let isThird = subject.number == .singular
    let isPast = reading.form == .past || PastTime.isNamed(draft, 0, draft.count)
    let auxiliary = isPast ? "did" : isThird ? "does" : "do"
    let words = draft.tokens[subject.range.lowerBound..<place].map(\.text)
    draft.replace(
      subject.range.lowerBound..<place + 1,
      with: [auxiliary] + lowered(words, draft, subject) + [reading.lemma], .questionOrder)
  }

  private func lowered(_ words: [String], _ draft: Draft, _ subject: Subject) -> [String] {
    guard subject.range.lowerBound == 0, let first = words.first, first != "I", !draft.tag(0).isName
    else { return words }
    return [first.smallFirst] + words.dropFirst()
  }

  // MARK: You like coffee?

  private func yesNo(_ draft: inout Draft, _ start: Int) {
    // "She said that?" only doubts what was said.
    guard let subject = context.subject(draft, at: start), draft.word(draft.count - 2) != "that"
    else { return }
    let place = context.afterAdverbs(draft, subject.range.upperBound)
    let word = draft.word(place)
    // "You did what?", "She paid how much for it?": so asks who has not heard.
    let isEcho = draft.tokens.indices.contains {
      $0 > place && Words.questionWords.contains(draft.word($0))
        && !context.hasFiniteVerb(draft, $0 + 1..<max($0 + 1, draft.count))
    }
    // "I am 30 years old is it late?": the question comes after.
    let hasOther = draft.tokens.indices.contains {
      $0 > place && QuestionShape.auxiliaries.contains(draft.word($0))
        && Words.subjectPronouns.contains(draft.word($0 + 1))
    }
    if isEcho || hasOther { return }
    // "You know, …?" and tags: "You like it, don't you?"
    guard draft[place]?.isWord ?? false, !draft.tokens[start...].contains(where: { $0.text == "," })
    else { return }
    if Self.inverted.contains(word) {
      guard !["'s", "'re", "'m", "'ll"].contains(word), place == subject.range.upperBound else {
        return
      }
      let isMain =
        Self.haveHasHad.contains(word)
        && !isParticiple(draft, place + 1, word)
      if isMain {
        guard draft.word(place + 1) != "n't", draft.word(place + 1) != "not" else { return }
        front(&draft, subject, place)
      } else {
        let subjectWords = lowered(draft.tokens[subject.range].map(\.text), draft, subject)
        guard draft.word(place + 1) != "n't" else { return }
        draft.replace(start..<place + 1, with: [word] + subjectWords, .questionOrder)
      }
      return
    }
    front(&draft, subject, place)
  }

  private func yesNoNoun(_ draft: inout Draft, _ start: Int, _ subject: Subject) {
    let place = subject.range.upperBound
    let word = draft.word(place)
    guard draft[place]?.isWord ?? false, start == 0 else { return }
    if ["has", "have"].contains(word), !isParticiple(draft, place + 1, word),
      draft.word(place + 1) != "to", !draft.tokens.contains(where: { $0.text == "," })
    {
      insertDo(&draft, subject, place)
      return
    }
    if Self.isAreWas.contains(word),
      draft.word(place + 1) != "n't", !draft.tokens.contains(where: { $0.text == "," })
    {
      let words = lowered(draft.tokens[subject.range].map(\.text), draft, subject)
      draft.replace(start..<place + 1, with: [word] + words, .questionOrder)
    } else if draft.tag(place) == .vbz || draft.tag(place) == .vbp,
      !draft.tokens.contains(where: { $0.text == "," })
    {
      insertDo(&draft, subject, place)
    }
  }

  private func front(_ draft: inout Draft, _ subject: Subject, _ place: Int) {
    let word = draft.word(place)
    guard draft.tag(place).isVerb || context.morphology.classes(word).contains(.commonVerb) else {
      return
    }
    insertDo(&draft, subject, place)
  }

  // MARK: I don't know where is he

  /// "what time", "how old": what is asked for has two words.
  private static func isMeasure(_ draft: Draft, _ index: Int) -> Bool {
    draft.word(index) == "what" && draft.word(index + 1) == "time"
      || draft.word(index) == "how"
        && ["old", "much", "far", "big", "tall", "long", "late"].contains(draft.word(index + 1))
  }

  private func indirect(_ draft: inout Draft) {
    for index in draft.tokens.indices.dropFirst()
    where Self.whatWhereWhen.contains(draft.word(index)) {
      let auxiliaryPlace = Self.isMeasure(draft, index) ? index + 2 : index + 1
      guard Self.asking.contains(draft.word(index - 1)),
        draft.tag(index - 1) != .nn || draft.word(index - 1) == "idea",
        Self.isAreWasWere.contains(draft.word(auxiliaryPlace))
      else { continue }
      if draft.word(index - 1) == "me",
        ![
          "tell", "ask", "show", "asked", "told", "showed",
        ].contains(draft.word(index - 2))
      {
        continue
      }
      let place = auxiliaryPlace + 1
      let subjectEnd: Int
      if Words.subjectPronouns.contains(draft.word(place)) {
        subjectEnd = place + 1
      } else if Self.theMyYour.contains(
        draft.word(place)), let phrase = context.nounPhrase(draft, at: place)
      {
        subjectEnd = phrase.range.upperBound
        // "I know who is the best": the noun may be the complement.
        if ["who", "what"].contains(draft.word(index)), draft.word(place) == "the" { continue }
      } else {
        continue
      }
      let auxiliary = draft.word(auxiliaryPlace)
      let words = draft.tokens[place..<subjectEnd].map(\.text)
      if Words.doForms.contains(auxiliary) {
        guard let verb = context.baseVerb(draft.word(subjectEnd)) else { continue }
        let isThird = auxiliary == "does"
        let form =
          auxiliary == "did"
          ? context.morphology.inflect(verb, .past)
          : isThird ? context.morphology.inflect(verb, .third) : verb
        draft.replace(auxiliaryPlace..<subjectEnd + 1, with: words + [form], .indirectQuestion)
      } else {
        draft.replace(auxiliaryPlace..<subjectEnd, with: words + [auxiliary], .indirectQuestion)
      }
      return
    }
  }
}
