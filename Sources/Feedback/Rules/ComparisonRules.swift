/// Comparing: more and most, than, and how one feels.
struct ComparisonRules: RuleFamily {
  private static let otherRatherMore: Set<String> = [
    "other", "rather", "more", "less", "different", "such",
  ]
  private static let amMWas: Set<String> = [
    "am", "'m", "was", "feel", "felt", "get", "got",
  ]
  private static let weTheyHe: Set<String> = [
    "we", "they", "he", "she", "students",
  ]
  private static let areIsWas: Set<String> = [
    "are", "is", "was", "were", "feel", "felt", "'re",
  ]
  private static let withAboutBy: Set<String> = [
    "with", "about", "by", "because", "of", "at",
  ]
  private static let bookFilmMovie: Set<String> = [
    "book", "film", "movie", "lesson", "story", "game", "class", "match", "it", "this", "job",
    "work", "subject", "trip", "party", "show", "news", "lecture", "course",
  ]
  private static let inByAbout: Set<String> = [
    "in", "by", "about", "with", "of",
  ]
  private static let boredInterestedExcited: Set<String> = [
    "bored", "interested", "excited", "surprised", "confused",
  ]
  private static let aAnVery: Set<String> = [
    "a", "an", "very", "the", "really",
  ]
  private static let bookFilmMovieStory: Set<String> = [
    "book", "film", "movie", "story", "game", "lesson", "thing", "job", "news", "party", "trip",
    "place", "subject", "topic", "question", "life", "match", "idea",
  ]

  private static let doing: Set<String> = [
    "drive", "speak", "work", "write", "sing", "dance", "play", "read", "walk", "talk", "learn",
    "study", "listen", "move", "answer", "explain", "swim", "sleep", "act", "behave",
  ]
  private static let manners: Set<String> = [
    "careful", "quick", "slow", "quiet", "clear", "beautiful", "polite", "easy", "happy",
    "careless", "fluent", "bad", "dangerous", "serious", "regular", "correct", "patient", "kind",
  ]

  let context: RuleContext

  private static let feelings = [
    "boring": "bored", "interesting": "interested", "exciting": "excited", "tiring": "tired",
    "confusing": "confused", "surprising": "surprised", "frightening": "frightened",
    "disappointing": "disappointed", "embarrassing": "embarrassed", "annoying": "annoyed",
  ]
  private static let things = [
    "interested": "interesting", "bored": "boring", "excited": "exciting", "tired": "tiring",
    "confused": "confusing", "surprised": "surprising",
  ]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        doubled(&draft, index)
        asAs(&draft, index)
        irregular(&draft, index)
        degree(&draft, index)
        than(&draft, index)
        feeling(&draft, index)
      }
      index += 1
    }
  }

  private func doubled(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    let next = draft.word(index + 1)
    guard ["more", "most"].contains(word), draft[index + 1]?.isWord ?? false else {
      positive(&draft, index)
      return
    }
    if word == "most", draft.word(index + 2) == "than", draft.tag(index + 1).isAdjective {
      draft.replace(index, "more", .comparative)
      return
    }
    if word == "more", carefully(&draft, index) { return }
    if let base = context.morphology.compared(next), next != "more", next != "most", next != "less",
      next != "little", next != "later"
    {
      if context.morphology.comparative(base) == next {
        if word == "more" {
          draft.remove(index, .comparative)
        } else if let best = context.morphology.superlative(base) {
          draft.replace(index..<index + 2, with: [best], .superlative)
        }
      } else {
        draft.remove(index, .superlative)
      }
      return
    }
    let simple = context.tables.list("one-syllable-adjectives")
    // "more sad than angry" compares two words for one thing.
    let isEither =
      draft.word(index + 2) == "than" && draft.tag(index + 3).isAdjective
      && !(draft[index + 4]?.isWord ?? false)
    guard simple.contains(next) || ["good", "bad", "far"].contains(next), !isEither,
      !draft.tag(index + 2).isNoun || Words.times.contains(draft.word(index + 2))
        || word == "most" && draft.word(index - 1) == "the"
        || draft.word(index - 1) == "a"
    else { return }
    if word == "more" {
      // "more hot water" is not about heat.
      guard let form = context.morphology.comparative(next), draft.word(index + 2) != "and" else {
        return
      }
      if next == "good", draft.tag(index + 2).isNoun { return }
      draft.replace(index..<index + 2, with: [form], .comparative)
    } else if draft.word(index - 1) == "the" || Words.possessives.contains(draft.word(index - 1)),
      let form = context.morphology.superlative(next)
    {
      draft.replace(index..<index + 2, with: [form], .superlative)
    }
  }

  /// "He drives more careful than" → "more carefully": after a verb of doing.
  private func carefully(_ draft: inout Draft, _ index: Int) -> Bool {
    let adjective = draft.word(index + 1)
    guard let verb = context.morphology.lemma(draft.word(index - 1), as: [.base, .third, .past]),
      Self.doing.contains(verb), Self.manners.contains(adjective),
      !draft.tag(index + 2).isNoun
    else { return false }
    let adverb = adjective.hasSuffix("y") ? adjective.dropLast() + "ily" : adjective + "ly"
    draft.replace(index + 1, String(adverb), .adverb)
    return true
  }

  private static let irregularForms = [
    "farer": "farther", "gooder": "better", "goodest": "best", "badder": "worse",
    "baddest": "worst",
    "worser": "worse", "worsest": "worst", "bestest": "best",
  ]

  private func irregular(_ draft: inout Draft, _ index: Int) {
    guard let right = Self.irregularForms[draft.word(index)] else { return }
    draft.replace(index, right, .wordForm)
  }

  /// "fastest than" → "faster than", "the taller in the class" → "the tallest in".
  private func degree(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard let base = context.morphology.compared(word) else { return }
    let comparative = context.morphology.comparative(base)
    if comparative != word, draft.word(index + 1) == "than", let comparative {
      draft.replace(index, comparative, .comparative)
    } else if comparative == word, word != "better", draft.word(index - 1) == "the",
      Words.beForms.contains(draft.word(index - 2)),
      let superlative = context.morphology.superlative(base)
    {
      // "the bigger city in Turkey", but not "the older brother in the family".
      let hasNoun = draft.tag(index + 1).isNoun && word != "older" && word != "younger"
      let place = hasNoun ? index + 2 : index + 1
      let isOfAll =
        draft.word(place) == "of"
        && (draft.word(place + 1) == "all"
          || Words.numbers.contains(draft.word(place + 2)) && draft.word(place + 2) != "two"
          || ["my", "his", "her", "our", "their", "the"].contains(draft.word(place + 1))
            && ["life", "lives", "year", "week", "month", "day"].contains(draft.word(place + 2)))
      guard isOfAll || draft.word(place) == "in",
        isOfAll || ["the", "my", "our", "his", "her", "their"].contains(draft.word(place + 1))
          || hasNoun && draft.tag(place + 1).isName
      else { return }
      draft.replace(index, superlative, .superlative)
    }
  }

  /// "as taller as" → "as tall as"; "not so old like my cousin" → "as my cousin".
  private func asAs(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index + 1)
    let isSo = draft.word(index) == "so" && draft.isAny(index - 1, ["not", "n't"])
    if isSo || draft.word(index) == "as", draft.word(index + 2) == "like",
      context.morphology.classes(word).contains(.commonAdjective)
    {
      draft.replace(index + 2, "as", .comparative)
      return
    }
    guard draft.word(index) == "as", draft.word(index + 2) == "as",
      draft.word(index + 3) != "well",
      let base = context.morphology.compared(word),
      context.morphology.comparative(base) == word, !["better", "worse", "more"].contains(word)
    else { return }
    draft.replace(index + 1, base, .comparative)
  }

  /// "She is tall than me" → taller than; "beautifuler" → more beautiful.
  private func positive(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    if draft.word(index + 1) == "than", draft.tag(index).isAdjective,
      !Self.otherRatherMore.contains(word)
    {
      let simple = context.tables.list("one-syllable-adjectives")
      guard !draft.isAny(index - 1, ["more", "less", "much", "worse", "as", "better", "rather"])
      else { return }
      if simple.contains(word) || ["good", "bad", "tall"].contains(word),
        let form = context.morphology.comparative(word),
        !draft.tokens[..<index].contains(where: { ["more", "rather", "less"].contains($0.lower) })
      {
        draft.replace(index, form, .comparative)
      } else if context.morphology.classes(word).contains(.commonAdjective),
        !context.morphology.classes(word).contains(.compares),
        context.morphology.compared(word) == nil, Words.beForms.contains(draft.word(index - 1))
      {
        draft.insert("more", at: index, .comparative)
      }
    }
    if word == "very", let base = context.morphology.compared(draft.word(index + 1)),
      context.morphology.comparative(base) == draft.word(index + 1),
      draft.tag(index + 1) == .jjr || draft.tag(index + 1) == .rbr, draft.word(index + 1) != "less"
    {
      draft.replace(index, "much", .comparative)
    }
  }

  private func than(_ draft: inout Draft, _ index: Int) {
    if draft.word(index) == "than", draft.word(index - 2) == "as",
      context.morphology.classes(draft.word(index - 1)).contains(.commonAdjective)
    {
      draft.replace(index, "as", .comparative)
      return
    }
    let word = draft.word(index)
    if ["then", "that", "from", "as"].contains(word) {
      let before = draft.word(index - 1)
      let isComparative =
        context.morphology.compared(before).map { context.morphology.comparative($0) == before }
        ?? false
      let isMore =
        ["more", "less", "rather", "other"].contains(before)
        || index > 1 && ["more", "less"].contains(draft.word(index - 2))
          && draft.tag(index - 1).isAdjective
      let isAlone =
        ["that", "as"].contains(word) && isThingAlone(draft, index + 1, isMore: isMore)
      guard isComparative || isMore, before != "later", word != "as" || isComparative,
        word == "then" || isMore && isAlone
          || isComparative
            && (Words.objectPronouns.contains(draft.word(index + 1))
              || draft.isAny(index + 1, ["mine", "yours", "yesterday"])
              || isAlone)
      else { return }
      if word == "then" && before == "other" && draft.tag(index + 1) == .prp { return }
      if word == "then", draft.word(index + 1) == "," || index + 1 >= draft.count { return }
      draft.replace(index, "than", .thanThen)
    }
  }

  /// "bigger that Madrid.", "older that my car.": nothing happens in what follows.
  private func isThingAlone(_ draft: Draft, _ index: Int, isMore: Bool) -> Bool {
    let isSure =
      draft.tag(index).isName || Words.possessives.contains(draft.word(index))
      || isMore && draft.tag(index) == .nn && !Words.timeUnits.contains(draft.word(index))
        && !["way", "time", "morning", "evening", "night", "summer", "winter"]
          .contains(draft.word(index))
    guard isSure, let thing = context.nounPhrase(draft, at: index) else { return false }
    return !(draft[thing.range.upperBound]?.isWord ?? false)
  }

  /// "I am boring", "the film is interested".
  private func feeling(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    var before = index - 1
    while Words.degree.contains(draft.word(before)) || draft.isAny(before, ["not", "n't"])
      || Words.midAdverbs.contains(draft.word(before))
    { before -= 1 }
    if let right = Self.feelings[word],
      draft.word(index + 1) == "in" && word == "interesting"
        || ["i"].contains(draft.word(before - 1))
          && Self.amMWas.contains(draft.word(before))
        || Self.weTheyHe.contains(draft.word(before - 1))
          && Self.areIsWas.contains(draft.word(before))
          && Self.withAboutBy.contains(draft.word(index + 1))
    {
      if draft.tag(index + 1).isNoun || draft.tag(index + 1) == .dt || draft.tag(index + 1) == .prp
      {
        return
      }
      draft.replace(index, right, .feeling)
    } else if let right = Self.things[word], ["is", "was", "'s"].contains(draft.word(before)),
      Self.bookFilmMovie.contains(draft.word(before - 1)),
      !Self.inByAbout.contains(draft.word(index + 1))
    {
      draft.replace(index, right, .feeling)
    } else if let right = Self.things[word],
      Self.boredInterestedExcited.contains(word),
      draft.tag(index + 1) == .nn,
      Self.aAnVery.contains(draft.word(index - 1)),
      Self.bookFilmMovieStory.contains(draft.word(index + 1))
    {
      draft.replace(index, right, .feeling)
    }
  }
}
