import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

struct DailyReminderTests {
  private func dueMinute(_ stage: OnboardingStage, zone: String) throws -> Int? {
    try stage.reminderDueAt().map {
      LocalTime(Timestamp(milliseconds: $0), zone: zone).minuteOfDay
    }
  }

  @Test func `the reminder comes at the chosen hour of the person's zone`() throws {
    let stage = try OnboardingStage()
    try stage.complete(reminder: "7:30", zone: "Berlin")
    #expect(try dueMinute(stage, zone: "Europe/Berlin") == 450)
    stage.rehearsal.move(to: Timestamp(milliseconds: try #require(try stage.reminderDueAt())))
    let said = try stage.rehearsal.fireDueTimers()
    #expect(said.count == 1)
    #expect(said.first?.text.contains("Sara") == true)
    #expect(said.first?.buttons == ["Learn", "Change reminder"])
    #expect(try #require(try stage.reminderDueAt()) > stage.rehearsal.now.milliseconds)
  }

  @Test func `nobody is reminded on a day with a lesson, but on the next`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    stage.practised.set(true)
    let first = try #require(try stage.reminderDueAt())
    stage.rehearsal.move(to: Timestamp(milliseconds: first))
    #expect(try stage.rehearsal.fireDueTimers().isEmpty)
    stage.practised.set(false)
    let second = try #require(try stage.reminderDueAt())
    #expect(second - first == 86_400_000)
    stage.rehearsal.move(to: Timestamp(milliseconds: second))
    #expect(try stage.rehearsal.fireDueTimers().count == 1)
  }

  @Test func `a change of the clock keeps the hour on the wall`() throws {
    let stage = try OnboardingStage()
    // From 9 October 2025 over the end of summer time on the 26th.
    try stage.complete(reminder: "08:00", zone: "Berlin")
    var gaps: Set<Int64> = []
    var last: Int64?
    for _ in 0..<30 {
      let due = try #require(try stage.reminderDueAt())
      #expect(try dueMinute(stage, zone: "Europe/Berlin") == 480)
      if let last { gaps.insert((due - last) / 3_600_000) }
      last = due
      stage.rehearsal.move(to: Timestamp(milliseconds: due))
      #expect(try stage.rehearsal.fireDueTimers().count == 1)
    }
    #expect(gaps == [24, 25])
  }

  @Test func `an hour that the clock jumps over still brings one reminder a day`() throws {
    let stage = try OnboardingStage()
    // 25 March 2026; in Berlin there is no 02:30 on the 29th.
    stage.rehearsal.move(to: Timestamp(milliseconds: 1_774_400_000_000))
    try stage.complete(reminder: "2:30", zone: "Berlin")
    var days: [Int] = []
    for _ in 0..<7 {
      let due = Timestamp(milliseconds: try #require(try stage.reminderDueAt()))
      days.append(LocalTime(due, zone: "Europe/Berlin").day)
      stage.rehearsal.move(to: due)
      #expect(try stage.rehearsal.fireDueTimers().count == 1)
    }
    #expect(days == Array(days[0]..<(days[0] + 7)))
  }

  @Test func `changing the zone or the hour moves the timer`() throws {
    let stage = try OnboardingStage()
    try stage.complete(reminder: "08:00", zone: "Tehran")
    try stage.rehearsal.press("Change time zone")
    try stage.rehearsal.say("Toronto")
    #expect(try dueMinute(stage, zone: "America/Toronto") == 480)
    try stage.rehearsal.say("change reminder")
    try stage.rehearsal.say("6 pm")
    #expect(try dueMinute(stage, zone: "America/Toronto") == 1_080)
  }

  @Test func `a reminder that is switched off does not come`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change reminder")
    try stage.rehearsal.press("No reminder")
    #expect(try stage.reminderDueAt() == nil)
    #expect(try stage.rehearsal.deliver(.timer(name: "daily-reminder", payload: "")).isEmpty)
  }

  @Test func `the reminder leaves an open question open`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change name")
    stage.rehearsal.move(to: Timestamp(milliseconds: try #require(try stage.reminderDueAt())))
    try stage.rehearsal.fireDueTimers()
    #expect(try stage.rehearsal.say("Omid").last?.text.contains("Name: Omid") == true)
  }

  @Test func `what tells of the week is set at the reminder's hour, also on a day with a lesson`()
    throws
  {
    let stage = try OnboardingStage()
    try stage.complete()
    stage.practised.set(true)
    stage.practised.setTellsWeek(true)
    stage.rehearsal.move(to: Timestamp(milliseconds: try #require(try stage.reminderDueAt())))
    #expect(try stage.rehearsal.fireDueTimers().isEmpty)
    #expect(try stage.rehearsal.dueTimers() == ["week-summary"])
    // Without a reminder there is nothing to set it.
    try stage.rehearsal.say("/profile")
    try stage.rehearsal.press("Change reminder")
    try stage.rehearsal.press("No reminder")
    try stage.rehearsal.fireDueTimers()
    try stage.rehearsal.deliver(.timer(name: "daily-reminder", payload: ""))
    #expect(try stage.rehearsal.dueTimers().isEmpty)
  }
}
