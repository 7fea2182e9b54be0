import Conversation
import Language
import Learning
import Rehearsal
import Storage
import Testing

struct ReviewFlowTests {
  private static let dayMs: Int64 = 86_400_000

  @Test func `the words of a finished lesson become cards`() throws {
    let stage = try ReviewStage()
    #expect(try stage.review().text.contains("nothing to review yet"))
    try stage.finishLesson()
    let first = try stage.review()
    #expect(first.text.contains("Cards left: 6"))
    #expect(first.buttons.suffix(2) == ["I don't know", "Enough for now"])
    #expect(try stage.learning.number("SELECT count(*) AS n FROM review_cards") == 6)
  }

  @Test func `a word of two lessons is one card`() throws {
    let stage = try ReviewStage(["a1-sample", "a1-second"])
    try stage.finishLesson()
    try stage.finishLesson("a1-second")
    try stage.review()
    #expect(try stage.learning.number("SELECT count(*) AS n FROM review_cards") == 6)
  }

  @Test func `an activity that went wrong comes back as it was`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson(first: "In Rasht")
    let asked = try stage.all { try stage.answerRight($0) }
    #expect(asked.contains { $0.text.contains("Where does Sara live?") })
    #expect(try stage.learning.last().text.contains("remembered: 100%"))
  }

  @Test func `a right answer sends a word away for days, a wrong one brings it back`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    var isFirst = true
    let asked = try stage.all { said in
      defer { isFirst = false }
      if isFirst {
        try stage.learning.rehearsal.press("I don't know")
      } else {
        try stage.answerRight(said)
      }
    }
    #expect(asked.count == 7)
    #expect(try stage.learning.last().text.contains("Answers: 7, remembered: 85%"))
    #expect(try stage.dueWithin(hours: 1) == 0)
    #expect(try stage.review().text.contains("Days until the next card"))
    stage.learning.rehearsal.advance(milliseconds: 2 * Self.dayMs + 1)
    #expect(try stage.dueWithin(hours: 0) > 0)
  }

  @Test func `points come for remembering and, fewer, for trying`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    let before = try stage.learning.xp()
    try stage.review()
    try stage.learning.rehearsal.press("I don't know")
    #expect(try stage.learning.xp() == before + 1)
    try stage.answerRight(stage.learning.last())
    #expect(try stage.learning.xp() == before + 3)
  }

  @Test func `a new word is chosen, one that is remembered for days has to be typed`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson(language: "fa")
    let asked = try stage.all { try stage.answerRight($0) }
    #expect(asked.count == 6)
    #expect(asked.allSatisfy { $0.buttons.count == 6 && $0.text.contains("چیست؟") })
    stage.learning.rehearsal.advance(milliseconds: 3 * Self.dayMs)
    try stage.all { try stage.answerRight($0) }
    stage.learning.rehearsal.advance(milliseconds: 30 * Self.dayMs)
    let said = try stage.review()
    #expect(said.text.contains("کلمهٔ انگلیسی‌اش را بنویسید"))
    #expect(said.buttons == ["راهنمایی", "نمی‌دانم", "فعلاً کافی است"])
  }

  @Test func `a hint shows the first letter and makes it hard`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    try stage.review()
    let hinted = try #require(try stage.learning.rehearsal.press("Hint").last)
    #expect(hinted.buttons == ["I don't know", "Enough for now"])
    let word = try #require(stage.word(askedIn: hinted))
    #expect(hinted.text.contains("\(word.prefix(1))·"))
    try stage.learning.rehearsal.say(word)
    #expect(try stage.newestGrade() == 2)
  }

  @Test(arguments: [(4_000, 4), (60_000, 3)])
  func `typed at once is easy, typed later is good`(_ waitMs: Int, _ grade: Int) throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    let word = try #require(stage.word(askedIn: try stage.review()))
    stage.learning.rehearsal.advance(milliseconds: Int64(waitMs))
    try stage.learning.rehearsal.say("The " + word.uppercased())
    #expect(try stage.newestGrade() == grade)
  }

  @Test func `chosen at once is good and not easy, for one in four is luck`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson(language: "fa")
    let word = try #require(stage.word(askedIn: try stage.review()))
    try stage.learning.rehearsal.press("معنی \(word)")
    #expect(try stage.newestGrade() == 3)
  }

  @Test func `one slip of spelling is hard and not wrong`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    let word = try #require(stage.word(askedIn: try stage.review()))
    let said = try stage.learning.rehearsal.say("x" + word)
    #expect(said.first?.text.contains("Almost") == true)
    #expect(try stage.newestGrade() == 2)
  }

  @Test(arguments: ["", "   ", "؟؟؟", "9", "Z", "🙂", "drop table review_cards"])
  func `what is no answer is asked again and changes nothing`(_ text: String) throws {
    let stage = try ReviewStage()
    try stage.finishLesson(language: "fa")
    try stage.review()
    let said = try stage.learning.rehearsal.say(text)
    #expect(said.last?.text.contains("کارت‌های مانده: ۶") == true)
    #expect(try stage.learning.number("SELECT count(*) AS n FROM review_log") == 0)
  }

  @Test func `a review goes on where it was after a digression`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    let before = try stage.review()
    try stage.learning.rehearsal.say("/menu")
    #expect(try stage.review() != before)
    let again = try stage.learning.last()
    #expect(again.text == before.text)
    #expect(again.buttons == before.buttons)
  }

  @Test func `whoever has had enough may go`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson()
    try stage.review()
    let said = try stage.learning.rehearsal.press("Enough for now")
    #expect(said.last?.text == "Fine, the cards will wait for you.")
    #expect(try stage.learning.rehearsal.openFlows() == ["home"])
  }

  @Test(arguments: [true, false])
  func `a word that is known well is heard where there is sound, else written`(
    _ sound: Bool
  ) throws {
    let stage = try ReviewStage(sound: sound)
    try stage.finishLesson()
    var asked: [Rehearsal.Said] = []
    for days in [Int64(0), 3, 40, 200] {
      stage.learning.rehearsal.advance(milliseconds: days * Self.dayMs)
      asked += try stage.all { said in
        guard said.text.contains("Listen") else { return try stage.answerRight(said) }
        try stage.learning.rehearsal.press("I don't know")
      }
    }
    #expect(asked.contains { $0.text.contains("Listen, and type") } == sound)
  }

  @Test func `Persian is asked with Persian meanings`() throws {
    let stage = try ReviewStage()
    try stage.finishLesson(language: "fa")
    let said = try stage.review()
    #expect(said.text.contains("کارت‌های مانده: ۶"))
    let word = try #require(stage.word(askedIn: said))
    #expect(said.buttons.contains("معنی \(word)"))
  }
}

/// A lesson of six different words, finished as often as is wanted.
struct ReviewStage {
  static let words = ["river", "ticket", "window", "market", "journey", "kitchen"]
  let learning: LearningStage

  init(_ ids: [String] = ["a1-sample"], sound: Bool = false) throws {
    let files = ids.enumerated().map { index, id in
      ContentFolder.File(
        name: "lessons/\(id).yaml", text: Self.text(id: id, order: 10 * (index + 1)))
    }
    learning = try LearningStage(try Curriculum(files), sound: sound)
  }

  static func text(id: String, order: Int) -> String {
    words.reduce(SampleLesson.text(id: id, order: order)) { text, word in
      text.replacing(
        "word: \"live\", meaning: { fa: \"زندگی کردن\" }, example: \"They live here.\"",
        with: "word: \"\(word)\", meaning: { fa: \"معنی \(word)\" }, example: \"\(example(word))\"",
        maxReplacements: 1)
    }
  }

  /// Says which word is meant even where the word is left out.
  private static func example(_ word: String) -> String {
    "The \(word) has \(places[word] ?? "")."
  }

  private static let places = [
    "river": "cold water", "ticket": "a price", "window": "clean glass", "market": "fresh fruit",
    "journey": "an end", "kitchen": "an oven",
  ]

  func finishLesson(
    _ id: String = "a1-sample", first: String = "In Shiraz", language: String = "en"
  ) throws {
    let rehearsal = learning.rehearsal
    if try rehearsal.openFlows().isEmpty { try rehearsal.say("/start", languageHint: language) }
    try rehearsal.say("/learn \(id)")
    try rehearsal.say(language == "fa" ? "شروع" : "Start")
    try rehearsal.say(first)
    for _ in 0..<7 { try rehearsal.say("skip") }
    if first != "In Shiraz" { try rehearsal.say("In Shiraz") }
  }

  @discardableResult
  func review() throws -> Rehearsal.Said {
    if try learning.rehearsal.openFlows().isEmpty { try learning.rehearsal.say("/start") }
    try learning.rehearsal.say("/review")
    return try learning.last()
  }

  /// Answers every card of a review.
  @discardableResult
  func all(_ answer: (Rehearsal.Said) throws -> Void) throws -> [Rehearsal.Said] {
    var asked: [Rehearsal.Said] = []
    var said = try review()
    let ends = ["Enough for now", "فعلاً کافی است"]
    while said.buttons.contains(where: ends.contains), asked.count < 60 {
      asked.append(said)
      try answer(said)
      said = try learning.last()
    }
    return asked
  }

  func answerRight(_ said: Rehearsal.Said) throws {
    let rehearsal = learning.rehearsal
    // A fast hand would make everything easy.
    rehearsal.advance(milliseconds: 20_000)
    if said.text.contains("Where does Sara live?") { return _ = try rehearsal.say("In Shiraz") }
    let found = self.word(askedIn: said)
    let word = try #require(found)
    let meaning = "معنی \(word)"
    if said.buttons.contains(meaning) {
      try rehearsal.press(meaning)
    } else {
      try rehearsal.say(word)
    }
  }

  func word(askedIn said: Rehearsal.Said) -> String? {
    let parts = said.text.split(separator: "\n\n").map(String.init)
    let question = parts.last ?? said.text
    return Self.places.first { question.contains($0.key) || question.contains($0.value) }?.key
  }

  func dueWithin(hours: Int64) throws -> Int {
    let limit = learning.rehearsal.now.adding(milliseconds: hours * 3_600_000)
    return try learning.number(
      "SELECT count(*) AS n FROM review_cards WHERE due_at <= \(limit)")
  }

  func newestGrade() throws -> Int {
    try learning.number("SELECT grade AS n FROM review_log ORDER BY reviewed_at DESC LIMIT 1")
  }
}
