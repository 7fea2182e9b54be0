import Conversation
import Language

/// What `/progress` tells.
struct ProgressReport: Sendable {
  let choice: LessonChoice

  func reply(_ turn: Turn) throws -> Reply {
    let person = turn.person
    let today = LocalTime(turn.now, zone: person.timeZone).day
    let totals = try ProgressStore.totals(of: person.id, today: today, in: turn.database)
    let streak = try ProgressStore.streak(of: person.id, in: turn.database)
    let history = try LessonStore.history(of: person.id, in: turn.database)
    let all = choice.curriculum.lessons
    var lines = [
      turn.phrase(
        ProgressPhrase.xp, ["xp": .number(totals.xp), "today": .number(totals.today)]),
      streakLine(streak, turn),
    ]
    if streak.freezes > 0 {
      lines.append(turn.phrase(ProgressPhrase.freezes, ["freezes": .number(streak.freezes)]))
    }
    let finished = all.count { history.finished.contains($0.id) }
    lines.append(
      turn.phrase(
        ProgressPhrase.lessons, ["lessons": .number(finished), "all": .number(all.count)]))
    if let percent = try LessonStore.accuracy(of: person.id, in: turn.database) {
      lines.append(turn.phrase(ProgressPhrase.accuracy, ["percent": .number(percent)]))
    }
    if let level = try choice.levelOf(person.id, turn.database) {
      lines.append(turn.phrase(ProgressPhrase.level, ["level": .text(level)]))
    }
    return Reply(
      "**\(turn.phrase(ProgressPhrase.title))**\n\n" + lines.joined(separator: "\n"))
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
