import Conversation
import Learning
import Rehearsal
import Storage
import Testing

/// Learners in the middle of lessons that change, and what they say of them.
struct ChangingLessonTests {
  private let stage: LearningStage
  private let desk: LessonDesk

  init() throws {
    stage = try LearningStage(try SampleLesson.curriculum(["a1-sample", "a1-second"]))
    desk = LessonDesk(stage.shelf)
  }

  private func change<Value>(_ body: (LessonDesk, Author, Timestamp, Transaction) throws -> Value)
    throws -> Value
  {
    let author = try #require(Author("Sara"))
    return try stage.rehearsal.database.writeBlocking {
      try body(desk, author, stage.rehearsal.now, $0)
    }
  }

  /// A second version with one question more, in front, so that nothing is where it was.
  private func publishLonger() throws {
    let text = SampleLesson.text(id: "a1-sample", order: 10).replacing(
      "activities:\n",
      with: """
        activities:
          - type: multiple_choice
            prompt: "Which is the new question?"
            hint: { fa: "سؤال تازه کدام است؟" }
            options: ["This one", "That one", "No one"]
            answer: "This one"
            explanation: { en: "It is new.", fa: "تازه است." }

        """)
    _ = try change { try $0.save(text, from: 1, by: $1, at: $2, in: $3) }
    _ = try change { try $0.publish("a1-sample", 2, by: $1, at: $2, in: $3) }
  }

  private func finish() throws -> [Rehearsal.Said] {
    for word in ["False", "beautiful", "I cannot drive to Rasht"] { try stage.rehearsal.say(word) }
    for meaning in ["says miaow", "barks", "gives milk"] { try stage.rehearsal.press(meaning) }
    for word in ["True", "goes"] { try stage.rehearsal.say(word) }
    return try stage.rehearsal.say("It barks")
  }

  @Test func `who has begun a version finishes it, and begins the next time with the new one`()
    throws
  {
    try stage.open(0)
    try stage.rehearsal.say("In Shiraz")
    try publishLonger()
    let said = try finish()
    #expect(said.contains { $0.text.contains("Lesson complete") })
    #expect(try stage.number("SELECT count(*) AS n FROM activity_answers") == 8)
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say("Start")
    #expect(try stage.last().text.contains("Which is the new question?"))
    #expect(try stage.number("SELECT max(lesson_version) AS n FROM lesson_runs") == 2)
  }

  @Test func `who comes back to a lesson begun earlier goes on with what was answered`() throws {
    try stage.open(0)
    try stage.rehearsal.say("In Shiraz")
    try stage.rehearsal.say("/menu")
    try publishLonger()
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say("Start")
    #expect(try stage.last().text.contains("Sara is in Rasht."))
  }

  @Test func `who has answered nothing yet gets the new version`() throws {
    try stage.rehearsal.say("/start")
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say("/menu")
    try publishLonger()
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say("Start")
    #expect(try stage.last().text.contains("Which is the new question?"))
  }

  @Test func `a lesson that is taken down can be finished, and is in no list`() throws {
    try stage.open(0)
    try stage.rehearsal.say("In Shiraz")
    _ = try change { try $0.unpublish("a1-sample", 1, by: $1, at: $2, in: $3) }
    #expect(try finish().contains { $0.text.contains("Lesson complete") })
    let said = try stage.rehearsal.say("/learn a1-sample")
    #expect(said.contains { $0.text.contains("can't find that lesson") })
    try stage.rehearsal.say("/lessons")
    let list = try stage.rehearsal.say("A1")
    #expect(list.last?.buttons.contains { $0.contains("Sample a1-second") } == true)
    #expect(list.last?.buttons.contains { $0.contains("Sample a1-sample") } == false)
  }

  @Test func `mistakes and reviews keep to the version they were made in`() throws {
    try stage.finishSample(first: "In Rasht")
    try publishLonger()
    try stage.rehearsal.say("/review")
    #expect(try stage.number("SELECT count(*) AS n FROM review_cards WHERE item = '0'") == 1)
    try stage.rehearsal.say("/mistakes")
    let texts = try stage.rehearsal.messages().suffix(2).map(\.text)
    #expect(!texts.contains { $0.contains("new question") })
  }

  @Test func `a version that is no longer kept stops nobody`() throws {
    try publishLonger()
    try stage.rehearsal.say("/start")
    try stage.rehearsal.say("/learn a1-sample")
    try stage.rehearsal.say("Start")
    try stage.rehearsal.say("This one")
    _ = try change { try $0.publish("a1-sample", 1, by: $1, at: $2, in: $3) }
    try stage.rehearsal.database.writeBlocking {
      _ = try $0.execute("DELETE FROM content_versions WHERE version = 2")
    }
    let said = try stage.rehearsal.say("In Shiraz")
    #expect(!said.isEmpty)
    for _ in 0..<12 { try stage.rehearsal.say("skip") }
    #expect(try stage.rehearsal.messages().contains { $0.text.contains("Lesson complete") })
  }

  // MARK: Feedback

  private func statistics() throws -> LessonStatistics {
    try stage.rehearsal.database.readBlocking { try desk.statistics("a1-sample", in: $0) }
  }

  @Test func `one press says that a lesson was good, and a line can follow`() throws {
    try stage.finishSample()
    #expect(try stage.last().text.contains("Lesson complete"))
    #expect(try !stage.last().buttons.contains("👍"))
    let thanks = try press("👎")
    #expect(thanks.count == 1)
    #expect(thanks[0].text.contains("/feedback"))
    #expect(thanks[0].buttons.isEmpty)
    try stage.rehearsal.say("/feedback  The text\nis too short ")
    let found = try statistics().feedback
    #expect(found.likes == 0)
    #expect(found.dislikes == 1)
    #expect(found.words == ["The text is too short"])
    try stage.rehearsal.say("/like")
    #expect(try statistics().feedback.likes == 1)
    #expect(try statistics().feedback.dislikes == 0)
  }

  /// A button of any message; those of the last answer stand before the end.
  private func press(_ title: String) throws -> [Rehearsal.Said] {
    let asked = try #require(
      try stage.rehearsal.messages().last { $0.buttons.contains(title) })
    let place = try #require(asked.buttons.firstIndex(of: title))
    return try stage.rehearsal.send(.choice(.init(token: asked.tokens[place])))
  }

  @Test func `whoever does not press goes on as ever`() throws {
    try stage.finishSample()
    let next = try stage.rehearsal.press("Next lesson")
    #expect(next.contains { $0.text.contains("Sample a1-second") })
    let found = try statistics().feedback
    #expect(found.likes + found.dislikes == 0)
  }

  @Test func `there is nothing to say of what nobody has finished, nor of somebody else's`() throws
  {
    try stage.finishSample()
    let run = try stage.rehearsal.database.readBlocking {
      try $0.first("SELECT id FROM lesson_runs")?.value("id", as: String.self)
    }
    let other = stage.rehearsal.beside(channel: .webchat, chat: "chat-2")
    try other.say("/start")
    for text in ["/like", "/like \(run ?? "")", "/dislike nothing' OR 1", "/feedback So good"] {
      #expect(try other.say(text).last?.text.contains("Finish one first") == true)
    }
    #expect(try other.say("/feedback").last?.text.contains("in the same line") == true)
    #expect(try statistics().feedback.likes == 0)
  }

  @Test(arguments: [(Channel.sms, 0), (.terminal, 0), (.whatsapp, 3), (.telegram, 100)])
  func `the end stays as it was, and where choices are numbered nothing is asked`(
    channel: Channel, buttonsMax: Int
  ) throws {
    let stage = try LearningStage(
      channel: channel, buttonsMax: buttonsMax, listRowsMax: buttonsMax == 3 ? 10 : 0)
    try stage.open(7)
    try stage.rehearsal.say("skip")
    let said = try stage.rehearsal.messages().suffix(2).map { $0 }
    #expect(said[1].text.contains("Lesson complete"))
    #expect(!said[1].text.contains("👍"))
    #expect(!said[1].buttons.contains("👍"))
    #expect(said[0].buttons == (buttonsMax > 0 ? ["👍", "👎"] : []))
  }

  // MARK: Wrong answers

  @Test func `a wrong answer is shown once two learners have given it`() throws {
    try stage.open(0)
    try stage.rehearsal.say("  IN RASHT! ")
    #expect(try statistics().activities.first?.wrongAnswers.isEmpty == true)
    let other = stage.rehearsal.beside(channel: .webchat, chat: "chat-2")
    for text in ["/start", "/learn a1-sample", "Start"] { try other.say(text) }
    try other.press("In Rasht")
    let common = try statistics().activities.first?.wrongAnswers
    #expect(common?.map(\.text) == ["in rasht"])
    #expect(common?.map(\.learners) == [2])
    #expect(try statistics().activities.first?.share == 0)
  }

  @Test func `what is long, or only one person's, is shown to nobody`() throws {
    try stage.open(2)
    try stage.rehearsal.say("my own words")
    try stage.rehearsal.say("I cannot drive to Tehran because my uncle Hassan has the car and more")
    let other = stage.rehearsal.beside(channel: .webchat, chat: "chat-2")
    for text in ["/start", "/learn a1-sample", "Start", "skip", "skip", "other words"] {
      try other.say(text)
    }
    #expect(try statistics().activities.allSatisfy(\.wrongAnswers.isEmpty))
    #expect(try stage.number("SELECT max(length(form)) AS n FROM wrong_answers") <= 60)
  }

  @Test func `it is shown, joined, parted and deleted with the person`() throws {
    try stage.finishSample(first: "In Rasht")
    _ = try press("👍")
    try stage.rehearsal.say("/feedback Lovely")
    let other = stage.rehearsal.beside(channel: .webchat, chat: "chat-2")
    for text in ["/start", "/learn a1-sample", "Start", "In Rasht"] { try other.say(text) }
    for _ in 0..<8 { try other.say("skip") }
    try other.say("In Shiraz")
    try other.say("/dislike")
    let keeper = try #require(Learning.dataKeepers.first { $0.name == "lesson_feedback" })
    let database = stage.rehearsal.database
    let people: [ID<Person>] = try database.readBlocking {
      try $0.all("SELECT id FROM people ORDER BY id").map { try $0.value("id") }
    }
    let merge = PersonMerge(survivor: people[0], absorbed: people[1], now: stage.rehearsal.now)
    let marks: SQL =
      "SELECT person_id, lesson_id, version, mark, words FROM lesson_feedback ORDER BY 1"
    func dump() throws -> [[SQLValue]] {
      try database.readBlocking { try $0.all(marks).map { $0.fields.map(\.value) } }
    }
    let before = try dump()
    #expect(before.count == 2)
    let undo = try database.writeBlocking { try keeper.merge(merge, $0) }
    #expect(try dump() == [before[0]])
    #expect(try statistics().activities.first?.wrongAnswers.isEmpty == true)
    try database.writeBlocking { try keeper.unmerge(undo, merge, $0) }
    #expect(try dump() == before)
    let shown = try database.readBlocking { try keeper.export(people[0], $0) }
    #expect(shown.contains("Lovely") && shown.contains("in rasht"))
    _ = try database.writeBlocking { try keeper.erase(PersonErasure(person: people[0]), $0) }
    #expect(try dump().count == 1)
    #expect(
      try stage.number(
        "SELECT count(*) AS n FROM wrong_answers WHERE person_id = \(people[0])") == 0)
  }
}
