/// Articles where they are sure: jobs, set places, languages, superlatives.
struct ArticleRules: RuleFamily {
  private static let amIsWas: Set<String> = [
    "am", "is", "was", "'m", "'s",
  ]
  private static let presidentKingQueen: Set<String> = [
    "president", "king", "queen", "head", "captain",
  ]
  private static let playPlaysPlayed: Set<String> = [
    "play", "plays", "played", "playing", "watch", "like", "likes", "love", "loves",
  ]
  private static let haveHasHad: Set<String> = [
    "have", "has", "had", "eat", "eats", "ate", "for", "cook", "after", "before",
  ]
  private static let englishFrenchSpanish: Set<String> = [
    "english", "french", "spanish", "german", "arabic", "persian", "italian", "chinese", "japanese",
    "russian",
  ]
  private static let speakSpeaksLearn: Set<String> = [
    "speak", "speaks", "learn", "learning", "study", "studying", "know", "speaking", "spoke",
    "understand",
  ]
  private static let haveHasHadVe: Set<String> = [
    "have", "has", "had", "'ve", "got",
  ]
  private static let headacheFeverCold: Set<String> = [
    "headache", "fever", "cold", "cough", "stomachache", "toothache", "question", "problem", "dog",
    "cat", "brother", "sister", "car", "idea", "bike", "bicycle", "job", "dream", "son", "daughter",
    "house", "meeting", "appointment",
  ]
  private static let cinemaParkBeach: Set<String> = [
    "cinema", "park", "beach", "supermarket", "airport", "library", "gym", "market", "doctor",
    "dentist", "bank", "hospital", "zoo", "mosque", "museum", "restaurant", "station",
  ]
  private static let goGoesWent: Set<String> = [
    "go", "goes", "went", "going", "come", "walk", "walked", "drive",
  ]
  private static let isWasAre: Set<String> = [
    "is", "was", "are", "am", "'s", "'m",
  ]
  private static let bestBiggestTallest: Set<String> = [
    "best", "biggest", "tallest", "oldest", "youngest", "smallest", "largest", "fastest",
    "cheapest", "longest", "highest", "worst", "richest",
  ]
  private static let guitarPianoViolin: Set<String> = [
    "guitar", "piano", "violin", "drums", "flute",
  ]
  private static let theThisThat: Set<String> = [
    "the", "this", "that", "these", "those", "all", "very", "much", "just", "one", "exactly", "of",
    "and",
  ]
  private static let personIdeaPlace: Set<String> = [
    "person", "idea", "place", "city", "country", "student", "teacher", "girl", "boy", "man",
    "woman", "book", "film", "movie", "problem", "day", "way", "car", "house", "friend", "story",
    "job", "question", "language", "town", "thing", "reason", "game", "example", "family", "doctor",
    "child", "mistake", "company", "group", "animal", "method", "opportunity", "experience",
  ]
  private static let otherOwnNext: Set<String> = [
    "other", "own", "next", "only", "more", "no", "much",
  ]
  private static let thatBecauseThink: Set<String> = [
    "that", "because", "think", "and", "but",
  ]
  private static let lifeNatureHappiness: Set<String> = [
    "life", "nature", "happiness", "society", "love", "money", "health", "education", "time",
    "friendship", "freedom", "technology", "music", "war", "peace", "death", "success", "poverty",
    "pollution", "knowledge", "honesty", "patience",
  ]
  private static let timeMoneyMusic: Set<String> = [
    "time", "money", "music", "war", "death", "education",
  ]

  let context: RuleContext

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        job(&draft, index)
        extra(&draft, index)
        missing(&draft, index)
        generic(&draft, index)
      }
      index += 1
    }
  }

  /// "He is engineer", "my father is very good doctor", "I am student".
  private func job(_ draft: inout Draft, _ index: Int) {
    let isBe =
      Self.amIsWas.contains(draft.word(index))
      || draft.word(index) == "be" && draft.isAny(index - 1, ["to", "will"])
      || draft.word(index) == "become" || draft.word(index) == "became"
    guard isBe else { return }
    var noun = index + 1
    if draft.isAny(noun, ["not", "also"]) { noun += 1 }
    let first = noun
    while draft.tag(noun).isAdjective, noun < first + 2,
      !context.tables.list("jobs").contains(draft.word(noun))
    { noun += 1 }
    let isCompound =
      draft.tag(noun).isNoun && context.tables.list("jobs").contains(draft.word(noun + 1))
    if isCompound { noun += 1 }
    guard context.tables.list("jobs").contains(draft.word(noun)),
      draft.tokens[first...noun].allSatisfy(\.isWord)
    else { return }
    let next = draft.tag(noun + 1)
    guard
      next == .stop || next == .comma || next == .in || next == .cc || next == .rb
        || noun + 1 >= draft.count || next == .wp,
      draft.word(noun + 1) != "of" || draft.word(noun) != "president"
    else { return }
    if draft.tag(index - 1).isNoun, draft.word(index) == "'s" { return }
    if context.isPlural(draft, noun)
      || Self.presidentKingQueen.contains(draft.word(noun))
    {
      return
    }
    let article = Vowels.wantsAn(draft.tokens[first].text) ?? false ? "an" : "a"
    draft.insert(article, at: first, .articleMissing)
  }

  /// "play the football", "go to the bed", "the English is", "in the Italy".
  private func extra(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "the" else { return }
    let next = draft.word(index + 1)
    let before = draft.word(index - 1)
    let after = draft.tag(index + 2)
    let games = context.tables.list("games")
    if games.contains(next),
      Self.playPlaysPlayed.contains(
        before), !after.isNoun, after != .wdt
    {
      draft.remove(index, .articleExtra)
    } else if context.tables.list("countries").contains(next), !after.isNoun, !after.isAdjective,
      after != .pos, !["republic", "kingdom"].contains(draft.word(index + 2))
    {
      draft.remove(index, .articleExtra)
    } else if ["breakfast", "lunch", "dinner"].contains(next),
      Self.haveHasHad.contains(
        before), after == .stop || after == .in || after == .rb || index + 2 >= draft.count
    {
      draft.remove(index, .articleExtra)
    } else if Words.possessives.contains(next), next != "her", after.isNoun || after.isAdjective {
      draft.remove(index, .articleExtra)
    } else if next == "bed", before == "to",
      ["go", "goes", "went", "going"].contains(draft.word(index - 2))
    {
      draft.remove(index, .articleExtra)
    } else if Self.englishFrenchSpanish.contains(next),
      Self.speakSpeaksLearn.contains(before), !after.isNoun, !after.isAdjective,
      after != .in || draft.word(index + 2) == "in"
    {
      draft.remove(index, .articleExtra)
    } else if Words.days.contains(next), before == "on", !after.isNoun,
      draft.word(index + 2) != "of", draft.word(index + 2) != "after",
      draft.word(index + 2) != "before"
    {
      draft.remove(index, .articleExtra)
    }
  }

  /// "have headache", "go to cinema", "in morning" are handled here or among the phrases; "is best
  /// student".
  private func missing(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let next = draft.word(index + 1)
    let after = draft.tag(index + 2)
    if Self.haveHasHadVe.contains(word),
      Self.headacheFeverCold.contains(next), !after.isNoun, draft.word(index + 2) != "-"
    {
      draft.insert(Vowels.wantsAn(next) ?? false ? "an" : "a", at: index + 1, .articleMissing)
    } else if word == "to",
      Self.cinemaParkBeach.contains(next),
      Self.goGoesWent.contains(
        draft.word(index - 1)), !after.isNoun
    {
      if next == "restaurant" {
        draft.insert("a", at: index + 1, .articleMissing)
      } else {
        draft.insert("the", at: index + 1, .articleMissing)
      }
    } else if Self.isWasAre.contains(word),
      Self.bestBiggestTallest.contains(next),
      after == .nn || after == .nns || draft.word(index + 2) == "in" && next != "best"
        || after == .in && draft.word(index + 2) == "of", draft.word(index + 3) != "'s"
    {
      draft.insert("the", at: index + 1, .articleMissing)
    } else if word == "play", Self.guitarPianoViolin.contains(next),
      !after.isNoun
    {
      draft.insert("the", at: index + 1, .articleMissing)
    } else if word == "in",
      ["usa", "uk", "netherlands", "philippines"].contains(next) || word == "in" && next == "united"
    {
      draft.insert("the", at: index + 1, .articleMissing)
    } else if word == "same",
      !Self.theThisThat.contains(draft.word(index - 1)),
      !Words.possessives.contains(draft.word(index - 1)),
      draft.tag(index + 1).isNoun, index > 0,
      draft.tag(index - 1) == .in || draft.tag(index - 1).isVerb
    {
      draft.insert("the", at: index, .articleMissing)
    } else if word == "such", draft.tag(index + 1).isAdjective, draft.tag(index + 2) == .nn,
      context.isCountable(draft.word(index + 2)), !draft.tag(index + 3).isNoun,
      draft.word(index + 1) != "other", !draft.isAny(index - 1, ["no", "any", "one", "as"])
    {
      draft.insert(Vowels.wantsAn(next) ?? false ? "an" : "a", at: index + 1, .articleMissing)
    } else if ["is", "was", "'s"].contains(word),
      draft.tag(index + 1).isAdjective
        || Words.degree.contains(next) && draft.tag(index + 2).isAdjective
    {
      complement(&draft, index)
    }
  }

  /// "It is good idea", "she is very kind person": a sure countable noun at the end.
  private func complement(_ draft: inout Draft, _ index: Int) {
    var noun = index + 1
    while draft.tag(noun).isAdjective || Words.degree.contains(draft.word(noun)) { noun += 1 }
    let sure: Set<String> = Self.personIdeaPlace
    guard draft.tag(noun) == .nn, sure.contains(draft.word(noun)), noun <= index + 3,
      !draft.tag(noun + 1).isNoun, draft.tag(noun + 1) != .pos
    else { return }
    let subject = draft.word(index - 1)
    guard
      Words.thirdPronouns.contains(subject) || ["this", "that"].contains(subject)
        || draft.tag(index - 1) == .nnp
        || draft.tag(index - 1) == .nn && draft.tag(index - 2) == .prpPossessive,
      draft.word(index + 1) != "same", draft.word(index + 1) != "last",
      draft.word(index + 1) != "first", draft.tag(index + 1) != .jjs
    else { return }
    if Self.otherOwnNext.contains(draft.word(index + 1)) {
      return
    }
    if QuestionShape.auxiliaries.contains(draft.word(index - 2)) && draft.word(index) != "is" {
      return
    }
    let article = Vowels.wantsAn(draft.tokens[index + 1].text) ?? false ? "an" : "a"
    draft.insert(article, at: index + 1, .articleMissing)
  }

  /// "The life is hard": general words that take no article when the sentence is about them in
  /// general.
  private func generic(_ draft: inout Draft, _ index: Int) {
    guard draft.word(index) == "the",
      index == 0
        || draft.isAny(index - 1, Self.thatBecauseThink)
          && draft.word(index - 2) != "of"
    else { return }
    let nouns: Set<String> = Self.lifeNatureHappiness
    guard nouns.contains(draft.word(index + 1)), ["is", "are"].contains(draft.word(index + 2))
    else { return }
    let tag = draft.tag(index + 3)
    let isGeneral = tag.isAdjective || tag == .rb || tag == .dt
    guard isGeneral,
      !Self.timeMoneyMusic.contains(draft.word(index + 1))
        || draft.isAny(index + 3, ["very", "money", "important"]) && draft.word(index + 1) != "time"
    else { return }
    draft.remove(index, .articleExtra)
  }
}

extension Words {
  static let days: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
