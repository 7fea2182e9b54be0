import Foundation
package import Storage

/// The clock on a person's wall.
package struct LocalTime: Sendable, Equatable {
  /// Where a person is taken to be until they say.
  package static let defaultZone = "Asia/Tehran"

  /// Days since 1970-01-01 in the zone: two moments on one local day have the same number.
  package let day: Int
  package let minuteOfDay: Int

  package init(_ moment: Timestamp, zone: String?) {
    let local = moment.milliseconds + Int64(Self.offsetSeconds(moment, zone: zone)) * 1_000
    let minutes = Int((Double(local) / 60_000).rounded(.down))
    day = Int((Double(minutes) / 1_440).rounded(.down))
    minuteOfDay = minutes - day * 1_440
  }

  /// The next moment after `moment` at which the wall clock shows `minuteOfDay`. Where the clock
  /// jumps over it, the moment right after the jump.
  package static func next(
    minuteOfDay: Int, after moment: Timestamp, zone: String?
  ) -> Timestamp {
    let today = LocalTime(moment, zone: zone).day
    for day in today...(today + 2) {
      let candidate = self.moment(day: day, minuteOfDay: minuteOfDay, zone: zone)
      if candidate > moment { return candidate }
    }
    return moment.adding(milliseconds: 86_400_000)
  }

  package static func isKnown(zone: String) -> Bool { TimeZone(identifier: zone) != nil }

  private static func moment(day: Int, minuteOfDay: Int, zone: String?) -> Timestamp {
    let wall = (Int64(day) * 1_440 + Int64(minuteOfDay)) * 60_000
    // No zone is further than a day from UTC, so these are the offsets before and after any jump.
    let dayMs: Int64 = 86_400_000
    let before = offsetMs(Timestamp(milliseconds: wall - dayMs), zone: zone)
    let after = offsetMs(Timestamp(milliseconds: wall + dayMs), zone: zone)
    let earlier = Timestamp(milliseconds: wall - max(before, after))
    let later = Timestamp(milliseconds: wall - min(before, after))
    if offsetMs(earlier, zone: zone) == max(before, after) { return earlier }
    if offsetMs(later, zone: zone) == min(before, after) { return later }
    return jump(after: earlier, zone: zone) ?? later
  }

  private static func jump(after moment: Timestamp, zone: String?) -> Timestamp? {
    timeZone(zone)?.nextDaylightSavingTimeTransition(after: date(moment)).map {
      Timestamp(milliseconds: Int64(($0.timeIntervalSince1970 * 1_000).rounded()))
    }
  }

  private static func offsetSeconds(_ moment: Timestamp, zone: String?) -> Int {
    timeZone(zone)?.secondsFromGMT(for: date(moment)) ?? 0
  }

  private static func offsetMs(_ moment: Timestamp, zone: String?) -> Int64 {
    Int64(offsetSeconds(moment, zone: zone)) * 1_000
  }

  private static func timeZone(_ zone: String?) -> TimeZone? {
    TimeZone(identifier: zone ?? defaultZone) ?? TimeZone(identifier: defaultZone)
  }

  private static func date(_ moment: Timestamp) -> Date {
    Date(timeIntervalSince1970: Double(moment.milliseconds) / 1_000)
  }
}

/// The hours in which nothing is sent that can wait.
package enum QuietHours {
  package static let startMinute = 22 * 60
  package static let endMinute = 8 * 60

  /// `moment`, or the end of the night it falls into.
  package static func delayed(_ moment: Timestamp, zone: String?) -> Timestamp {
    let minute = LocalTime(moment, zone: zone).minuteOfDay
    guard minute >= startMinute || minute < endMinute else { return moment }
    return LocalTime.next(minuteOfDay: endMinute, after: moment, zone: zone)
  }
}
