import Conversation
import Language

/// The words around the activities, as markup.
enum LessonText {
  /// More mistakes than these would be a second lesson.
  private static let mistakesMax = 3

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
    if state.isRepeat {
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
    switch score.outcome {
    case .right: return "✅ **\(turn.phrase(praise(turn)))**\n" + explanation
    case .almost:
      return "🟡 **\(turn.phrase(LessonPhrase.almost))**\n\(solution)\n\(explanation)"
    case .partial:
      return "🟡 **\(turn.phrase(LessonPhrase.partial))**\n\(solution)\n\(explanation)"
    case .wrong: return "❌ **\(turn.phrase(LessonPhrase.wrong))**\n\(solution)\n\(explanation)"
    case .skipped: return "\(turn.phrase(LessonPhrase.skipped)) \(solution)"
    }
  }

  static func summary(
    _ state: LessonState, _ lesson: Lesson, streak: Streak, _ turn: Turn
  ) -> String {
    let language = turn.person.language
    let heading =
      "**\(turn.phrase(LessonPhrase.complete))**: \(Markup.escape(lesson.title[language]))"
    let xp: LessonPhrase = state.isCapped ? .xpCapped : .xp
    var lines = [turn.phrase(xp, ["xp": .number(state.xp)])]
    if let percent = state.accuracyPercent {
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
    let shown = state.again.prefix(mistakesMax).map {
      "• " + lesson.activities[$0].solution(in: turn)
    }
    guard !shown.isEmpty else { return nil }
    return turn.phrase(LessonPhrase.mistakes) + "\n" + shown.joined(separator: "\n")
  }

  private static func praise(_ turn: Turn) -> LessonPhrase {
    let all: [LessonPhrase] = [.rightOne, .rightTwo, .rightThree]
    return all.randomElement(using: &turn.random) ?? .rightOne
  }
}
