/// Unknown words, and what was probably meant.
struct SpellingRule {
  /// A word of the subtitles that no dictionary has (a name, slang) is only corrected when its
  /// neighbour is this many times more frequent.
  private static let neighbourTimes = 60
  /// The least score of a correction that may be shown; chat wants more than an essay.
  private static let scoreMinEssay: Float = -4
  private static let scoreMinChat: Float = -1
  /// In a chat an unknown word is not turned into one that hardly anybody uses.
  private static let countMinChat = 60
  private static let wordsMax = 200
  /// Of what a word of two or three letters may stand for in a chat: "teh" for "the".
  private static let countMinShort = 1_000_000
  private static let shortLettersMax = 6
  /// After them an unknown word is rather a name than a misspelling.
  private static let beforeNames: Set<String> = [
    "friend", "brother", "sister", "cousin", "son", "daughter", "wife", "husband", "uncle", "aunt",
    "boss", "neighbour", "neighbor", "colleague", "classmate", "called", "named", "mr", "mrs",
    "ms", "dr",
  ]
  private static let greetings: Set<String> = ["hello", "hi", "hey", "dear"]
  /// "hello evryone": of everyday words.
  private static let frequentCountMin = 50_000

  private static let beforeDates: Set<String> = [
    "on", "in", "every", "last", "next", "this", "since", "until", "till", "by", "from", "to",
    "and", "or", "each", "of",
  ]
  private static let calendar = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "september", "october", "november", "december",
  ]

  let context: RuleContext
  let scope: TextScope

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count, index < Self.wordsMax {
      correct(&draft, index)
      index += 1
    }
  }

  private func correct(_ draft: inout Draft, _ index: Int) {
    if let name = name(draft, index) {
      draft.replace(index, name, .capitalName)
    } else if let date = calendarName(draft, index) {
      draft.replace(index, date, .spelling)
    } else if isCandidate(draft.tokens[index], draft, index),
      let form = context.morphology.comparisonMeant(by: draft.word(index))
    {
      draft.replace(index, form, .wordForm)
    } else if let correction = correction(draft, index) {
      let words = correction.split(separator: " ").map(String.init)
      if words.count == 1 {
        draft.replace(index, correction, .spelling)
      } else {
        draft.replace(index..<index + 1, with: words, .splitWord)
      }
    }
  }

  /// A word that dictionaries have with a capital only, unless it is rather a misspelling.
  private func name(_ draft: Draft, _ index: Int) -> String? {
    let token = draft.tokens[index]
    let capital = token.lower.capitalisedFirst
    guard token.text == token.lower, isCandidate(token, draft, index) else { return nil }
    if isIntroduced(draft, index) { return capital }
    guard token.lower.count > 3, let entry = context.speller.words[token.lower],
      entry.mark == .capitalised,
      context.speller.dictionaries.accept(capital)
    else { return nil }
    if isNamePlace(draft, index) { return capital }
    let rival = context.speller.corrections(token.lower).first { $0.edits < 2 }
    return rival?.count ?? 0 < entry.count * Self.neighbourTimes ? capital : nil
  }

  /// "my brother ali", "I am from gilan".
  private func isNamePlace(_ draft: Draft, _ index: Int) -> Bool {
    draft.isAny(index - 1, Self.beforeNames)
      || draft.word(index - 1) == "me" && draft.isAny(index - 2, ["call", "calls", "called"])
      || draft.word(index - 1) == "from" && Words.beForms.contains(draft.word(index - 2))
  }

  /// "my name is behnaz"
  private func isIntroduced(_ draft: Draft, _ index: Int) -> Bool {
    draft.word(index - 2) == "name" && draft.isAny(index - 1, ["is", "'s"])
  }

  /// In a chat many unknown words are words of the writer's own language, names and short forms:
  /// "eid", "mantu", "toman" are not "ed", "man" and "to man".
  private func isDoubtful(_ best: Speller.Correction, for word: String) -> Bool {
    if word.count < 4 { return best.count < Self.countMinShort }
    if best.edits > 1, word.count <= Self.shortLettersMax {
      return best.text.count < word.count || best.count < 2_000 && word.count < 6
    }
    let parts = best.text.split(separator: " ")
    return parts.count > 1 && parts.contains { $0.count < 3 }
  }

  /// Whether a word that nobody knows is left alone where a name may stand.
  private func isRatherName(_ draft: Draft, _ index: Int, _ best: Speller.Correction) -> Bool {
    if draft.isAny(index - 1, Self.greetings) {
      return best.edits > 1 || best.count < Self.frequentCountMin
    }
    return isNamePlace(draft, index) && (best.edits > 1 || !context.morphology.isVerb(best.text))
  }

  /// "on Wensday", "in febuary": with its capital it would pass for somebody's name.
  private func calendarName(_ draft: Draft, _ index: Int) -> String? {
    let token = draft.tokens[index]
    let word = token.lower
    guard token.isWord, token.edit == nil, draft.isAny(index - 1, Self.beforeDates),
      !context.speller.isKnown(word), !context.speller.dictionaries.accept(token.text)
    else { return nil }
    return Self.calendar.first {
      word.first == $0.first && word.last == $0.last
        && context.speller.isNear(word, $0, editsMax: $0.count > 7 ? 2 : 1)
    }?.capitalisedFirst
  }

  private func correction(_ draft: Draft, _ index: Int) -> String? {
    let token = draft.tokens[index]
    let word = token.lower
    guard isCandidate(token, draft, index) else { return nil }
    let known = context.tables.pairs("irregular-nouns-wrong")[word]
    if known != nil || context.tables.pairs("irregular-verbs-wrong")[word] != nil { return nil }
    if let meant = context.tables.pairs("misspellings")[word] { return meant }
    guard let best = context.speller.corrections(word).first, !isRatherName(draft, index, best)
    else { return nil }
    let isInitial = isInitial(draft, index)
    let least = scope.isEssay ? Self.scoreMinEssay : Self.scoreMinChat
    guard best.score >= least, scope.isEssay || best.count >= Self.countMinChat else { return nil }
    if token.isCapitalised, isInitial, best.edits > 1 || best.count < 1_000, word.count < 7 {
      return nil
    }
    if let entry = context.speller.words[word], entry.mark != .correct,
      best.count < entry.count * Self.neighbourTimes
    {
      return nil
    }
    if !scope.isEssay, isDoubtful(best, for: word) { return nil }
    return token.isShouted ? best.text.uppercased() : best.text
  }

  private func isInitial(_ draft: Draft, _ index: Int) -> Bool {
    !draft.tokens[..<index].contains { $0.isWord || $0.kind == .number }
      || ["\"", "``", "\u{201C}", ":"].contains(draft.word(index - 1))
  }

  private func isCandidate(_ token: Token, _ draft: Draft, _ index: Int) -> Bool {
    let word = token.lower
    guard token.isWord, token.edit == nil, word.utf8.count > 2, !word.contains("'"),
      word.utf8.allSatisfy({ $0 < 0x80 })
    else { return false }
    if scope.isShouted || token.isShouted && word.utf8.count < 6 { return false }
    if scope.names.contains(word) { return false }
    if token.isCapitalised, !isInitial(draft, index), !token.isShouted { return false }
    if word.contains("-") { return false }
    if context.speller.isKnown(word) || context.tables.list("known-words").contains(word) {
      return false
    }
    return !isStretched(word) && !context.speller.dictionaries.accept(token.text)
  }

  /// `soooo`, `hahaha`, `mmm`: said, not misspelt.
  private func isStretched(_ word: String) -> Bool {
    let letters = Array(word.utf8)
    for index in letters.indices.dropFirst(2)
    where letters[index] == letters[index - 1] && letters[index] == letters[index - 2] {
      return true
    }
    return Set(letters).count <= 2 || word.hasPrefix("haha")
  }
}
