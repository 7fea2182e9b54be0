import Conversation
import Language

/// The words around the activities, as markup.
enum LessonText {
  /// More mistakes than these would be a second lesson.
  private static let mistakesMax = 3
  private static let weakWordsMax = 4

  static func introduction(_ lesson: Lesson, _ turn: Turn) -> String {
    let language = turn.person.language
    let title = "**\(Markup.escape(lesson.title[.english]))**"
    let own = lesson.title.exactly(language).map { language == .english ? "" : "\n" + $0 } ?? ""
    let values: [String: PhraseValue] = [
      "level": .text(lesson.level.rawValue), "minutes": .number(lesson.minutes),
    ]
    let aims = lesson.aims.map { "• " + Markup.escape($0[language]) }
    let words = lesson.words.map { word in
      let meaning = word.meaning.exactly(language) ?? word.example
      return "• **\(Markup.escape(word.word))** – \(Markup.escape(meaning))"
    }
    return [
      title + Markup.escape(own) + "\n" + turn.phrase(LessonPhrase.minutes, values),
      turn.phrase(LessonPhrase.aims) + "\n" + aims.joined(separator: "\n"),
      turn.phrase(LessonPhrase.words) + "\n" + words.joined(separator: "\n"),
    ].joined(separator: "\n\n")
  }

  /// The text, with its translation for those who have one.
  static func reading(_ lesson: Lesson, _ turn: Turn) -> String {
    let text = Markup.escape(lesson.text[.english])
    let language = turn.person.language
    guard language != .english, let own = lesson.text.exactly(language) else { return text }
    return text + "\n\n" + Markup.escape(own)
  }

  /// `▰▰▱▱ 3/4`: what is behind us, and the number of the open activity.
  static func progress(_ state: LessonState, _ turn: Turn) -> String {
    let all = state.percents.count
    let bar: String
    if state.isAfterwards {
      let done = state.again.count - state.queue.count
      let number = Numerals.localise(
        "\(done + 1)/\(state.again.count)", language: turn.person.language)
      bar = "🔁 " + number
    } else if state.isRepeat {
      bar = String(repeating: "▰", count: all) + " " + turn.phrase(LessonPhrase.askRepeat)
    } else {
      let done = all - state.queue.count
      let number = Numerals.localise("\(done + 1)/\(all)", language: turn.person.language)
      bar =
        String(repeating: "▰", count: done) + String(repeating: "▱", count: all - done)
        + " " + number
    }
    return bar
  }

  static func feedback(_ score: Score, to activity: any Activity, _ turn: Turn) -> String {
    let explanation = activity.explanation[turn.person.language]
    let answer = activity.solution(in: turn)
    let solution = turn.phrase(LessonPhrase.solution, ["answer": .markup(answer)])
    let difference = score.difference.text(in: turn)
    let heading: String
    switch score.outcome {
    case .right: return "✅ **\(turn.phrase(praise(turn)))**\n" + said(activity, turn) + explanation
    case .skipped: return "\(turn.phrase(LessonPhrase.skipped)) \(solution)"
    case .almost: heading = "🟡 **\(turn.phrase(LessonPhrase.almost))**"
    case .partial:
      let percent: [String: PhraseValue] = ["percent": .number(score.percent)]
      heading = "🟡 **\(turn.phrase(LessonPhrase.partial, percent))**"
    case .wrong: heading = "❌ **\(turn.phrase(LessonPhrase.wrong))**"
    }
    let lines = [heading, difference, solution, said(activity, turn) + explanation]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  /// What a listening was about, for those who did not catch it.
  private static func said(_ activity: any Activity, _ turn: Turn) -> String {
    guard let activity = activity as? ListeningComprehension else { return "" }
    return "_“\(Markup.escape(activity.spoken))”_\n"
  }

  /// What a voice message was understood as.
  static func heard(_ result: LessonReading.Result, _ turn: Turn) -> String {
    var text = turn.phrase(LessonPhrase.heard, ["text": .text(result.text)])
    if !result.weakWords.isEmpty {
      let words = result.weakWords.prefix(weakWordsMax).joined(separator: ", ")
      text += "\n" + turn.phrase(LessonPhrase.weakWords, ["words": .text(words)])
    }
    return text
  }

  static func summary(
    _ state: LessonState, _ lesson: Lesson, streak: Streak, _ turn: Turn
  ) -> String {
    let language = turn.person.language
    let phrase: LessonPhrase = state.isAfterwards ? .repeated : .complete
    let heading = "**\(turn.phrase(phrase))**: \(Markup.escape(lesson.title[language]))"
    let xp: LessonPhrase = state.isCapped ? .xpCapped : .xp
    var lines = [turn.phrase(xp, ["xp": .number(state.xp)])]
    if state.isAfterwards {
      lines.append(
        turn.phrase(
          LessonPhrase.mended,
          ["right": .number(state.mendedCount), "all": .number(state.again.count)]))
    } else if let percent = state.accuracyPercent {
      lines.append(turn.phrase(LessonPhrase.accuracy, ["percent": .number(percent)]))
    }
    if let days = streak.shown(at: turn.now, zone: turn.person.timeZone) {
      lines.append(
        days == 1
          ? turn.phrase(LessonPhrase.streakOne)
          : turn.phrase(LessonPhrase.streak, ["days": .number(days)]))
    }
    if state.hasUsedFreeze { lines.append(turn.phrase(LessonPhrase.freezeUsed)) }
    if state.hasEarnedFreeze { lines.append(turn.phrase(LessonPhrase.freezeEarned)) }
    let parts: [String?] = [heading, lines.joined(separator: "\n"), mistakes(state, lesson, turn)]
    return parts.compactMap(\.self).joined(separator: "\n\n")
  }

  private static func mistakes(
    _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) -> String? {
    let shown = state.again.prefix(mistakesMax).map { index in
      let activity = lesson.activities[index]
      let why = activity.explanation[turn.person.language]
      return "• **\(activity.solution(in: turn))**\n  \(why)"
    }
    guard !shown.isEmpty, !state.isAfterwards else { return nil }
    return turn.phrase(LessonPhrase.mistakes) + "\n" + shown.joined(separator: "\n")
  }

  private static func praise(_ turn: Turn) -> LessonPhrase {
    let all: [LessonPhrase] = [.rightOne, .rightTwo, .rightThree]
    return all.randomElement(using: &turn.random) ?? .rightOne
  }
}
