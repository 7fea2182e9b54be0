import Conversation
import Rehearsal
import Storage
import Testing

/// Answers that are chosen, by a button or by typing: what each is worth.
struct ChoosingActivityTests {
  @Test func `image selection`() throws {
    let activity = SampleActivities.named("image_selection")
    try Case.check(
      activity,
      [
        Case("🧾", .right), Case(" 🧾 ", .right), Case("paper with prices", .right),
        Case("Paper with prices.", .right), Case("رسید", .right),
        Case("papper with prices", .almost),
        Case("💳", .wrong), Case("a bank card", .wrong), Case("☕🍰", .wrong),
        Case("کارت بانکی", .wrong),
        Case("receipt", .unclear), Case("7", .unclear), Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `listening comprehension`() throws {
    let activity = SampleActivities.named("listening_comprehension")
    try Case.check(
      activity,
      [
        Case("Tomorrow at nine", .right), Case("tomorrow at nine.", .right),
        Case("tomorrow at 9", .right), Case("“Tomorrow at nine”", .right),
        Case("Tomorow at nine", .almost), Case("tomorrow at ninee", .almost),
        Case("Today at nine", .wrong), Case("Tomorrow at five", .wrong),
        Case("Todai at nine", .wrong),
        Case("nine", .unclear), Case("فردا", .unclear), Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `pronunciation without a voice`() throws {
    let activity = SampleActivities.named("pronunciation")
    try Case.check(
      activity,
      [
        Case("street", .right), Case("Street", .right), Case("“street”", .right),
        Case("streat", .almost), Case("streeet", .almost), Case("script", .wrong),
        Case("accept", .wrong), Case("acept", .wrong), Case("SCRIPT.", .wrong),
        Case("Can I have the receipt, please?", .unclear), Case("9", .unclear), Case("", .unclear),
        Case("skip", .skipped),
      ])
  }

  @Test func `dialogue completion`() throws {
    let activity = SampleActivities.named("dialogue_completion")
    try Case.check(
      activity,
      [
        Case("Yes, a piece of cake, please.", .right), Case("yes a piece of cake please", .right),
        Case("I'd like a piece of cake, please", .right),
        Case("I would like a piece of cake please", .right),
        Case("Yes, a peice of cake, please", .almost),
        Case("Yes, a piece of cke, please.", .almost),
        Case("Yes, I eat.", .wrong), Case("no he is not", .wrong), Case("No, he isn't.", .wrong),
        Case("cake", .unclear), Case("بله", .unclear), Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `odd one out`() throws {
    let activity = SampleActivities.named("odd_one_out")
    try Case.check(
      activity,
      [
        Case("bread", .right), Case("Bread!", .right), Case("“bread”", .right),
        Case("BREAD", .right),
        Case("braed", .almost), Case("bred", .almost), Case("coffee", .wrong),
        Case("water", .wrong),
        Case("juice", .wrong), Case("cofee", .wrong), Case("tea", .unclear), Case("نان", .unclear),
        Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `cloze passage in one go`() throws {
    let activity = SampleActivities.named("cloze_passage")
    try Case.check(
      activity,
      [
        Case("any, several, much", .right), Case("ANY; SEVERAL; MUCH", .right),
        Case("enough, some, much", .right), Case("1a 2c 3c", .right), Case("a c c", .right),
        Case("1a 2c 3b", .partial, 66), Case("any, severl, much", .almost, 83),
        Case("many, severl, much", .partial, 50), Case("many, much, few", .wrong),
        Case("any, several", .unclear), Case("چند", .unclear), Case("", .unclear),
        Case("skip", .skipped),
      ])
  }

  @Test func `a passage is filled gap by gap`() throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("cloze_passage")]))
    let shown = try stage.open(0)
    #expect(shown.buttons == ["any", "many", "some", "Hint", "Skip"])
    #expect(try stage.rehearsal.press("any").last?.text.contains("hasn't got any bread") == true)
    let last = try stage.rehearsal.say("some").last
    #expect(last?.text.contains("She buys several cakes") == true)
    #expect(last?.buttons == ["few", "many", "much", "Hint", "Skip"])
    #expect(try stage.rehearsal.press("much").first?.text.hasPrefix("✅") == true)
  }

  /// `%` stands for the letter of the right group, `!` for the other one.
  @Test(arguments: [
    ("1% 2% 3% 4%", "✅", 100), ("1%2%3%4%", "✅", 100), ("% % % %", "✅", 100),
    ("1% 2% 3% 4!", "🟡 Partly", 75), ("1% 2% 3! 4!", "🟡 Partly", 50),
    ("1! 2! 3! 4%", "🟡 Partly", 25), ("1! 2! 3! 4!", "❌", 0), ("1% 2%", "Please", -1),
    ("1% 2% 3% 5%", "Please", -1), ("1z 2z 3z 4z", "Please", -1), ("", "Please", -1),
    ("نمی‌دانم", "Please", -1), ("skip", "Skipped", 0),
  ])
  func `categorisation in one go`(_ pattern: String, _ heard: String, _ percent: Int) throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("categorisation")]))
    let shown = try stage.open(0)
    var says = ""
    var place = 0
    for character in pattern {
      guard "%!".contains(character) else {
        says.append(character)
        continue
      }
      let isFood = ["bread", "cheese"].contains { shown.text.contains("\(place + 1). \($0)") }
      says += isFood == (character == "%") ? "b" : "a"
      place += 1
    }
    let said = try stage.rehearsal.say(says)
    #expect(said.first?.text.hasPrefix(heard) == true, "“\(says)”: \(said)")
    if percent >= 0 {
      #expect(try stage.number("SELECT percent AS n FROM activity_answers") == percent)
    }
  }

  @Test func `words are put into groups one by one`() throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("categorisation")]))
    var shown = try stage.open(0)
    #expect(shown.buttons == ["Drinks", "Food", "Hint", "Skip"])
    for _ in 0..<4 {
      let isFood = ["bread", "cheese"].contains { shown.text.contains("Where does \($0)") }
      let said = try stage.rehearsal.press(isFood ? "Food" : "Drinks")
      shown = said.last ?? shown
    }
    #expect(shown.text.hasPrefix("✅"))
  }

  @Test(arguments: [
    "image_selection", "listening_comprehension", "pronunciation", "dialogue_completion",
    "odd_one_out", "cloze_passage", "categorisation",
  ])
  func `nothing hostile is right or stops the lesson`(_ type: String) throws {
    try Case.checkHostile(SampleActivities.named(type))
  }

  @Test func `what was heard is shown afterwards`() throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("listening_comprehension")]))
    try stage.open(0)
    let said = try stage.rehearsal.say("Today at nine")
    #expect(said.first?.text.contains("“The bank opens tomorrow at nine.”") == true)
  }
}
