import Foundation
import Language
import Learning
import Rehearsal
import Storage
import Testing

/// The parts of a level test, on the lessons there are.
struct LevelTestPartTests {
  private static let place = "Question "

  private func open(sound: Bool) throws -> LearningStage {
    let curriculum = try Curriculum.load(
      from: Project.root.appendingPathComponent("Curriculum"))
    let stage = try LearningStage(curriculum, sound: sound)
    stage.level.set("A1")
    try stage.rehearsal.say("/start")
    try stage.rehearsal.database.writeBlocking { database in
      for lesson in curriculum.lessons where lesson.level == .a1 {
        _ = try database.execute(
          """
          INSERT INTO lesson_runs (id, person_id, lesson_id, started_at, finished_at, percent)
          SELECT \(lesson.id), id, \(lesson.id), 1, 2, 100 FROM people
          """)
      }
    }
    try stage.rehearsal.say("/levelup")
    return stage
  }

  /// Every question as it is asked, each skipped.
  private func questions(_ stage: LearningStage) throws -> [String] {
    var texts: [String] = []
    for _ in 0..<20 {
      let said = try stage.last()
      guard said.text.contains(Self.place) else { break }
      texts.append(said.text)
      try stage.rehearsal.say("skip")
    }
    return texts
  }

  @Test func `it asks about language, about texts that are shown and about what is heard`() throws {
    let stage = try open(sound: true)
    let texts = try questions(stage)
    #expect(texts.count == 12)
    // The first has the words about the test before it.
    let withText = texts.dropFirst().filter { !$0.hasPrefix(Self.place) }
    #expect(withText.count == 4)
    #expect(withText.allSatisfy { $0.contains("\n\n" + Self.place) })
    #expect(texts.filter { $0.contains("🎧") }.count == 3)
    #expect(
      try stage.number("SELECT count(*) AS n FROM messages WHERE media_id IS NOT NULL") == 3)
    let end = try stage.last().text
    #expect(end.contains("0% right"))
    for skill in ["Grammar", "Reading", "Listening"] {
      #expect(end.lowercased().contains("• \(skill.lowercased()): 0%"), "\(end)")
    }
  }

  @Test func `where nothing can be heard it is read`() throws {
    let stage = try open(sound: false)
    let texts = try questions(stage)
    #expect(texts.count == 12)
    #expect(texts.suffix(3).allSatisfy { $0.contains("“") })
    #expect(try stage.number("SELECT count(*) AS n FROM media") == 0)
  }

  @Test func `asked again, a text is not shown again, but after a digression it is`() throws {
    let stage = try open(sound: true)
    for _ in 0..<5 { try stage.rehearsal.say("skip") }
    let first = try stage.last().text
    #expect(!first.hasPrefix(Self.place))
    try stage.rehearsal.say("???")
    #expect(try stage.last().text.count < first.count)
    try stage.rehearsal.say("/menu")
    try stage.rehearsal.say("/levelup")
    #expect(try stage.last().text == first)
  }

  @Test func `every answer counts for what its skill has shown, what is skipped does not`() throws {
    let stage = try open(sound: true)
    for _ in 0..<9 { try stage.rehearsal.say("skip") }
    #expect(try stage.number("SELECT count(*) AS n FROM practice_kinds") == 0)
    let said = try stage.last()
    try stage.rehearsal.press(try #require(said.buttons.first))
    let answers = try stage.number(
      """
      SELECT answers AS n FROM practice_kinds
      WHERE kind = 'listening_comprehension' AND level = 'A1'
      """)
    #expect(answers == 1)
  }
}
