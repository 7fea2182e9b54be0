/// Prepositions of time: with days, months and hours, and how long something has gone on.
struct TimeRules: RuleFamily {
  private static let morningAfternoonEvening: Set<String> = [
    "morning", "afternoon", "evening", "night", "mornings",
  ]
  private static let weekMonthYear: Set<String> = [
    "week", "month", "year", "summer", "winter", "night", "weekend", "day", "morning", "evening",
  ]
  private static let oclockOclockPm: Set<String> = [
    "o'clock", "oclock", "pm", "am", "p.m", "a.m", "p.m.", "a.m.",
  ]
  private static let haveHasVe: Set<String> = [
    "have", "has", "'ve", "had", "been",
  ]
  private static let aboutAroundAlmost: Set<String> = [
    "about", "around", "almost", "over", "more", "than",
  ]
  private static let manySeveralA: Set<String> = [
    "many", "several", "a", "some", "few",
  ]
  /// What one is at for years; of shorter times a plan may be told.
  private static let lasting: Set<String> = [
    "living", "working", "learning", "teaching", "playing",
  ]
  private static let amIsAre: Set<String> = [
    "am", "is", "are", "'m", "'re",
  ]

  let context: RuleContext

  private static let days: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays",
    "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays",
  ]
  private static let months: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let seasons: Set<String> = ["summer", "winter", "spring", "autumn"]

  func apply(_ draft: inout Draft) {
    var index = 0
    while index < draft.count {
      if draft.tokens[index].isWord {
        time(&draft, index)
        since(&draft, index)
      }
      index += 1
    }
  }

  // MARK: Times

  private func time(_ draft: inout Draft, _ index: Int) {
    let word = draft.word(index)
    guard ["in", "on", "at"].contains(word) else { return }
    var place = index + 1
    let hasArticle = draft.word(place) == "the"
    if hasArticle { place += 1 }
    let next = draft.word(place)
    let after = draft.word(place + 1)
    if Self.days.contains(next), word != "on", !hasArticle {
      if next.hasSuffix("s") || !draft.tag(place + 1).isNoun
        || Self.morningAfternoonEvening.contains(after)
      {
        draft.replace(index, "on", .timePreposition)
      }
    } else if Self.months.contains(next), word != "in",
      next != "may" && next != "march" || draft.tokens[place].isCapitalised || next == "march"
    {
      if draft.tag(place + 1) == .cd || draft[place + 1]?.kind == .number {
        let isYear = (Int(after) ?? 0) > 31
        if isYear, word != "in" {
          draft.replace(index, "in", .timePreposition)
        } else if !isYear, word != "on" {
          draft.replace(index, "on", .timePreposition)
        }
      } else if !draft.tag(place + 1).isNoun || after == "." {
        draft.replace(index, "in", .timePreposition)
      }
    } else if Self.months.contains(next), word == "in", let day = draft[place + 1],
      day.kind == .number, let number = Int(day.text.prefix { $0.isNumber }), number <= 31,
      !hasArticle
    {
      draft.replace(index, "on", .timePreposition)
    } else if hasArticle, word != "on", next.first?.isNumber ?? false, after == "of",
      Self.months.contains(draft.word(place + 2))
    {
      draft.replace(index, "on", .timePreposition)
    } else if let day = Int(next.prefix { $0.isNumber }), day > 0, day <= 31,
      Self.months.contains(after), word != "on", !hasArticle
    {
      draft.replace(index, "on", .timePreposition)
    } else if let year = Int(next), year >= 1_000, year < 2_100, next.count == 4, word != "in",
      !hasArticle
    {
      draft.replace(index, "in", .timePreposition)
    } else {
      dayPart(&draft, index, place, hasArticle: hasArticle)
    }
  }

  /// Hours, seasons, and words for a time that take no preposition.
  private func dayPart(_ draft: inout Draft, _ index: Int, _ place: Int, hasArticle: Bool) {
    let word = draft.word(index)
    let next = draft.word(place)
    let after = draft.word(place + 1)
    if word != "at", !hasArticle, isClock(draft, place) {
      draft.replace(index, "at", .timePreposition)
    } else if Self.seasons.contains(next), word != "in", draft.tag(place + 1) != .nn {
      draft.replace(index, "in", .timePreposition)
    } else if ["midnight", "noon"].contains(next), word != "at", !hasArticle {
      draft.replace(index, "at", .timePreposition)
    } else if ["last", "next", "every"].contains(next), !hasArticle,
      Self.weekMonthYear.contains(after) || Self.days.contains(after), !draft.tag(place + 2).isNoun
    {
      draft.remove(index, .timePreposition)
    } else if ["yesterday", "tomorrow", "today"].contains(next), !hasArticle, after != "'s",
      draft.tag(place + 1) != .nn || ["morning", "night", "evening", "afternoon"].contains(after)
    {
      draft.remove(index, .timePreposition)
    } else if next == "birthday" || draft.tag(place) == .prpPossessive && after == "birthday",
      word != "on", draft.tag(place) == .prpPossessive, draft.tag(place + 2) != .nn,
      word == "in" || word == "at"
    {
      draft.replace(index, "on", .timePreposition)
    } else if ["home"].contains(next), word == "in", !hasArticle, draft.tag(place + 1) != .nn,
      !draft.isAny(place + 1, ["-"])
    {
      draft.replace(index, "at", .preposition)
    }
  }

  /// 7 o'clock, 8 pm, half past six, 7:30.
  private func isClock(_ draft: Draft, _ place: Int) -> Bool {
    let word = draft.word(place)
    let next = draft.word(place + 1)
    if Self.oclockOclockPm.contains(next),
      draft.tag(place) == .cd || draft[place]?.kind == .number
    {
      return true
    }
    if word == "half", next == "past" { return true }
    if word.hasSuffix("pm") || word.hasSuffix("am"), word.first?.isNumber ?? false { return true }
    return word.contains(":") && word.first?.isNumber ?? false && word.count <= 5
  }

  // MARK: since and for

  private func since(_ draft: inout Draft, _ index: Int) {
    let units = Words.timeUnits
    let word = draft.word(index)
    let hasPerfect = draft.tokens.contains {
      Self.haveHasVe.contains($0.lower)
    }
    if word == "since" {
      var place = index + 1
      if draft.isAny(place, Self.aboutAroundAlmost) { place += 1 }
      let isNumber =
        Words.numbers.contains(draft.word(place)) || draft[place]?.kind == .number
        || Self.manySeveralA.contains(draft.word(place))
      if draft.isAny(place + 1, ["few", "lot", "long"]) { place += 1 }
      let isLength =
        units.contains(draft.word(place + 1))
        && (draft.word(place + 1).hasSuffix("s") || draft.isAny(place, ["a", "long", "one"]))
        || draft.word(place) == "long" && draft.word(place + 1) == "time"
      let isCount = isNumber && isLength && draft.word(place + 2) != "ago"
      let count = draft.count
      if !hasPerfect { perfect(&draft, before: index, isCount: isCount) }
      if isCount { draft.replace(index + draft.count - count, "for", .sinceFor) }
    } else if word == "for", hasPerfect {
      let next = draft.word(index + 1)
      let isYear =
        (Int(next).map { $0 > 1_900 && $0 < 2_100 } ?? false) && next.count == 4
        && !draft.tag(index + 2).isNoun
      if isYear || ["yesterday", "childhood"].contains(next) {
        draft.replace(index, "since", .sinceFor)
      }
    } else if word == "from" || word == "for", !hasPerfect {
      goesOn(&draft, index)
    } else if word == "from", hasPerfect,
      draft.tokens.contains(where: {
        $0.lower == "been" || $0.lower == "lived" || $0.lower == "worked" || $0.lower == "known"
      })
    {
      let place =
        Words.numbers.contains(draft.word(index + 1)) || draft[index + 1]?.kind == .number
        ? index + 1 : -1
      if place > 0, units.contains(draft.word(place + 1)), draft.word(place + 2) != "ago" {
        draft.replace(index, "for", .sinceFor)
      }
    }
  }

  /// "I am here from two days", "I am living here for ten years".
  private func goesOn(_ draft: inout Draft, _ index: Int) {
    let number = draft.word(index + 1)
    let isLength =
      (Words.numbers.contains(number) || draft[index + 1]?.kind == .number)
      && Words.timeUnits.contains(draft.word(index + 2))
    guard isLength, draft[index + 3].map({ $0.kind == .punctuation }) ?? true else { return }
    let count = draft.count
    if draft.word(index) == "from" {
      perfect(&draft, before: index, isCount: true)
      draft.replace(index + draft.count - count, "for", .sinceFor)
    } else if Self.amIsAre.contains(draft.word(1)), Self.lasting.contains(draft.word(2)),
      draft.word(index + 2).hasPrefix("year")
    {
      perfect(&draft, before: index, isCount: true)
    }
  }

  /// "I live here since 2010" → "I have lived here": what began in the past and goes on.
  private func perfect(_ draft: inout Draft, before index: Int, isCount: Bool) {
    let next = draft.word(index + 1)
    let isYear = next.count == 4 && Int(next) != nil
    let isPoint =
      isYear || Self.months.contains(next) || Self.days.contains(next)
      || ["yesterday", "childhood", "morning", "last"].contains(next)
    guard isCount || isPoint, let subject = context.subject(draft, at: 0) else { return }
    let start = subject.range.upperBound
    let have = subject.number == .singular ? "has" : "have"
    let place = context.afterAdverbs(draft, start)
    let word = draft.word(place)
    if Self.amIsAre.contains(word), place == start, draft.word(start + 1) != "n't" {
      // "I'm Hamid from Kabul, here since 2020"
      if draft.tag(start + 1).isName { return }
      draft.replace(start..<start + 1, with: [have, "been"], .sinceFor)
    } else if draft.tag(place).isVerb,
      let reading = context.morphology.verbReadings(word).first(where: {
        $0.form == .base || $0.form == .third
      }), !context.morphology.isForm(word, .past)
    {
      let participle = context.morphology.inflect(reading.lemma, .participle)
      let adverbs = draft.tokens[start..<place].map(\.text)
      draft.replace(start..<place + 1, with: [have] + adverbs + [participle], .sinceFor)
    }
  }
}
