/// Pronouns: the form for subject and object, whose, and no second subject.
struct PronounRules: RuleFamily {
  private static let isWasHas: Set<String> = [
    "is", "was", "has", "likes", "goes", "can", "will", "works", "lives",
  ]
  private static let withForTo: Set<String> = [
    "with", "for", "to", "from", "about", "of", "at", "without", "between", "by", "near", "behind",
  ]
  private static let loveLovesLoved: Set<String> = [
    "love", "loves", "loved", "help", "helps", "helped", "see", "saw", "meet", "met", "like",
    "likes", "hate", "know", "visit", "visited", "call", "called", "invite", "invited", "tell",
    "told", "give", "gave", "ask", "asked", "teach", "teaches",
  ]
  private static let veryEveryYesterday: Set<String> = [
    "very", "every", "yesterday", "so", "a", "the",
  ]
  private static let tellToldAsk: Set<String> = [
    "tell", "told", "ask", "asked", "invite", "invited", "help",
  ]
  private static let nameMotherFather: Set<String> = [
    "name", "mother", "father", "brother", "sister", "house", "friend", "job", "car", "parents",
    "family", "hair", "eyes", "book", "books", "phone", "son", "daughter", "wife", "husband", "dog",
    "room", "favorite", "favourite", "birthday", "bag", "country", "city", "children", "friends",
    "teacher",
  ]
  private static let mineYoursHers: Set<String> = [
    "mine", "yours", "hers", "ours", "theirs",
  ]
  private static let isWasAre: Set<String> = [
    "is", "was", "are", "were", "'s",
  ]

  let context: RuleContext

  private static let subjectOf = ["me": "I", "him": "he", "us": "we", "them": "they"]
  private static let objectOf = ["i": "me", "he": "him", "she": "her", "we": "us", "they": "them"]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        object(&draft, index)
        possessive(&draft, index)
        reflexive(&draft, index)
        feelSelf(&draft, index)
        ofWhom(&draft, index)
        which(&draft, index)
      }
      index += 1
    }
    subject(&draft)
    doubledSubject(&draft)
  }

  /// "Me like coffee", "him is my friend", "Me and my friend went".
  private func subject(_ draft: inout Draft) {
    let start = draft.tokens.firstIndex(where: \.isWord) ?? 0
    guard let right = Self.subjectOf[draft.word(start)] else {
      her(&draft, start)
      andMe(&draft, start)
      return
    }
    let next = context.afterAdverbs(draft, start + 1)
    let isVerb =
      draft.tag(next).isFiniteVerb
      || draft.word(start) == "me" && ["like", "love", "need", "want"].contains(draft.word(next))
      || context.baseVerb(draft.word(next)).map {
        context.morphology.classes($0).contains(.commonVerb)
          && !context.morphology.classes($0).contains(.noun)
      } ?? false
    if isVerb, draft.word(next) != "please", next < draft.count {
      draft.replace(start, right, .pronounCase)
    } else if draft.word(start) == "me", draft.word(start + 1) == "and",
      let other = context.subject(draft, at: start + 2),
      draft.tag(other.range.upperBound).isVerb || draft.tag(other.range.upperBound) == .md
    {
      let words = draft.tokens[other.range].map(\.text)
      draft.replace(start..<other.range.upperBound, with: words + ["and", "I"], .pronounCase)
    }
  }

  /// "My sister and me are going" → "My sister and I".
  private func andMe(_ draft: inout Draft, _ start: Int) {
    guard let place = draft.tokens.indices.first(where: { draft.word($0) == "me" }),
      draft.word(place - 1) == "and", let other = context.nounPhrase(draft, at: start),
      other.range.upperBound == place - 1,
      draft.tag(place + 1).isFiniteVerb || draft.tag(place + 1) == .md
    else { return }
    draft.replace(place, "I", .pronounCase)
  }

  private func her(_ draft: inout Draft, _ start: Int) {
    if draft.word(start) == "her",
      Self.isWasHas.contains(
        draft.word(start + 1))
    {
      draft.replace(start, "she", .pronounCase)
    }
    if ["my", "your"].contains(draft.word(start)), ["am", "is"].contains(draft.word(start + 1)),
      draft.word(start) == "my"
    {
      draft.replace(start, "I", .pronounCase)
    }
  }

  /// "with I", "for he", "I love she", "tell they".
  private func object(_ draft: inout Draft, _ index: Int) {
    guard let right = Self.objectOf[draft.word(index)], index > 0 else { return }
    let before = draft.word(index - 1)
    let next = draft.tag(index + 1)
    let prepositions: Set<String> = Self.withForTo
    let verbs: Set<String> = Self.loveLovesLoved
    let isClosed =
      [.stop, .in, .comma, .to, .cc].contains(next) && draft.word(index + 1) != "and"
      || index + 1 >= draft.count
      || Self.veryEveryYesterday.contains(draft.word(index + 1))
    let isQuestion = index >= 1 && QuestionShape.auxiliaries.contains(before)
    guard isClosed, !isQuestion, !Words.midAdverbs.contains(draft.word(index + 1)) else { return }
    if prepositions.contains(before), !draft.tag(index + 1).isFiniteVerb {
      draft.replace(index, right, .pronounCase)
    } else if verbs.contains(before), draft.tag(index - 1).isVerb,
      !draft.tag(index + 1).isFiniteVerb,
      draft.word(index + 1) != "to"
        || Self.tellToldAsk.contains(before)
    {
      if draft.word(index - 1) == "know", ["in", "to"].contains(draft.word(index + 1)) { return }
      draft.replace(index, right, .pronounCase)
    }
  }

  /// "he name is Ali", "they house", "she brother"; "this is mine book"; "its" and "it's".
  private func possessive(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let next = draft.word(index + 1)
    let owners = [
      "he": "his", "she": "her", "they": "their", "we": "our", "you": "your", "i": "my",
    ]
    let owned: Set<String> = Self.nameMotherFather
    if let right = owners[word], owned.contains(next),
      draft.tag(index + 2).isVerb || draft.word(index + 2) == "is"
        || [.stop, .in].contains(draft.tag(index + 2)) || draft.tag(index + 2).isNoun
    {
      if word == "you", ["book", "phone", "house", "name"].contains(next),
        draft.tag(index + 2) == .dt
      {
        return
      }
      guard word != "i" || next != "book",
        !(["book", "name", "house", "phone"].contains(next) && draft.tag(index + 1) == .vbp)
          || draft.word(index + 2) == "is"
      else { return }
      if QuestionShape.auxiliaries.contains(draft.word(index - 1)), index > 0 { return }
      draft.replace(index, right, .possessive)
    } else if Self.mineYoursHers.contains(word),
      draft.tag(index + 1) == .nn || draft.tag(index + 1) == .nns, index > 0,
      draft.tag(index - 1) == .in
        || Self.isWasAre.contains(draft.word(index - 1)),
      draft.tokens[index + 1].isWord
    {
      let right =
        ["mine": "my", "yours": "your", "hers": "her", "ours": "our", "theirs": "their"][word]
        ?? word
      draft.replace(index, right, .possessive)
    }
  }

  private static let absolute = [
    "my": "mine", "your": "yours", "our": "ours", "their": "theirs",
  ]
  private static let people: Set<String> = [
    "man", "men", "woman", "women", "boy", "boys", "girl", "girls", "person", "people", "friend",
    "friends", "teacher", "teachers", "student", "students", "doctor", "doctors", "child",
    "children", "brother", "sister", "someone", "somebody", "anyone", "everyone",
  ]

  private static let selves: Set<String> = [
    "myself", "yourself", "himself", "herself", "ourselves", "themselves",
  ]
  /// The tagger may read them as something else at the end of a sentence.
  private static let states: Set<String> = [
    "happy", "good", "bad", "tired", "sad", "lonely", "better", "ill",
  ]

  /// "I feel myself happy" → "I feel happy"; "I feel myself falling" is right.
  private func feelSelf(_ draft: inout Draft, _ index: Int) {
    guard ["feel", "feels", "felt"].contains(draft.word(index)),
      Self.selves.contains(draft.word(index + 1)),
      draft.tag(index + 2).isAdjective || Self.states.contains(draft.word(index + 2))
    else { return }
    draft.remove(index + 1, .fixedPhrase)
  }

  /// "That car is my." → "mine".
  private func ofWhom(_ draft: inout Draft, _ index: Int) {
    guard let right = Self.absolute[draft.word(index)],
      ["is", "are", "was", "were"].contains(draft.word(index - 1)),
      draft[index + 1].map({ [".", "!", ","].contains($0.text) }) ?? true
    else { return }
    draft.replace(index, right, .possessive)
  }

  /// "the man which lives here" → "who".
  private func which(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "which", Self.people.contains(draft.word(index - 1)),
      draft.tag(index + 1).isFiniteVerb || draft.tag(index + 1) == .md
    else { return }
    draft.replace(index, "who", .wordForm)
  }

  private func reflexive(_ draft: inout Draft, _ index: Int) {
    let wrong = [
      "hisself": "himself", "theirselves": "themselves", "theyselves": "themselves",
      "themself": "themselves", "ourself": "ourselves", "theirself": "themselves",
      "meself": "myself", "youself": "yourself",
    ]
    if let right = wrong[draft.word(index)] { draft.replace(index, right, .possessive) }
  }

  /// "My brother he is tall" → without he.
  private func doubledSubject(_ draft: inout Draft) {
    let start = draft.tokens.firstIndex(where: \.isWord) ?? 0
    guard
      draft.tag(start) == .prpPossessive || draft.word(start) == "the" || draft.tag(start) == .nnp,
      let subject = context.nounPhrase(draft, at: start), subject.range.count <= 4
    else { return }
    let place = subject.range.upperBound
    let pronoun = draft.word(place)
    guard ["he", "she", "it", "they"].contains(pronoun),
      draft.tag(place + 1).isFiniteVerb || draft.isAny(place + 1, Words.beFinite),
      (subject.number == .plural) == (pronoun == "they")
    else { return }
    let end = draft.tokens.suffix(from: place + 2)
    // "The book he bought is mine": a relative clause has a second verb.
    guard !end.contains(where: { $0.tag.isFiniteVerb }) else { return }
    let isBe = draft.isAny(place + 1, Words.beFinite.union(["has", "have", "'s", "can", "will"]))
    guard isBe || draft.count < place + 6 && draft.tag(place + 2) != .stop else { return }
    draft.remove(place, .doubledSubject)
  }
}
