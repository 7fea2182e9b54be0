import Conversation
import Language
import Storage

/// What `/progress` tells: points and streak, today's goal, what is remembered, each skill, what
/// comes next, and the week as a picture with the same in words.
struct ProgressReport: Sendable {
  /// Types of activity with fewer answers are not compared.
  static let comparedAnswersMin = 6
  static let weekDays = 7

  let choice: LessonChoice
  let ports: LearnerPorts

  func tell(_ turn: Turn) throws {
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    let week = try PracticeLog.days(
      (today - Self.weekDays + 1)...today, of: turn.person.id, in: turn.database)
    let goal = try ports.minutesOf(turn.person.id, turn.database) ?? ReviewDay.minutesDefault
    let title = "**\(turn.phrase(ProgressPhrase.title))**"
    var parts = try [
      totals(today, turn), goalAndMemory(week, goal: goal, turn), skills(turn), next(turn),
    ].filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
    let hasPractised = week.contains { $0.answers > 0 }
    let words = hasPractised ? Self.weekInWords(week, goal: goal, turn) : nil
    // A picture is a message of its own; where there is none, one message costs less than two.
    if let words, !turn.carriesFiles { parts.append(words) }
    try turn.notify(Reply(([title] + parts).joined(separator: "\n\n")))
    guard let words, turn.carriesFiles else { return }
    try turn.notify(Reply(words, media: Self.picture(week, goal: goal, turn)))
  }

  private func totals(_ today: Int, _ turn: Turn) throws -> [String] {
    let person = turn.person.id
    let totals = try ProgressStore.totals(of: person, today: today, in: turn.database)
    let streak = try ProgressStore.streak(of: person, in: turn.database)
    var lines = [
      turn.phrase(ProgressPhrase.xp, ["xp": .number(totals.xp), "today": .number(totals.today)]),
      streakLine(streak, turn),
    ]
    if streak.freezes > 0 {
      lines.append(turn.phrase(ProgressPhrase.freezes, ["freezes": .number(streak.freezes)]))
    }
    let history = try LessonStore.history(of: person, in: turn.database)
    let all = choice.curriculum.lessons
    let finished = all.count { history.finished.contains($0.id) }
    lines.append(
      turn.phrase(
        ProgressPhrase.lessons, ["lessons": .number(finished), "all": .number(all.count)]))
    if let percent = try LessonStore.accuracy(of: person, in: turn.database) {
      lines.append(turn.phrase(ProgressPhrase.accuracy, ["percent": .number(percent)]))
    }
    if let level = try choice.levelOf(person, turn.database) {
      lines.append(turn.phrase(ProgressPhrase.level, ["level": .text(level)]))
    }
    return lines
  }

  private func goalAndMemory(
    _ week: [PracticeLog.Day], goal: Int, _ turn: Turn
  ) throws -> [String] {
    let person = turn.person.id
    var lines = [
      turn.phrase(
        ProgressPhrase.goal,
        ["minutes": .number(week.last?.minutes ?? 0), "goal": .number(goal)])
    ]
    let retention = try ReviewStore.retention(of: person, at: turn.now, in: turn.database)
    guard retention.cards > 0 else { return lines }
    lines.append(turn.phrase(ReviewPhrase.known, ["words": .number(retention.wordsKnown)]))
    if let percent = retention.percent {
      lines.append(turn.phrase(ProgressPhrase.retention, ["percent": .number(percent)]))
    }
    let forecast = try ReviewStore.forecast(
      of: person, from: turn.now, days: Self.weekDays, in: turn.database)
    lines.append(
      turn.phrase(
        ProgressPhrase.forecast,
        ["today": .number(forecast[0]), "week": .number(forecast.reduce(0, +))]))
    return lines
  }

  private func skills(_ turn: Turn) throws -> [String] {
    let kinds = try PracticeLog.kinds(of: turn.person.id, in: turn.database)
    var lines = SkillLevel.all(from: kinds).map { shown in
      turn.phrase(
        ProgressPhrase.skill,
        [
          "skill": .text(turn.phrase(key: "progress.skill_name.\(shown.skill.rawValue)")),
          "level": .text(shown.level.map(\.rawValue) ?? "< \(shown.tried.rawValue)"),
          "percent": .number(shown.percent),
        ])
    }
    if let gap = SkillGap(kinds) {
      lines.append(
        turn.phrase(
          ProgressPhrase.strengths,
          [
            "best": .text(turn.phrase(key: "progress.kind.\(gap.best.kind)")),
            "best_percent": .number(gap.best.percent),
            "worst": .text(turn.phrase(key: "progress.kind.\(gap.worst.kind)")),
            "worst_percent": .number(gap.worst.percent),
          ]))
    }
    return lines
  }

  private func next(_ turn: Turn) throws -> [String] {
    let level = try choice.level(turn)
    let progress = try LevelTestStore.progress(
      of: turn.person.id, at: level, in: choice.curriculum, turn.database)
    guard progress.all > 0 else { return [] }
    let values: [String: PhraseValue] = [
      "level": .text(level.rawValue), "percent": .number(progress.percent),
      "lessons": .number(progress.missing),
    ]
    return [
      turn.phrase(progress.isTestOpen ? ProgressPhrase.testOpen : .testClosed, values)
    ]
  }

  static func picture(_ week: [PracticeLog.Day], goal: Int, _ turn: Turn) -> OutgoingMedia {
    let chart = WeekChart(days: week, goalMinutes: goal, language: turn.person.language)
    return OutgoingMedia(
      kind: .image, mediaType: "image/png", fileName: "week.png", bytes: chart.bytes())
  }

  static func weekInWords(_ week: [PracticeLog.Day], goal: Int, _ turn: Turn) -> String {
    let lines = week.filter { $0.answers > 0 }.map { day in
      turn.phrase(
        ProgressPhrase.day,
        [
          "day": .text(turn.phrase(key: "progress.weekday.\(((day.day + 3) % 7 + 7) % 7 + 1)")),
          "minutes": .number(day.minutes), "percent": .number(day.accuracyPercent ?? 0),
        ])
    }
    let total = week.map(\.minutes).reduce(0, +)
    let head = turn.phrase(
      ProgressPhrase.week, ["minutes": .number(total), "goal": .number(goal)])
    return ([head] + lines).joined(separator: "\n")
  }

  private func streakLine(_ streak: Streak, _ turn: Turn) -> String {
    guard let days = streak.shown(at: turn.now, zone: turn.person.timeZone) else {
      return turn.phrase(ProgressPhrase.streakNew)
    }
    if days == 1 { return turn.phrase(ProgressPhrase.streakOne) }
    return turn.phrase(
      ProgressPhrase.streak, ["days": .number(days), "longest": .number(streak.longest)])
  }
}

/// The types of activity that go best and worst.
struct SkillGap: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    let kind: String
    let percent: Int
  }

  /// Closer together than this, neither is worth a word.
  static let differenceMin = 10

  let best: Part
  let worst: Part

  init?(_ kinds: [PracticeLog.Kind]) {
    let named = kinds.filter { Skill.byKind[$0.kind] != nil }
    let parts = Dictionary(grouping: named, by: \.kind).compactMap { kind, rows -> Part? in
      let answers = rows.map(\.answers).reduce(0, +)
      guard answers >= ProgressReport.comparedAnswersMin else { return nil }
      let weighted = rows.map { $0.recent * Double($0.answers) }.reduce(0, +)
      return Part(kind: kind, percent: Int((weighted / Double(answers)).rounded()))
    }.sorted { ($0.percent, $0.kind) < ($1.percent, $1.kind) }
    guard let worst = parts.first, let best = parts.last,
      best.percent - worst.percent >= Self.differenceMin
    else { return nil }
    self.best = best
    self.worst = worst
  }
}
