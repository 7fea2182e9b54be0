import Conversation
import Storage

/// The week as a picture, sent by itself on its last day, at the hour of the person's reminder and
/// in its place of consent: who wants no reminders gets none. A week without practice is not told
/// of.
struct WeekSummary: Sendable {
  static let timer = "week-summary"
  /// Two of them are never closer than this, whatever hours and zones change meanwhile.
  static let daysBetweenMin = 6
  private static let friday = 5
  private static let sunday = 7

  let report: ProgressReport

  /// Nil on other days of the week and when there is nothing to tell.
  func request(_ turn: Turn) throws -> TimerRequest? {
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    guard Self.weekday(today) == Self.lastWeekday(of: turn.person.language),
      try isDue(today, turn), try week(today, turn) != nil
    else { return nil }
    // The hour of a reminder may be one at which nobody wants a picture.
    return TimerRequest(Self.timer, dueAt: turn.now, waitsForMorning: true)
  }

  var handler: TimerHandler {
    TimerHandler(Self.timer) { _, turn in
      let today = LocalTime(turn.now, zone: turn.person.timeZone).day
      guard try isDue(today, turn), let week = try week(today, turn) else { return }
      try ProgressStore.noteSummary(of: turn.person.id, day: today, in: turn.database)
      try turn.notify(try reply(week, turn))
    }
  }

  private func reply(_ week: [PracticeLog.Day], _ turn: Turn) throws -> Reply {
    let goal =
      try report.ports.minutesOf(turn.person.id, turn.database) ?? ReviewDay.minutesDefault
    let words =
      "**\(turn.phrase(ProgressPhrase.weekOver))**\n"
      + ProgressReport.weekInWords(week, goal: goal, turn)
    return Reply(
      words,
      choices: [
        .command("learn", turn.phrase(ReviewPhrase.learn)),
        .command("progress", turn.phrase(ReviewPhrase.progress)),
      ],
      purpose: .reminders,
      media: turn.carriesFiles ? ProgressReport.picture(week, goal: goal, turn) : nil)
  }

  private func isDue(_ today: Int, _ turn: Turn) throws -> Bool {
    guard let last = try ProgressStore.summaryDay(of: turn.person.id, in: turn.database) else {
      return true
    }
    return today - last >= Self.daysBetweenMin
  }

  /// The seven days that end today; nil when none of them had practice.
  private func week(_ today: Int, _ turn: Turn) throws -> [PracticeLog.Day]? {
    let week = try PracticeLog.days(
      (today - ProgressReport.weekDays + 1)...today, of: turn.person.id, in: turn.database)
    return week.contains { $0.answers > 0 } ? week : nil
  }

  /// From 1, a Monday. Day 0, 1970-01-01, was a Thursday.
  static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 + 1 }

  /// Weeks end with Friday where they begin with Saturday.
  static func lastWeekday(of language: LanguageCode) -> Int {
    language.isRightToLeft ? friday : sunday
  }
}
