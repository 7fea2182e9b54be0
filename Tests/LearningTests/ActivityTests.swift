import Conversation
import Rehearsal
import Storage
import Testing

/// What people say to each type of activity, and what they hear.
struct ActivityTests {
  enum Heard: String {
    case right = "✅"
    case almost = "🟡 Almost"
    case partial = "🟡 Partly"
    case wrong = "❌"
    case skipped = "Skipped"
    case unclear = "Please"
  }

  private func expect(
    _ activity: Int, _ says: String, _ heard: Heard,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let stage = try LearningStage()
    try stage.open(activity)
    let before = try stage.answers()
    let said = try stage.rehearsal.say(says)
    #expect(
      said.first?.text.hasPrefix(heard.rawValue) == true, "“\(says)”: \(said)",
      sourceLocation: location)
    #expect(
      try stage.answers() == before + (heard == .unclear ? 0 : 1), sourceLocation: location)
  }

  @Test(arguments: [
    ("In Shiraz", Heard.right), ("in shiraz.", .right), ("  IN   SHIRAZ ! ", .right),
    ("“In Shiraz”", .right), ("In Rasht", .wrong), ("she cannot say", .wrong),
    ("She can’t say", .wrong), ("skip", .skipped), ("رد کن", .skipped), ("", .unclear),
    ("maybe", .unclear), ("9", .unclear), ("🙂", .unclear), ("'; DROP TABLE people; --", .unclear),
    (String(repeating: "a ", count: 1_900), .unclear),
  ])
  func `multiple choice`(_ says: String, _ heard: Heard) throws {
    try expect(SampleLesson.multipleChoice, says, heard)
  }

  @Test(arguments: ["1", "۱", "a", "A)", "(1)", "option 1", "گزینهٔ ۱", "1."])
  func `an option is named by its number or letter`(_ says: String) throws {
    let stage = try LearningStage()
    let shown = try stage.open(SampleLesson.multipleChoice)
    let said = try stage.rehearsal.say(says)
    let heard = shown.buttons.first == "In Shiraz" ? "✅" : "❌"
    #expect(said.first?.text.hasPrefix(heard) == true, "\(said)")
  }

  @Test func `an option that is a number is meant by its own name`() throws {
    let stage = try LearningStage()
    let shown = try stage.open(7)
    #expect(Set(shown.buttons.dropLast(2)) == ["7", "It barks", "8"])
    #expect(try stage.rehearsal.say("8").first?.text.hasPrefix("❌") == true)
  }

  @Test(arguments: [
    ("False", Heard.right), ("no", .right), ("f", .right), ("غلط", .right), ("نه", .right),
    ("True", .wrong), ("yes", .wrong), ("درست", .wrong), ("1", .wrong), ("2", .right),
    ("perhaps", .unclear), ("", .unclear), ("skip", .skipped),
  ])
  func `true or false`(_ says: String, _ heard: Heard) throws {
    try expect(SampleLesson.trueFalse, says, heard)
  }

  @Test(arguments: [
    ("beautiful", Heard.right), ("Beautiful!", .right), ("lovely", .right), ("beautifull", .almost),
    ("beautifl", .almost), ("beuatiful", .almost), ("lovley", .almost), ("beauty", .wrong),
    ("beautifully", .wrong), ("nice", .wrong), ("skip", .skipped), ("", .unclear),
    ("Yesterday it was lovely in Tehran", .right), ("نمی‌دانم چه بنویسم", .unclear),
    ("what does this sentence mean, please?", .unclear),
  ])
  func `fill in the blank`(_ says: String, _ heard: Heard) throws {
    try expect(SampleLesson.fillBlank, says, heard)
  }

  @Test(arguments: [("go", Heard.wrong), ("goes", .right), ("gose", .almost), ("gos", .almost)])
  func `a changed ending is grammar and no slip`(_ says: String, _ heard: Heard) throws {
    try expect(6, says, heard)
  }

  @Test(arguments: [
    ("I cannot drive to Rasht", Heard.right), ("i can't drive to rasht.", .right),
    ("I can not drive to Rasht", .right), ("I cannot drvie to Rasht", .almost),
    ("Rasht to drive cannot I", .wrong), ("I cannot to Rasht drive", .partial),
    ("I drive", .unclear), ("no idea what to say here", .unclear), ("", .unclear),
    ("skip", .skipped), ("cannot I drive to Rasht", .partial), ("من رانندگی نمی‌کنم", .unclear),
  ])
  func `sentence reordering typed`(_ says: String, _ heard: Heard) throws {
    try expect(SampleLesson.reordering, says, heard)
  }

  @Test func `words are put in order one by one and can be taken back`() throws {
    let stage = try LearningStage()
    let shown = try stage.open(SampleLesson.reordering)
    #expect(Set(shown.buttons) == ["to", "cannot", "Rasht", "I", "drive", "Hint", "Skip"])
    try stage.rehearsal.press("Rasht")
    #expect(try stage.last().text.contains("So far: Rasht …"))
    #expect(try stage.last().buttons.contains("Undo"))
    try stage.rehearsal.press("Undo")
    #expect(try stage.last().buttons == shown.buttons)
    for word in ["I", "cannot", "drive"] { try stage.rehearsal.press(word) }
    #expect(try stage.last().text.contains("So far: I cannot drive …"))
    #expect(try stage.rehearsal.press("to").first?.text.hasPrefix("✅") == true)
  }

  @Test func `an order typed in numbers is understood`() throws {
    let stage = try LearningStage()
    let shown = try stage.open(SampleLesson.reordering).buttons
    let numbers = ["I", "cannot", "drive", "to", "Rasht"].map {
      String((shown.firstIndex(of: $0) ?? 0) + 1)
    }
    let said = try stage.rehearsal.say(numbers.joined(separator: " "))
    #expect(said.first?.text.hasPrefix("✅") == true, "\(said)")
  }

  @Test func `half an order earns half`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.reordering)
    // Two of four neighbours are right: I-cannot and to-Rasht.
    for word in ["to", "Rasht", "drive", "I"] { try stage.rehearsal.press(word) }
    let percent = try stage.number(
      "SELECT percent AS n FROM activity_answers WHERE outcome = 'partial'")
    #expect(percent == 50)
  }

  @Test func `words are matched one by one, the last by itself`() throws {
    let stage = try LearningStage()
    try stage.open(SampleLesson.matching)
    for meaning in ["says miaow", "gives milk"] { try stage.rehearsal.press(meaning) }
    #expect(try stage.last().text.contains("cat = says miaow"))
    #expect(try stage.rehearsal.press("barks").first?.text.hasPrefix("🟡 Partly") == true)
    let percent = try stage.number(
      "SELECT percent AS n FROM activity_answers WHERE outcome = 'partial'")
    #expect(percent == 50)
  }

  /// `%1` stands for the pair of the first word.
  @Test(arguments: [
    ("%1%2%3%4", "✅"), ("%4 %3 %2 %1", "✅"), ("%1, %2; %3 / %4.", "✅"), ("2b", "Please"),
    ("1b 2b 3c 4d", "Please"), ("%1%2%3", "Please"), ("%1 %2 %3 5a", "Please"),
    ("", "Please"), ("گربه", "Please"), ("1 2 3 4", "Please"), ("?!", "Please"),
    ("'; DROP TABLE people; --", "Please"), ("skip", "Skipped"),
  ])
  func `words are matched in one go`(_ pattern: String, _ heard: String) throws {
    let stage = try LearningStage()
    let shown = try stage.open(SampleLesson.matching)
    let meanings = ["says miaow", "barks", "gives milk", "makes honey"]
    var says = pattern
    for (index, meaning) in meanings.enumerated() {
      let place = shown.buttons.firstIndex(of: meaning) ?? 0
      says = says.replacing("%\(index + 1)", with: " \(index + 1)\(["a", "b", "c", "d"][place])")
    }
    let said = try stage.rehearsal.say(says)
    #expect(said.first?.text.hasPrefix(heard) == true, "\(says): \(said)")
  }

  @Test func `meanings are Persian for those who speak it`() throws {
    let stage = try LearningStage()
    let shown = try stage.open(SampleLesson.matching, language: "fa")
    #expect(Set(shown.buttons) == ["گربه", "سگ", "گاو", "زنبور", "سرنخ", "رد شدن"])
    #expect(try stage.rehearsal.say("skip").first?.text.contains("cat = گربه") == true)
  }

  @Test func `where there are no buttons the numbers of the lines are understood`() throws {
    let stage = try LearningStage(numbered: true)
    let shown = try stage.open(SampleLesson.fillBlank)
    let line = shown.text.split(separator: "\n").first { $0.hasSuffix(". beautiful") }
    let number = String(line?.first ?? "0")
    #expect(try stage.rehearsal.say(number).first?.text.hasPrefix("✅") == true)
  }
}
