import Conversation
import Foundation
import Language
import Learning
import Rehearsal
import Storage
import Testing

/// Hints, skips, mistakes, pauses, other channels and other versions: the ways through a lesson.
struct LessonPathTests {
  private static let rightAnswers = [
    "In Shiraz", "False", "beautiful", "I cannot drive to Rasht", "match", "True", "goes",
    "It barks",
  ]

  private func answer(_ word: String, _ stage: LearningStage) throws {
    guard word == "match" else { return _ = try stage.rehearsal.say(word) }
    for meaning in ["says miaow", "barks", "gives milk"] { try stage.rehearsal.press(meaning) }
  }

  @Test func `a hint is whispered once and takes a quarter`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.fillBlank)
    let said = try stage.rehearsal.press("Hint").last
    #expect(said?.text.hasPrefix("💡 It isn't “beaut") == true, "\(said?.text ?? "")")
    #expect(said?.text.contains("a quarter of the points") == true)
    #expect(said?.buttons.contains("Hint") == false)
    #expect(try stage.rehearsal.say("beautiful").first?.text.hasPrefix("✅") == true)
    #expect(
      try stage.number("SELECT percent AS n FROM activity_answers WHERE kind = 'fill_blank'") == 75)
    #expect(try stage.xp() == 8)
    for _ in 3..<8 { try stage.rehearsal.say("skip") }
    // What was right with a hint does not come back.
    #expect(try stage.last().text.hasPrefix("Lesson complete"))
  }

  @Test func `an author's own clue is what is whispered`() throws {
    let clue = "clue: { en: \"Think of the till.\", fa: \"به صندوق فکر کنید.\" }"
    let spelling = SampleActivities.named("spelling")
    let stage = try LearningStage(
      SampleActivities.curriculum([(spelling.type, spelling.yaml + "\n" + clue)]))
    try stage.open(0)
    #expect(try stage.rehearsal.say("hint").last?.text.hasPrefix("💡 Think of the till.") == true)
  }

  @Test func `what is skipped counts as not right`() throws {
    let stage = try LearningStage()
    try stage.open(4)
    for word in Self.rightAnswers.dropFirst(4) { try answer(word, stage) }
    #expect(try stage.last().text.contains("Accuracy: 50%"))
    #expect(try stage.last().buttons == ["Next lesson", "Repeat mistakes", "Menu"])
  }

  @Test func `mistakes are repeated until they are right`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    try stage.rehearsal.say("In Rasht")
    try stage.rehearsal.say("True")
    for word in Self.rightAnswers.dropFirst(2) { try answer(word, stage) }
    // They come back at the end: one is mended, one is not.
    try stage.rehearsal.say("In Shiraz")
    try stage.rehearsal.say("True")
    #expect(try stage.last().text.contains("• False\n  Because."))
    let first = try stage.rehearsal.press("Repeat mistakes")
    #expect(first.first?.text.contains("Mistakes of “Sample a1-sample”, 1 to go") == true)
    #expect(first.last?.text.contains("🔁 1/1") == true)
    let xp = try stage.xp()
    let end = try stage.rehearsal.say("False").last
    #expect(end?.text.hasPrefix("Mistakes repeated") == true)
    #expect(end?.text.contains("Put right: 1 of 1") == true)
    #expect(end?.buttons == ["Next lesson", "Menu"])
    #expect(try stage.xp() == xp + 5)
    #expect(try stage.rehearsal.say("/mistakes").first?.text.contains("no mistakes") == true)
    #expect(try stage.number("SELECT percent AS n FROM lesson_runs") == 75)
  }

  @Test func `after a long pause the text is shown again, on whichever channel`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.reordering)
    try stage.rehearsal.press("I")
    stage.rehearsal.advance(milliseconds: 3 * 86_400_000)
    try stage.rehearsal.say("/menu")
    let said = try stage.rehearsal.say("/learn")
    #expect(said.first?.text.hasPrefix("Welcome back to “Sample a1-sample”") == true)
    #expect(said.first?.text.contains("Sara lives in Shiraz.") == true)
    #expect(said.last?.text.contains("So far: I …") == true)
  }

  @Test func `a state of the first version goes on where it stood`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.reordering)
    try stage.rehearsal.press("I")
    let before = try stage.last()
    try stage.rehearsal.database.writeBlocking { database in
      let stored: String =
        try database.first("SELECT stack FROM conversations")?.value("stack") ?? ""
      let line = try #require(stored.split(separator: "\n").last)
      let json = try #require(line.split(separator: " ", maxSplits: 2).last)
      let all = try JSONSerialization.jsonObject(with: Data(json.utf8))
      var state = try #require(all as? [String: Any])
      for key in ["round", "mendedCount", "askedAt", "ticket"] { state[key] = nil }
      var attempt = try #require(state["attempt"] as? [String: Any])
      for key in ["isHinted", "hasSound", "hearsVoice"] { attempt[key] = nil }
      state["attempt"] = attempt
      let old = String(
        decoding: try JSONSerialization.data(withJSONObject: state), as: UTF8.self)
      let stack = "home 1 {}\nlesson 1 " + old
      _ = try database.execute("UPDATE conversations SET stack = \(stack)")
    }
    let said = try stage.rehearsal.say("/learn")
    #expect(said.last?.text == before.text)
    for word in ["cannot", "drive"] { try stage.rehearsal.press(word) }
    #expect(try stage.rehearsal.press("to").first?.text.hasPrefix("✅") == true)
  }

  @Test func `a list of the first version goes on at its page`() throws {
    let stage = try LearningStage(try SampleLesson.curriculum((0..<8).map { "a1-n\($0)" }))
    try stage.rehearsal.say("hi")
    try stage.rehearsal.database.writeBlocking {
      _ = try $0.execute(
        "UPDATE conversations SET stack = 'home 1 {}' || char(10) || 'lessons 1 {\"page\":1}'")
    }
    #expect(try stage.rehearsal.say("hm").last?.text.contains("page 2 of 2") == true)
  }

  @Test func `lessons are found by level, by category and among the recommended`() throws {
    let featured = SampleLesson.text(id: "b1-four", order: 40)
      .replacing("minutes: 5", with: "minutes: 5\nfeatured: true")
      .replacing("category: daily-life", with: "category: travel")
    let plain = SampleLesson.text(id: "a1-two", order: 20)
    let curriculum = try Curriculum([
      .init(name: "lessons/a1-two.yaml", text: plain),
      .init(name: "lessons/b1-four.yaml", text: featured),
    ])
    let stage = try LearningStage(curriculum)
    try stage.rehearsal.say("hi")
    let ways = try stage.rehearsal.say("/lessons").last
    #expect(
      ways?.buttons == ["Recommended", "Daily life", "Travel", "By level", "All lessons", "Menu"])
    let four = ["B1 · Sample b1-four", "Back", "Menu"]
    #expect(try stage.rehearsal.press("Recommended").last?.buttons == four)
    #expect(try stage.rehearsal.press("Back").last?.buttons == ways?.buttons)
    #expect(try stage.rehearsal.press("Travel").last?.buttons == four)
    try stage.rehearsal.press("Back")
    #expect(try stage.rehearsal.press("By level").last?.buttons == ["A1", "B1", "Back"])
    #expect(try stage.rehearsal.press("B1").last?.buttons == four)
    #expect(try stage.rehearsal.say("a1").last?.buttons.first == "A1 · Sample a1-two")
    try stage.rehearsal.say("/learn a1-two")
    try stage.rehearsal.say("/lessons")
    try stage.rehearsal.press("Back")
    #expect(try stage.last().buttons.first == "Continue")
    #expect(try stage.rehearsal.press("Continue").last?.text == "Sara lives in Shiraz.")
  }

  @Test func `asked for again, the list begins anew with the ways to look`() throws {
    let stage = try LearningStage()
    try stage.rehearsal.say("hi")
    let ways = try stage.rehearsal.say("/lessons").last
    try stage.rehearsal.press("All lessons")
    #expect(try stage.last().buttons != ways?.buttons)
    let again = try stage.rehearsal.say("/lessons").last
    #expect(again?.text == ways?.text)
    #expect(again?.buttons == ways?.buttons)
    #expect(try stage.rehearsal.openFlows() == ["home", "lessons"])
    // After something else it is still where it was.
    try stage.rehearsal.press("All lessons")
    let page = try stage.last()
    try stage.rehearsal.say("/progress")
    #expect(try stage.last().buttons == page.buttons)
  }

  @Test func `the end says what comes next`() throws {
    let stage = try LearningStage(try SampleLesson.curriculum(["a1-one", "a1-two"]))
    try stage.rehearsal.say("hi")
    try stage.rehearsal.say("/learn")
    try stage.rehearsal.press("Start")
    for word in Self.rightAnswers { try answer(word, stage) }
    #expect(try stage.last().text.contains("Next: A1 · Sample a1-two"))
  }
}
