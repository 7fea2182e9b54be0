import Conversation
import Language
import Storage

/// Puts the rules of `Rewards` and `Streak` to work for one answer.
enum Earning {
  static func reward(
    _ score: Score, _ kind: ActivityKind, _ state: inout LessonState, _ turn: Turn
  ) throws {
    guard score.outcome != .skipped else { return }
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    if state.countedDay != today {
      let news = try countDay(turn)
      if news.contains(.freezeUsed) { state.hasUsedFreeze = true }
      if news.contains(.freezeEarned) { state.hasEarnedFreeze = true }
      state.countedDay = today
    }
    // The second round repeats what has just been explained: it is no evidence.
    if !state.isRepeat {
      try PracticeLog.note(
        percent: score.percent, kind: kind.rawValue, level: level(ofLesson: state.lesson),
        day: today, by: turn.person.id, at: turn.now, in: turn.database)
    }
    let xp = Rewards.xp(for: score, isRepeat: state.isRepeat)
    if xp > 0 { try add(xp, kind.rawValue, Rewards.kindDailyMax, &state, turn) }
  }

  static func add(
    _ xp: Int, _ kind: String, _ max: Int, _ state: inout LessonState, _ turn: Turn
  ) throws {
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    let total = try ProgressStore.add(
      xp, kind: kind, max: max, to: turn.person.id, day: today, in: turn.database)
    // At the day's most nobody knows how much of it was still given.
    if total < max { state.xp += xp } else { state.isCapped = true }
  }

  /// The same for what is practised outside the lessons.
  static func award(
    _ xp: Int, to person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Int {
    let row = try database.first("SELECT time_zone FROM people WHERE id = \(person)")
    let zone: String? = try row?.value("time_zone")
    let today = LocalTime(now, zone: zone).day
    let kind = Rewards.practiceKind
    let before = try ProgressStore.points(of: kind, on: today, of: person, in: database)
    let total = try ProgressStore.add(
      xp, kind: kind, max: Rewards.practiceDailyMax, to: person, day: today, in: database)
    var streak = try ProgressStore.streak(of: person, in: database)
    let known = streak
    _ = streak.practise(at: now, zone: zone)
    if streak != known { try ProgressStore.save(streak, of: person, in: database) }
    return max(0, total - before)
  }

  /// What a review is worth. It counts for the streak as a lesson's activity does.
  ///
  /// - Returns: the points, 0 at the day's most.
  static func rewardReview(
    isRemembered: Bool, percent: Int, level: CEFRLevel, _ turn: Turn
  ) throws -> Int {
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    _ = try countDay(turn)
    try PracticeLog.note(
      percent: percent, kind: Rewards.reviewKind, level: level, day: today, by: turn.person.id,
      at: turn.now, in: turn.database)
    let xp = isRemembered ? Rewards.reviewXP : Rewards.reviewEffortXP
    let total = try ProgressStore.add(
      xp, kind: Rewards.reviewKind, max: Rewards.reviewDailyMax, to: turn.person.id, day: today,
      in: turn.database)
    return total < Rewards.reviewDailyMax ? xp : 0
  }

  /// Counts today for the streak.
  static func countDay(_ turn: Turn) throws -> [Streak.News] {
    var streak = try ProgressStore.streak(of: turn.person.id, in: turn.database)
    let before = streak
    let news = streak.practise(at: turn.now, zone: turn.person.timeZone)
    if streak != before {
      try ProgressStore.save(streak, of: turn.person.id, in: turn.database)
    }
    return news
  }

  /// A lesson's id begins with its level.
  static func level(ofLesson id: String) -> CEFRLevel {
    CEFRLevel(rawValue: id.prefix(2).uppercased()) ?? LessonChoice.guestLevel
  }
}
