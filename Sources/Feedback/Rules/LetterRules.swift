/// Contractions without apostrophe, words run together or torn apart, doubled words, short forms,
/// capital I and names.
struct LetterRules {
  private static let yearsYearDays: Set<String> = [
    "years", "year", "days", "day", "hours", "hour", "minutes", "people", "times", "months",
    "weeks", "students", "million", "percent",
  ]
  private static let speakInIs: Set<String> = [
    "speak", "in", "is", "am", "learn", "study",
  ]

  /// Words that may follow themselves.
  private static let mayDouble: Set<String> = [
    "had", "that", "very", "so", "no", "bye", "ha", "really", "many", "much", "never", "yes",
    "ok", "okay", "well", "please", "long", "now", "there", "blah", "is", "her", "hey", "wow",
    "knock",
    "more", "again", "far", "big", "old", "too", "on", "you", "do", "in", "he", "hahaha", "good",
    "oh",
  ]
  private static let titles: Set<String> = ["mr", "mrs", "ms", "dr"]

  let context: RuleContext
  let scope: TextScope

  func apply(_ draft: inout Draft) {
    let contractions = context.tables.pairs("contractions")
    let splits = context.tables.pairs("splits")
    let short = context.tables.pairs("short-forms")
    var index = 0
    while index < draft.count {
      let token = draft.tokens[index]
      if token.kind == .number { splitNumber(&draft, index) }
      guard token.isWord, !token.isShouted || token.lower.count > 3 else {
        index += 1
        continue
      }
      if let parts = contractions[token.lower], mayContract(draft, index) {
        draft.replace(index..<index + 1, with: pieces(parts), .contraction)
        for place in index + 1..<min(draft.count, index + pieces(parts).count) {
          draft.tokens[place].isGlued = true
        }
      } else if let parts = splits[token.lower] {
        draft.replace(index..<index + 1, with: pieces(parts), .splitWord)
        if parts.contains("n't") { draft.tokens[index + 1].isGlued = true }
      } else if scope.isEssay, let full = short[token.lower], token.text == token.lower {
        draft.replace(index, full, .shortForm)
      }
      index += 1
    }
    doubled(&draft)
    capitals(&draft)
  }

  func applyAfterSpelling(_ draft: inout Draft) {
    doubled(&draft)
    capitals(&draft)
  }

  private func pieces(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// `lets`, `wont` and `hes` are words too: only where the contraction is sure.
  private func mayContract(_ draft: Draft, _ index: Int) -> Bool {
    let next = draft.word(index + 1)
    switch draft.word(index) {
    case "lets":
      return index == 0 && context.morphology.isVerb(next) && !["me", "us"].contains(next)
    case "wont", "cant": return !["to"].contains(next)
    case "im", "ive", "hes", "shes": return !draft.tokens[index].isShouted
    case _: return true
    }
  }

  /// `12years` → `12 years`.
  private func splitNumber(_ draft: inout Draft, _ index: Int) {
    let text = draft.tokens[index].text
    let digits = text.prefix { $0.isNumber }
    let letters = text.dropFirst(digits.count).lowercased()
    let units: Set<String> = Self.yearsYearDays
    guard !digits.isEmpty, units.contains(letters) else { return }
    draft.replace(index..<index + 1, with: [String(digits), letters], .splitWord)
  }

  private func doubled(_ draft: inout Draft) {
    var index = 1
    while index < draft.count {
      let token = draft.tokens[index]
      let isSame = token.isWord && token.lower == draft.word(index - 1)
      let isPair = Self.mayDouble.contains(token.lower)
      if isSame, !isPair, !token.isCapitalised || token.lower == "i" {
        draft.remove(index, .doubledWord)
      } else {
        index += 1
      }
    }
  }

  private func capitals(_ draft: inout Draft) {
    let names = context.tables.list("proper-lowercase-words")
    let acronyms = context.tables.list("acronyms")
    for index in draft.tokens.indices where draft.tokens[index].isWord {
      let token = draft.tokens[index]
      if token.text == "i", !isLetterName(draft, index) {
        draft.replace(index, "I", .capitalI)
      } else if acronyms.contains(token.lower), !token.isShouted {
        draft.replace(index, token.lower.uppercased(), .capitalName)
      } else if names.contains(token.lower), token.text == token.lower {
        if isOrdinary(draft, index) { continue }
        draft.replace(index, token.text.capitalisedFirst, .capitalName)
      } else if Self.titles.contains(token.lower) {
        title(&draft, index)
      }
      placeOfTwoWords(&draft, index)
    }
  }

  /// "mr Brown", "mrs smith".
  private func title(_ draft: inout Draft, _ index: Int) {
    let name = draft.word(index + 1) == "." ? index + 2 : index + 1
    guard let next = draft[name], next.isWord else { return }
    if !next.isCapitalised {
      guard draft.word(index) != "dr", next.lower.count > 2 else { return }
      draft.replace(name, next.text.capitalisedFirst, .capitalName)
    }
    guard !draft.tokens[index].isCapitalised else { return }
    draft.replace(index, draft.tokens[index].text.capitalisedFirst, .capitalName)
  }

  /// "new york", "south Africa".
  private func placeOfTwoWords(_ draft: inout Draft, _ index: Int) {
    let pair = draft.word(index) + " " + draft.word(index + 1)
    guard context.tables.list("place-phrases").contains(pair) else { return }
    for place in index...index + 1 where !draft.tokens[place].isCapitalised {
      draft.replace(place, draft.tokens[place].text.capitalisedFirst, .capitalName)
    }
  }

  private func isLetterName(_ draft: Draft, _ index: Int) -> Bool {
    let around = [draft.word(index - 1), draft.word(index + 1)]
    return around.contains("letter") || around[1] == "." && draft.word(index + 2) == "e"
      || around[1] == ")"
  }

  /// March, May, polish, china and turkey are not always names.
  private func isOrdinary(_ draft: Draft, _ index: Int) -> Bool {
    let before = draft.word(index - 1)
    switch draft.word(index) {
    case "polish": return !Self.speakInIs.contains(before)
    case "turkey": return !["in", "to", "from"].contains(before)
    case "march", "may":
      return !["in", "since", "until", "till", "last", "next"].contains(before)
        || draft.word(index + 1) == "of"
    case "china": return ["bone", "fine", "the"].contains(before)
    case "easter", "google": return before == "to"
    case _: return false
    }
  }
}
