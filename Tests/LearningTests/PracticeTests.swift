@testable import Learning

import Conversation
import Foundation
import Language
import Rehearsal
import Storage
import Synchronization
import Testing

/// What practice adds up to, as a learner meets it.
struct PracticeTests {
  private static let dayMs: Int64 = 86_400_000

  private static let content = Result {
    try LearningContent.load(
      from: Project.root.appendingPathComponent("Curriculum"),
      interests: [
        "films", "music", "sport", "food", "technology", "books", "nature", "business",
      ])
  }

  // MARK: The report

  @Test func `the report tells the day's goal, the week and what comes next`() throws {
    let stage = try LearningStage(ports: LearnerPorts(minutesOf: { _, _ in 15 }))
    stage.level.set("A1")
    try stage.finishSample()
    let report = try stage.rehearsal.say("/progress").first?.text ?? ""
    #expect(report.contains("of 15 minutes"))
    #expect(report.contains("Your week"))
    #expect(report.contains("100% right"))
    #expect(report.contains("The A1 level test is open for you"))
  }

  @Test func `pauses are not counted as practice`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    try stage.rehearsal.say("In Shiraz")
    stage.rehearsal.advance(milliseconds: 3_600_000)
    try stage.rehearsal.say("False")
    stage.rehearsal.advance(milliseconds: 50_000)
    try stage.rehearsal.say("beautiful")
    #expect(try stage.number("SELECT active_ms AS n FROM practice_days") == 90_000)
    #expect(try stage.number("SELECT answers AS n FROM practice_days") == 3)
  }

  @Test func `a skill has the highest level at which enough was right lately`() {
    let kinds = [
      PracticeLog.Kind(level: .a1, kind: "fill_blank", answers: 9, percents: 800, recent: 90),
      PracticeLog.Kind(
        level: .a2, kind: "sentence_reordering", answers: 8, percents: 500, recent: 60),
      PracticeLog.Kind(level: .b1, kind: "fill_blank", answers: 7, percents: 700, recent: 100),
      PracticeLog.Kind(level: .a1, kind: "dictation", answers: 12, percents: 120, recent: 10),
    ]
    let shown = SkillLevel.all(from: kinds)
    #expect(shown.map(\.skill) == [.grammar, .listening])
    #expect(shown.map(\.level) == [.a1, nil])
    #expect(shown.map(\.tried) == [.a2, .a1])
    #expect(SkillGap(kinds)?.best.kind == "fill_blank")
    #expect(SkillGap(kinds)?.worst.kind == "dictation")
    #expect(SkillGap(Array(kinds.prefix(1))) == nil)
  }

  // MARK: Achievements

  @Test func `an achievement is told once, where it was earned`() throws {
    let stage = try LearningStage(
      SampleLesson.curriculum(["a1-sample", "a1-second"]), content: try Self.content.get())
    try stage.finishSample()
    let told = try stage.rehearsal.messages().filter { $0.text.contains("You have earned") }
    #expect(told.count == 1)
    #expect(told.first?.text.contains("First lesson") == true)
    #expect(told.first?.text.contains("Not one mistake") == true)
    try stage.finishSample("a1-second")
    let lines = try stage.rehearsal.messages().filter { $0.text.contains("You have earned") }
      .flatMap { $0.text.split(separator: "\n").dropFirst() }.filter { $0.contains("First lesson") }
    #expect(lines.count == 1)
  }

  @Test func `the list shows what is reached and what is near`() throws {
    let stage = try LearningStage(content: try Self.content.get())
    try stage.finishSample(first: "In Rasht")
    let list = try stage.rehearsal.say("/achievements").first?.text ?? ""
    #expect(list.contains("🌱 First lesson"))
    #expect(!list.contains("Not one mistake"))
    #expect(list.contains("Next within reach"))
  }

  @Test func `there are at least twenty achievements, each with its own words`() throws {
    let all = try Self.content.get().achievements.all
    #expect(all.count >= 20)
    for language in [LanguageCode.english, .persian, .arabic] {
      #expect(Set(all.map { $0.title.exactly(language) ?? "" }).count == all.count)
      #expect(Set(all.map { $0.detail.exactly(language) ?? "" }).count == all.count)
    }
  }

  @Test(arguments: [
    ("measure: xp", "measure: height", "`measure` must be one of"),
    ("threshold: 5", "threshold: none", "`threshold` must be a whole number"),
    (", ar: \"ج\"", "", "`title` lacks `ar`"),
  ])
  func `a fault in an achievement is told`(_ old: String, _ new: String, _ problem: String) {
    let text = """
      achievements:
        - { id: one, badge: "⭐", measure: xp, threshold: 5, title: { en: "A", fa: "ب", ar: "ج" },
            description: { en: "A", fa: "ب", ar: "د" } }
      """
    #expect(throws: Never.self) { try AchievementShelf(.init(name: "a.yaml", text: text)) }
    do {
      _ = try AchievementShelf(.init(name: "a.yaml", text: text.replacing(old, with: new)))
      Issue.record("the fault was not found")
    } catch { #expect(error.all.contains { $0.description.contains(problem) }) }
  }

  // MARK: The level test

  @Test func `a level test opens with the lessons and leads to the next level`() throws {
    let raised = Raised()
    let stage = try LearningStage(
      ports: LearnerPorts(raiseLevel: { _, level, _ in raised.note(level) }))
    stage.level.set("A1")
    try stage.rehearsal.say("/start")
    try stage.rehearsal.say("/levelup")
    #expect(try stage.last().text.contains("Lessons to go: 1"))
    try stage.finishSample()
    try stage.rehearsal.say("/levelup")
    #expect(try stage.last().text.contains("Question 1 of 8"))
    try Self.answerTest(stage) { stage.answer(to: $0) }
    #expect(try stage.last().text.contains("Passed with 100%"))
    #expect(raised.levels == ["A2"])
  }

  @Test func `who does not pass may try again a day later`() throws {
    let raised = Raised()
    let stage = try LearningStage(
      ports: LearnerPorts(raiseLevel: { _, level, _ in raised.note(level) }))
    stage.level.set("A1")
    try stage.finishSample()
    try stage.rehearsal.say("/levelup")
    try Self.answerTest(stage) { _ in ["skip"] }
    #expect(try stage.last().text.contains("0% right"))
    #expect(raised.levels.isEmpty)
    try stage.rehearsal.say("/levelup")
    #expect(try stage.last().text.contains("a day later"))
    stage.rehearsal.advance(milliseconds: Self.dayMs)
    try stage.rehearsal.say("/levelup")
    #expect(try stage.last().text.contains("Question 1 of 8"))
  }

  @Test func `a test goes on where it was after a digression`() throws {
    let stage = try LearningStage()
    stage.level.set("A1")
    try stage.finishSample()
    try stage.rehearsal.say("/levelup")
    try stage.rehearsal.say("skip")
    let before = try stage.last()
    try stage.rehearsal.say("/menu")
    try stage.rehearsal.say("/levelup")
    #expect(before.text.contains("Question 2 of 8"))
    #expect(try stage.last().text == before.text)
  }

  private static func answerTest(
    _ stage: LearningStage, _ answer: (Rehearsal.Said) -> [String]
  ) throws {
    for _ in 0..<30 {
      let said = try stage.last()
      guard said.text.contains("Question ") else { return }
      for word in answer(said) {
        if said.buttons.contains(word) {
          try stage.rehearsal.press(word)
        } else {
          try stage.rehearsal.say(word)
        }
      }
    }
  }

  // MARK: Plan and topics

  @Test func `a plan spreads cards, leaves time for lessons and ends in the test`() {
    let plan = WeekPlan.make(
      minutes: 10, cards: [50, 4, 0, 0, 2, 0, 0], lessonsLeft: 3, missing: 2, weakest: "dictation")
    #expect(plan.days.count == 7)
    #expect(plan.days.map(\.cards) == [20, 20, 14, 0, 2, 0, 0])
    #expect(plan.days.map(\.lessons).reduce(0, +) == 3)
    #expect(plan.days[0].lessons == 0)
    #expect(plan.days.count(where: \.hasTest) == 1)
    #expect(plan.days.map(\.hasPractice) == [false, false, true, false, false, true, false])
  }

  @Test func `a plan for somebody who has just come is one of lessons`() throws {
    let stage = try LearningStage()
    try stage.rehearsal.say("/start")
    let plan = try stage.rehearsal.say("/plan").first?.text ?? ""
    #expect(plan.contains("10 minutes a day"))
    #expect(plan.contains("lessons: 1"))
  }

  @Test func `sixty topics, another one each day, near the level`() throws {
    let topics = try Self.content.get().topics
    #expect(topics.all.count >= 60)
    for level in CEFRLevel.allCases {
      let picked = (0..<8).compactMap { topics.pick(level: level, interests: [], day: 20_000 + $0) }
      #expect(picked.count == 8)
      #expect(zip(picked, picked.dropFirst()).allSatisfy { $0.id != $1.id }, "\(level)")
      #expect(picked.allSatisfy { $0.level <= max(level, .a0) }, "\(level)")
    }
    let liked = (1...3).compactMap {
      topics.pick(level: .a2, interests: ["food"], day: 20_000 + $0)
    }
    #expect(liked.allSatisfy { $0.interest == "food" })
  }

  @Test func `an answer to the topic brings points once a day`() throws {
    let stage = try LearningStage(content: try Self.content.get())
    try stage.rehearsal.say("/start")
    try stage.rehearsal.say("/topic")
    #expect(try stage.last().text.hasPrefix("💬"))
    try stage.rehearsal.say("Yes")
    #expect(try stage.last().text.hasPrefix("A good beginning"))
    for _ in 0..<2 {
      try stage.rehearsal.say("I like warm bread and tea")
      #expect(try stage.last().text.contains("You wrote 6 words"))
      #expect(try stage.xp() == 10)
      try stage.rehearsal.say("/topic")
    }
    try stage.rehearsal.press("Another topic")
    #expect(try stage.last().text.hasPrefix("💬"))
  }
}

final class Raised: Sendable {
  private let state = Mutex<[String]>([])
  var levels: [String] { state.withLock { $0 } }
  func note(_ level: String) { state.withLock { $0.append(level) } }
}

extension LearningStage {
  /// The right answer to whichever activity of the sample lesson is shown.
  func answer(to said: Rehearsal.Said) -> [String] {
    let answers = [
      ("Where does Sara live?", "In Shiraz"), ("Sara is in Rasht.", "False"),
      ("Yesterday it was", "beautiful"), ("Say no.", "I cannot drive to Rasht"),
      ("A bee makes honey.", "True"), ("to work by bus", "goes"),
      ("What does a dog do?", "It barks"),
    ]
    if let found = answers.first(where: { said.text.contains($0.0) }) { return [found.1] }
    let matching = ["says miaow", "barks", "gives milk", "makes honey"]
    let places = matching.map { meaning in said.buttons.firstIndex(of: meaning) ?? 0 }
    let letters = ["a", "b", "c", "d"]
    return [
      places.enumerated().map { "\($0.offset + 1)\(letters[$0.element])" }.joined(separator: " ")
    ]
  }
}
