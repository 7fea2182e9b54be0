import Conversation
import Storage

/// Days in a row on which somebody did at least one activity. A day is the one of their own wall;
/// a freeze keeps the streak over a missed day by itself.
struct Streak: Equatable, Sendable, Codable {
  /// Seven days earn one; more than two would make the streak mean little.
  static let daysPerFreeze = 7
  static let freezesMax = 2
  /// Somebody who flies east loses hours of a day. So long after the last activity the next day
  /// counts as the following one, if the zone has changed.
  static let travelGraceMs: Int64 = 36 * 3_600_000

  var days = 0
  var longest = 0
  var freezes = 0
  /// The last counted day, its moment, and the zone it was counted in.
  var lastDay: Int?
  var lastAt: Timestamp?
  var lastZone: String?

  enum News: Equatable, Sendable {
    case freezeUsed
    case freezeEarned
  }

  /// Counts an activity done now.
  ///
  /// - Returns: what is worth telling; empty when the day was counted already.
  mutating func practise(at now: Timestamp, zone: String?) -> [News] {
    let today = LocalTime(now, zone: zone).day
    guard let lastDay, let lastAt else { return begin(today, now, zone) }
    // In the old zone the day must be over, too: crossing a date line makes no second day.
    let dayThere = LocalTime(now, zone: lastZone).day
    guard today > lastDay, dayThere > lastDay else { return [] }
    let missed = missedDays(today: today, lastDay: lastDay, lastAt: lastAt, now: now, zone: zone)
    guard missed <= freezes else { return begin(today, now, zone) }
    freezes -= missed
    return (missed > 0 ? [.freezeUsed] : []) + count(today, now, zone)
  }

  /// The streak as it may be shown: nil once it cannot go on, since a broken one discourages.
  func shown(at now: Timestamp, zone: String?) -> Int? {
    guard let lastDay, let lastAt, days > 0 else { return nil }
    let today = LocalTime(now, zone: zone).day
    guard today > lastDay else { return days }
    let missed = missedDays(today: today, lastDay: lastDay, lastAt: lastAt, now: now, zone: zone)
    return missed <= freezes ? days : nil
  }

  private func missedDays(
    today: Int, lastDay: Int, lastAt: Timestamp, now: Timestamp, zone: String?
  ) -> Int {
    let isTravelling =
      zone != lastZone && now.milliseconds - lastAt.milliseconds <= Self.travelGraceMs
    return isTravelling ? 0 : max(0, today - lastDay - 1)
  }

  private mutating func begin(_ today: Int, _ now: Timestamp, _ zone: String?) -> [News] {
    days = 0
    return count(today, now, zone)
  }

  private mutating func count(_ today: Int, _ now: Timestamp, _ zone: String?) -> [News] {
    days += 1
    longest = max(longest, days)
    lastDay = today
    lastAt = now
    lastZone = zone
    guard days % Self.daysPerFreeze == 0, freezes < Self.freezesMax else { return [] }
    freezes += 1
    return [.freezeEarned]
  }
}
