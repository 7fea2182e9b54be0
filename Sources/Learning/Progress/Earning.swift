import Conversation
import Storage

/// Puts the rules of `Rewards` and `Streak` to work for one answer.
enum Earning {
  static func reward(
    _ score: Score, _ kind: ActivityKind, _ state: inout LessonState, _ turn: Turn
  ) throws {
    guard score.outcome != .skipped else { return }
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    if state.countedDay != today {
      try countDay(&state, turn)
      state.countedDay = today
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

  private static func countDay(_ state: inout LessonState, _ turn: Turn) throws {
    var streak = try ProgressStore.streak(of: turn.person.id, in: turn.database)
    let before = streak
    let news = streak.practise(at: turn.now, zone: turn.person.timeZone)
    if streak != before {
      try ProgressStore.save(streak, of: turn.person.id, in: turn.database)
    }
    if news.contains(.freezeUsed) { state.hasUsedFreeze = true }
    if news.contains(.freezeEarned) { state.hasEarnedFreeze = true }
  }
}
