import Conversation
import Foundation
import Storage
import Testing

struct TimeTests {
  private func moment(_ text: String) throws -> Timestamp {
    let date = try Date(text, strategy: .iso8601)
    return Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1_000))
  }

  @Test(arguments: [
    ("2025-10-09T08:53:20Z", "Asia/Tehran", 12 * 60 + 23),
    ("2025-07-01T12:00:00Z", "Europe/Berlin", 14 * 60),
    ("2025-01-01T12:00:00Z", "Europe/Berlin", 13 * 60),
    ("2025-01-01T12:00:00Z", "Asia/Kolkata", 17 * 60 + 30),
    ("2025-01-01T12:00:00Z", "Pacific/Kiritimati", 2 * 60),
    ("2025-01-01T12:00:00Z", "Nowhere/Land", 15 * 60 + 30),
  ])
  func `the wall clock follows the zone and its summer time`(
    at: String, zone: String, minute: Int
  ) throws {
    #expect(LocalTime(try moment(at), zone: zone).minuteOfDay == minute)
  }

  @Test func `times before 1970 have a day and a minute, too`() throws {
    let local = LocalTime(Timestamp(milliseconds: -1), zone: "UTC")
    #expect(local.day == -1)
    #expect(local.minuteOfDay == 1_439)
  }

  @Test(arguments: [
    // An ordinary day; the same time the next day; over both changes of the clock.
    ("2025-06-01T05:00:00Z", "Europe/Berlin", 8 * 60, "2025-06-01T06:00:00Z"),
    ("2025-06-01T06:00:00Z", "Europe/Berlin", 8 * 60, "2025-06-02T06:00:00Z"),
    ("2025-03-29T08:00:00Z", "Europe/Berlin", 8 * 60, "2025-03-30T06:00:00Z"),
    ("2025-10-25T08:00:00Z", "Europe/Berlin", 8 * 60, "2025-10-26T07:00:00Z"),
    // A time the clock jumps over is the moment of the jump.
    ("2025-03-30T00:00:00Z", "Europe/Berlin", 2 * 60 + 30, "2025-03-30T01:00:00Z"),
    ("2025-03-09T05:00:00Z", "America/New_York", 2 * 60 + 30, "2025-03-09T07:00:00Z"),
    // Zones that are ahead of and behind UTC by more than half a day.
    ("2025-01-01T12:00:00Z", "Pacific/Kiritimati", 8 * 60, "2025-01-01T18:00:00Z"),
    ("2025-01-01T12:00:00Z", "Pacific/Niue", 8 * 60, "2025-01-01T19:00:00Z"),
  ])
  func `the next time on the wall is found`(
    after: String, zone: String, minute: Int, expected: String
  ) throws {
    let next = LocalTime.next(minuteOfDay: minute, after: try moment(after), zone: zone)
    #expect(next == (try moment(expected)))
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe"])
  func `the next time is after, within two days, and on the wall`(zone: String) throws {
    var now = try moment("2025-01-01T00:00:00Z")
    for _ in 0..<400 {
      let next = LocalTime.next(minuteOfDay: 9 * 60, after: now, zone: zone)
      #expect(next > now)
      #expect(next.milliseconds - now.milliseconds <= 2 * 86_400_000)
      #expect(LocalTime(next, zone: zone).minuteOfDay == 9 * 60)
      now = now.adding(milliseconds: 86_400_000 - 60_000)
    }
  }

  @Test(arguments: [
    ("2025-06-01T12:00:00Z", "2025-06-01T12:00:00Z"),
    ("2025-06-01T19:59:00Z", "2025-06-01T19:59:00Z"),
    ("2025-06-01T20:00:00Z", "2025-06-02T06:00:00Z"),
    ("2025-06-02T03:00:00Z", "2025-06-02T06:00:00Z"),
    ("2025-06-02T06:00:00Z", "2025-06-02T06:00:00Z"),
  ])
  func `what comes in the quiet hours waits for the morning`(at: String, until: String) throws {
    #expect(QuietHours.delayed(try moment(at), zone: "Europe/Berlin") == (try moment(until)))
  }
}
