import Conversation
import Learning
import Rehearsal
import Storage
import Testing

/// Streaks as a learner meets them: one answer a day, then what `/progress` says.
struct StreakTests {
  private static let dayMs: Int64 = 86_400_000
  private static let hourMs: Int64 = 3_600_000

  private func stage() throws -> LearningStage {
    let stage = try LearningStage(
      try SampleLesson.curriculum((0..<30).map { "a1-n\($0)" }))
    try stage.rehearsal.say("hi")
    return stage
  }

  private func practise(_ stage: LearningStage) throws {
    try stage.rehearsal.say("/next")
    try stage.rehearsal.press("Start")
    try stage.rehearsal.say("In Shiraz")
  }

  private func streak(_ stage: LearningStage) throws -> String {
    let report = try stage.rehearsal.say("/progress").first?.text ?? ""
    return report.split(separator: "\n").first { $0.contains("treak") }.map(String.init) ?? ""
  }

  private func freezes(_ stage: LearningStage) throws -> Int {
    try stage.number("SELECT freezes AS n FROM progress")
  }

  private func moment(day: Int, hour: Int, zone: String) -> Timestamp {
    let start = LocalTime(Rehearsal.start, zone: zone).day + day
    // Noon UTC of that day is never far from the wanted local time.
    let noon = Timestamp(milliseconds: (Int64(start) * 24 + 12) * Self.hourMs)
    let local = LocalTime(noon, zone: zone)
    let minutes = (start - local.day) * 1_440 + hour * 60 - local.minuteOfDay
    return noon.adding(milliseconds: Int64(minutes) * 60_000)
  }

  @Test func `several answers on one day are one day`() throws {
    let stage = try stage()
    for _ in 0..<3 { try practise(stage) }
    #expect(try streak(stage) == "Streak: 1 day")
  }

  @Test func `days in a row are counted`() throws {
    let stage = try stage()
    for day in 0..<5 {
      stage.rehearsal.move(to: moment(day: day, hour: 20, zone: "Asia/Tehran"))
      try practise(stage)
    }
    #expect(try streak(stage) == "Streak: 5 days in a row (longest: 5)")
  }

  @Test func `a day is the one on the person's wall`() throws {
    let stage = try stage()
    // 23:00 and 01:00 in Tehran are one day in London, two in Tehran.
    stage.rehearsal.move(to: moment(day: 0, hour: 23, zone: "Asia/Tehran"))
    try practise(stage)
    stage.rehearsal.advance(milliseconds: 2 * Self.hourMs)
    try practise(stage)
    #expect(try streak(stage).contains("2 days"))
  }

  @Test func `a broken streak is not shown, a new one is offered`() throws {
    let stage = try stage()
    try practise(stage)
    stage.rehearsal.advance(milliseconds: Self.dayMs)
    try practise(stage)
    stage.rehearsal.advance(milliseconds: 3 * Self.dayMs)
    #expect(try streak(stage) == "A new streak begins with your next answer.")
    try practise(stage)
    #expect(try streak(stage) == "Streak: 1 day")
    #expect(try stage.number("SELECT longest AS n FROM progress") == 2)
  }

  @Test func `seven days earn a freeze, never more than two are held`() throws {
    let stage = try stage()
    for day in 0..<24 {
      stage.rehearsal.move(to: moment(day: day, hour: 9, zone: "Asia/Tehran"))
      try practise(stage)
      #expect(try freezes(stage) == min((day + 1) / 7, 2))
    }
  }

  @Test func `a freeze keeps the streak over a missed day by itself`() throws {
    let stage = try stage()
    for day in 0..<7 {
      stage.rehearsal.move(to: moment(day: day, hour: 9, zone: "Asia/Tehran"))
      try practise(stage)
    }
    stage.rehearsal.move(to: moment(day: 8, hour: 9, zone: "Asia/Tehran"))
    #expect(try streak(stage).contains("7 days"))
    try practise(stage)
    #expect(try streak(stage).contains("8 days"))
    #expect(try freezes(stage) == 0)
    stage.rehearsal.move(to: moment(day: 10, hour: 9, zone: "Asia/Tehran"))
    try practise(stage)
    #expect(try streak(stage) == "Streak: 1 day")
  }

  @Test func `a change of zone makes no second day of one evening`() throws {
    let stage = try stage()
    try stage.setZone("Asia/Tehran")
    stage.rehearsal.move(to: moment(day: 0, hour: 22, zone: "Asia/Tehran"))
    try practise(stage)
    // In Auckland it is the next morning already.
    try stage.setZone("Pacific/Auckland")
    try practise(stage)
    #expect(try streak(stage) == "Streak: 1 day")
    try stage.setZone("America/Los_Angeles")
    try practise(stage)
    #expect(try streak(stage) == "Streak: 1 day")
  }

  @Test func `a flight east loses no day`() throws {
    let stage = try stage()
    try stage.setZone("America/Los_Angeles")
    stage.rehearsal.move(to: moment(day: 0, hour: 20, zone: "America/Los_Angeles"))
    try practise(stage)
    // 26 hours later it is two dates later in Tehran.
    try stage.setZone("Asia/Tehran")
    stage.rehearsal.advance(milliseconds: 26 * Self.hourMs)
    try practise(stage)
    #expect(try streak(stage).contains("2 days"))
  }

  @Test func `a flight west loses no day`() throws {
    let stage = try stage()
    try stage.setZone("Asia/Tehran")
    stage.rehearsal.move(to: moment(day: 0, hour: 8, zone: "Asia/Tehran"))
    try practise(stage)
    try stage.setZone("America/Los_Angeles")
    for day in 1...2 {
      stage.rehearsal.move(to: moment(day: day, hour: 9, zone: "America/Los_Angeles"))
      try practise(stage)
    }
    #expect(try streak(stage).contains("3 days"))
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
  func `clock changes neither add nor lose a day`(_ zone: String) throws {
    let stage = try stage()
    try stage.setZone(zone)
    for day in 0..<25 {
      stage.rehearsal.move(to: moment(day: day, hour: day % 2 == 0 ? 23 : 1, zone: zone))
      try practise(stage)
    }
    #expect(try streak(stage).contains("25 days"))
  }
}
