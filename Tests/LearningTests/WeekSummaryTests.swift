import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

/// The week that is told of by itself.
struct WeekSummaryTests {
  private static let timer = "week-summary"
  private static let dayMs: Int64 = 86_400_000

  /// A Sunday at ten in the morning in Berlin, which is where the learner lives.
  private static let sunday = Timestamp(milliseconds: 1_760_256_000_000)

  private func stage(sound: Bool = true, language: String = "en") throws -> LearningStage {
    let stage = try LearningStage(sound: sound)
    stage.rehearsal.move(to: Self.sunday.adding(milliseconds: -Self.dayMs))
    try stage.rehearsal.say("/start", languageHint: language)
    try stage.setZone("Europe/Berlin")
    return stage
  }

  private func practise(_ stage: LearningStage) throws {
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.press("Start")
    try stage.rehearsal.say("In Shiraz")
  }

  private func ring(_ stage: LearningStage) throws -> [Rehearsal.Said] {
    stage.rehearsal.move(to: Self.sunday)
    return try stage.rehearsal.deliver(.timer(name: Self.timer, payload: ""))
  }

  @Test func `a week with practice is told as a picture with the same in words`() throws {
    let stage = try stage()
    try practise(stage)
    let question = try stage.last()
    let said = try ring(stage)
    #expect(try stage.number("SELECT count(*) AS n FROM media") == 1)
    let words = said.map(\.text).joined(separator: "\n")
    #expect(words.contains("Another week is over."), "\(said)")
    #expect(words.contains("Saturday"), "\(said)")
    #expect(said.last?.buttons == ["Learn", "My progress"])
    // The lesson's question is still the open one.
    #expect(try stage.rehearsal.openFlows().last == "lesson")
    #expect(question.buttons.count > 1)
  }

  @Test func `where no picture can be sent the words are`() throws {
    let stage = try stage(sound: false)
    try practise(stage)
    #expect(try ring(stage).count == 1)
    #expect(try stage.number("SELECT count(*) AS n FROM media") == 0)
  }

  @Test func `a week without practice is not told of`() throws {
    let stage = try stage()
    #expect(try ring(stage).isEmpty)
    try practise(stage)
    stage.rehearsal.move(to: Self.sunday.adding(milliseconds: 14 * Self.dayMs))
    #expect(try stage.rehearsal.deliver(.timer(name: Self.timer, payload: "")).isEmpty)
  }

  @Test func `it comes once in a week, whatever rings again`() throws {
    let stage = try stage()
    try practise(stage)
    #expect(try !ring(stage).isEmpty)
    #expect(try ring(stage).isEmpty)
    stage.rehearsal.advance(milliseconds: 2 * Self.dayMs)
    #expect(try stage.rehearsal.deliver(.timer(name: Self.timer, payload: "")).isEmpty)
    try stage.rehearsal.say("False")
    stage.rehearsal.move(to: Self.sunday.adding(milliseconds: 7 * Self.dayMs))
    #expect(try !stage.rehearsal.deliver(.timer(name: Self.timer, payload: "")).isEmpty)
  }

  @Test(arguments: [("en", "Sunday", 0), ("fa", "Friday", -2), ("ar", "Friday", -2)])
  func `it is told on the last day of the learner's week`(
    _ language: String, _ name: String, _ offset: Int64
  ) throws {
    let stage = try stage(language: language)
    stage.rehearsal.move(to: Self.sunday.adding(milliseconds: -4 * Self.dayMs))
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say(["fa": "شروع", "ar": "ابدأ"][language] ?? "start")
    try stage.rehearsal.say("In Shiraz")
    for day in Int64(-3)...3 {
      stage.rehearsal.move(to: Self.sunday.adding(milliseconds: day * Self.dayMs))
      try stage.rehearsal.deliver(.timer(name: LearningStage.hourTimer, payload: ""))
      #expect(
        try stage.rehearsal.dueTimers().contains(Self.timer) == (day == offset),
        "\(name), day \(day)")
      try stage.rehearsal.fireDueTimers()
    }
  }

  @Test func `at an hour of rest it waits for the morning`() throws {
    let stage = try stage()
    try practise(stage)
    stage.rehearsal.move(to: Self.sunday)
    try stage.rehearsal.deliver(.timer(name: LearningStage.hourTimer, payload: ""))
    let waits = try stage.number(
      "SELECT waits_for_morning AS n FROM timers WHERE name = 'week-summary'")
    #expect(waits == 1)
  }

  @Test func `who has taken back the word on reminders gets none`() throws {
    let stage = try stage()
    try practise(stage)
    try stage.rehearsal.database.writeBlocking { database in
      let record = try #require(try stage.rehearsal.record(database))
      try Consent.record(
        .reminders, .withdrawn, of: record.id,
        by: Consent.Evidence(.setting, conversation: record.id), at: stage.rehearsal.now,
        in: database)
    }
    #expect(try ring(stage).isEmpty)
  }
}
