import Conversation
import Foundation
import Learning
import Rehearsal
import Storage
import Testing

struct LessonFlowTests {
  private static let rightAnswers = [
    "In Shiraz", "False", "beautiful", "I cannot drive to Rasht", "match", "True", "goes",
    "It barks",
  ]

  private func answer(_ word: String, _ stage: LearningStage) throws -> [Rehearsal.Said] {
    guard word == "match" else { return try stage.rehearsal.say(word) }
    for meaning in ["says miaow", "barks"] { try stage.rehearsal.press(meaning) }
    return try stage.rehearsal.press("gives milk")
  }

  @Test func `a lesson without a mistake`() throws {
    let stage = try LearningStage()
    let first = try stage.open(0)
    #expect(first.text.hasPrefix("▱▱▱▱▱▱▱▱ 1/8"))
    for word in Self.rightAnswers { _ = try answer(word, stage) }
    let end = try stage.last()
    #expect(end.text.hasPrefix("Lesson complete"))
    #expect(end.text.contains("+100 XP"))
    #expect(end.text.contains("Accuracy: 100%"))
    #expect(end.text.contains("Streak: 1 day"))
    #expect(end.buttons == ["Next lesson", "Menu"])
    #expect(try stage.xp() == 100)
    #expect(try stage.rehearsal.openFlows() == ["home"])
  }

  @Test func `a lesson in Persian`() throws {
    let stage = try LearningStage()
    let first = try stage.open(0, language: "fa-IR")
    #expect(first.text.contains("سارا کجا زندگی می‌کند؟"))
    for word in ["In Shiraz", "غلط", "beautiful", "I cannot drive to Rasht"] {
      #expect(try stage.rehearsal.say(word).first?.text.contains("چون.") == true)
    }
    for meaning in ["گربه", "سگ", "گاو"] { try stage.rehearsal.press(meaning) }
    for word in ["درست", "goes", "It barks"] { try stage.rehearsal.say(word) }
    let end = try stage.last()
    #expect(end.text.hasPrefix("درس تمام شد"))
    #expect(end.text.contains("+۱۰۰ امتیاز"))
    #expect(end.text.contains("دقت: ۱۰۰٪"))
  }

  @Test func `what went wrong comes once more at the end and earns less`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    try stage.rehearsal.say("In Rasht")
    for word in Self.rightAnswers.dropFirst() { _ = try answer(word, stage) }
    #expect(try stage.last().text.contains("Once more"))
    #expect(try stage.last().text.contains("Where does Sara live?"))
    let said = try stage.rehearsal.say("In Shiraz")
    #expect(said.first?.text.hasPrefix("✅") == true)
    #expect(said.last?.text.hasPrefix("Lesson complete") == true)
    #expect(said.last?.text.contains("Accuracy: 87%") == true)
    #expect(said.last?.text.contains("• In Shiraz") == true)
    // 2 for trying, 70 for the rest, 5 for mending, 20 for finishing.
    #expect(try stage.xp() == 97)
  }

  @Test func `a lesson skipped through earns nothing`() throws {
    let stage = try LearningStage()
    try stage.open(8)
    #expect(try stage.last().text.hasPrefix("Lesson complete"))
    #expect(try stage.last().text.contains("Accuracy") == false)
    #expect(try stage.xp() == 0)
    #expect(try stage.number("SELECT count(*) AS n FROM progress") == 0)
  }

  @Test func `a lesson goes on where it was after a digression`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.reordering)
    try stage.rehearsal.press("I")
    let before = try stage.last()
    #expect(try stage.rehearsal.say("/menu").last?.text == "home")
    let after = try stage.rehearsal.say("/learn")
    #expect(after.map(\.text) == [before.text])
    #expect(after.map(\.buttons) == [before.buttons])
    #expect(try stage.rehearsal.say("/progress").last?.text == before.text)
  }

  @Test func `a lesson is taken up again even when its flow is gone`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    try stage.rehearsal.say("In Rasht")
    try stage.rehearsal.say("False")
    try stage.rehearsal.database.writeBlocking {
      _ = try $0.execute("UPDATE conversations SET stack = 'home 1 {}', prompt = NULL")
    }
    try stage.rehearsal.say("/learn")
    let said = try stage.rehearsal.press("Start")
    #expect(said.last?.text.contains("3/8") == true)
    for word in Self.rightAnswers.dropFirst(2) { _ = try answer(word, stage) }
    #expect(try stage.last().text.contains("Where does Sara live?"))
  }

  @Test func `a state nobody can read begins the lesson anew without paying twice`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    try stage.rehearsal.say("In Shiraz")
    try stage.rehearsal.database.writeBlocking {
      _ = try $0.execute(
        "UPDATE conversations SET stack = 'home 1 {}' || char(10) || 'lesson 0 {\"old\":1}'")
    }
    try stage.rehearsal.say("anything")
    try stage.rehearsal.press("Start")
    #expect(try stage.last().text.contains("2/8"))
    #expect(try stage.xp() == 10)
  }

  @Test func `a button of an older question does not answer this one`() throws {
    let stage = try LearningStage()
    let token = try stage.open(SampleLesson.trueFalse).tokens[0]
    try stage.rehearsal.say("False")
    let answers = try stage.answers()
    let said = try stage.rehearsal.send(.choice(.init(token: token)))
    #expect(said.first?.text.contains("older question") == true)
    #expect(said.last?.text.contains("3/8") == true)
    #expect(try stage.answers() == answers)
  }

  @Test func `the text waits until somebody is ready`() throws {
    let stage = try LearningStage()
    try stage.rehearsal.say("hi")
    let said = try stage.rehearsal.say("/learn")
    #expect(said.count == 2)
    #expect(said[0].text.contains("After this lesson you can:"))
    #expect(said[1].text == "Sara lives in Shiraz.")
    #expect(try stage.rehearsal.say("hmm").last?.text.contains("press Start") == true)
    #expect(try stage.rehearsal.say("let's go").last?.text.contains("1/8") == true)
  }

  @Test func `the next lesson follows the level, then the lessons left out`() throws {
    let stage = try LearningStage(
      try SampleLesson.curriculum(["a0-one", "a1-two", "a2-three", "b1-four"]))
    stage.level.set("A2")
    try stage.rehearsal.say("hi")
    for title in ["a2-three", "b1-four", "a0-one", "a1-two"] {
      #expect(try stage.rehearsal.say("/learn").first?.text.contains(title) == true)
      try stage.rehearsal.press("Start")
      for _ in 0..<8 { try stage.rehearsal.say("skip") }
    }
    let said = try stage.rehearsal.say("/learn")
    #expect(said.first?.text.contains("every lesson") == true)
    #expect(said.last?.buttons.contains("All lessons") == true)
  }

  @Test func `a level above all lessons begins with the highest`() throws {
    let stage = try LearningStage(try SampleLesson.curriculum(["a0-one", "b1-four"]))
    stage.level.set("C1")
    try stage.rehearsal.say("hi")
    #expect(try stage.rehearsal.say("/learn").first?.text.contains("b1-four") == true)
  }

  @Test func `a lesson is chosen from the list, a page at a time`() throws {
    let ids = (0..<8).map { "a1-n\($0)" }
    let stage = try LearningStage(try SampleLesson.curriculum(ids))
    try stage.rehearsal.say("hi")
    #expect(
      try stage.rehearsal.say("/lessons").last?.buttons
        == ["Daily life", "By level", "All lessons", "Menu"])
    #expect(try stage.rehearsal.press("Daily life").last?.buttons.count == 9)
    #expect(try stage.rehearsal.press("Later").last?.text.contains("page 2 of 2") == true)
    #expect(try stage.rehearsal.say("nothing").last?.text.contains("choose one") == true)
    #expect(try stage.rehearsal.press("A1 · Sample a1-n7").first?.text.contains("a1-n7") == true)
    #expect(try stage.rehearsal.openFlows() == ["home", "lesson"])
  }

  @Test func `a lesson nobody has is answered with the list`() throws {
    let stage = try LearningStage()
    try stage.rehearsal.say("hi")
    let said = try stage.rehearsal.say("/learn c9-nowhere")
    #expect(said.first?.text.contains("can't find") == true)
    #expect(said.last?.buttons.contains("All lessons") == true)
  }

  @Test func `the report counts points, lessons and days`() throws {
    let stage = try LearningStage()
    stage.level.set("A1")
    try stage.open(0)
    for word in Self.rightAnswers { _ = try answer(word, stage) }
    let report = try stage.rehearsal.say("/progress").first
    #expect(report?.text.contains("100 XP, 100 of them today") == true)
    #expect(report?.text.contains("Streak: 1 day") == true)
    #expect(report?.text.contains("Lessons finished: 1 of 1") == true)
    #expect(report?.text.contains("Level: A1") == true)
  }

  @Test func `a day has a most for each type of activity`() throws {
    let ids = (0..<9).map { "a1-n\($0)" }
    let stage = try LearningStage(try SampleLesson.curriculum(ids))
    try stage.rehearsal.say("hi")
    for _ in ids {
      try stage.rehearsal.say("/next")
      try stage.rehearsal.press("Start")
      for word in Self.rightAnswers { _ = try answer(word, stage) }
    }
    #expect(try stage.number("SELECT max(xp) AS n FROM daily_xp") == 120)
    #expect(try stage.number("SELECT xp AS n FROM daily_xp WHERE kind = 'lesson'") == 60)
    #expect(try stage.last().text.contains("most for today"))
  }

  @Test func `a lesson finished today is known, one of yesterday is not`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    func isPractised() throws -> Bool {
      try stage.rehearsal.database.readBlocking { database in
        guard let person = try stage.rehearsal.record(database)?.person.id else { return false }
        return try Learning.hasPractisedToday(
          person, at: stage.rehearsal.now, in: database)
      }
    }
    #expect(try !isPractised())
    for word in Self.rightAnswers { _ = try answer(word, stage) }
    #expect(try isPractised())
    stage.rehearsal.advance(milliseconds: 86_400_000)
    #expect(try !isPractised())
  }
}
