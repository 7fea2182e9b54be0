import Conversation
import Foundation
import Learning
import Rehearsal
import Storage
import Testing

/// Voice answers and things that are heard.
struct LessonVoiceTests {
  private func stage(_ type: String, hears: Bool = true) throws -> LearningStage {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named(type)]), hears: hears)
    try stage.open(0)
    return stage
  }

  private func speak(_ stage: LearningStage) throws -> [Rehearsal.Said] {
    try stage.rehearsal.send(
      .attachment(.init(kind: .voice, fileID: "file-7", durationSeconds: 3)))
  }

  /// What the job was asked, the newest first.
  private func request(_ stage: LearningStage) throws -> LessonReading.Request {
    let payload = try stage.rehearsal.database.readBlocking { database in
      try database.first("SELECT payload FROM jobs ORDER BY id DESC")?.value(
        "payload", as: String.self)
    }
    return try JSONDecoder().decode(
      LessonReading.Request.self, from: Data(try #require(payload).utf8))
  }

  private func hear(
    _ text: String, ticket: String, _ stage: LearningStage,
    verdict: LessonReading.Result.Verdict = .understood, weak: [String] = []
  ) throws -> [Rehearsal.Said] {
    let said = text.split(separator: " ").map { LessonReading.Result.Word(String($0)) }
    let result = LessonReading.Result(
      ticket: ticket, verdict: verdict, said: said, weakWords: weak)
    let json = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
    return try stage.rehearsal.deliver(.finished(job: LessonReading.job, result: json))
  }

  @Test(arguments: [
    ("can i have the receipt please", "✅"), ("can i have a receipt please", "🟡"),
    ("i have receipt", "🟡"), ("good morning", "❌"),
  ])
  func `a sentence is said`(_ heard: String, _ mark: String) throws {
    let stage = try stage("pronunciation")
    #expect(try stage.last().text.contains("🎤"))
    #expect(try speak(stage).map(\.text) == ["🎧 I'm listening …"])
    let request = try request(stage)
    #expect(request.expected == "Can I have the receipt, please?")
    #expect(request.fileID == "file-7")
    let said = try hear(heard, ticket: request.ticket, stage, weak: ["receipt"])
    let text = said.first?.text ?? ""
    #expect(text.hasPrefix("I heard: “\(heard)”"), "\(text)")
    #expect(text.contains("Say once more, slowly: receipt"))
    #expect(text.contains("\n" + mark), "\(text)")
    #expect(try stage.answers() == 1)
  }

  @Test func `the share of words is what it is worth`() throws {
    let stage = try stage("dictation")
    _ = try speak(stage)
    _ = try hear("we would like two cups", ticket: request(stage).ticket, stage)
    #expect(try stage.number("SELECT percent AS n FROM activity_answers") == 62)
  }

  @Test func `somebody talks about something`() throws {
    let stage = try stage("speaking_prompt")
    _ = try speak(stage)
    #expect(try request(stage).expected == nil)
    let said = try hear(
      "can i have a coffee and a sandwich how much is it please", ticket: request(stage).ticket,
      stage)
    #expect(said.first?.text.contains("✅") == true)
  }

  @Test func `what is typed meanwhile is an answer, and what was heard then comes too late`() throws
  {
    let stage = try stage("pronunciation")
    _ = try speak(stage)
    let ticket = try request(stage).ticket
    #expect(try stage.rehearsal.say("street").first?.text.hasPrefix("✅") == true)
    let open = try stage.last()
    #expect(try hear("can i have the receipt please", ticket: ticket, stage).isEmpty)
    #expect(try stage.answers() == 1)
    #expect(try stage.last() == open)
  }

  @Test func `a question back while it listens does not lose the voice message`() throws {
    let stage = try stage("pronunciation")
    _ = try speak(stage)
    let ticket = try request(stage).ticket
    #expect(try stage.rehearsal.say("what?").first?.text.hasPrefix("Please") == true)
    let said = try hear("can i have the receipt please", ticket: ticket, stage)
    #expect(said.first?.text.contains("✅") == true)
  }

  @Test func `of two voice messages the last counts`() throws {
    let stage = try stage("pronunciation")
    _ = try speak(stage)
    let first = try request(stage).ticket
    _ = try speak(stage)
    let second = try request(stage).ticket
    #expect(try hear("good morning", ticket: first, stage).isEmpty)
    #expect(try stage.answers() == 0)
    let said = try hear("can i have the receipt please", ticket: second, stage)
    #expect(said.first?.text.contains("✅") == true)
  }

  @Test(arguments: [
    (LessonReading.Result.Verdict.silent, "I heard nothing"), (.unclear, "couldn't make that out"),
    (.tooLong, "too long for me"),
  ])
  func `what cannot be understood may be said again`(
    _ verdict: LessonReading.Result.Verdict, _ says: String
  ) throws {
    let stage = try stage("dictation")
    _ = try speak(stage)
    let said = try hear("", ticket: request(stage).ticket, stage, verdict: verdict)
    #expect(said.last?.text.contains(says) == true, "\(said)")
    #expect(try stage.answers() == 0)
  }

  @Test func `listening that fails is said, and typing goes on`() throws {
    let stage = try stage("dictation")
    _ = try speak(stage)
    let said = try stage.rehearsal.deliver(.failed(job: LessonReading.job))
    #expect(said.last?.text.contains("Please type your answer, or skip") == true)
    let typed = try stage.rehearsal.say("We would like two cups of tea, please.")
    #expect(typed.first?.text.hasPrefix("✅") == true)
    #expect(try stage.rehearsal.deliver(.failed(job: LessonReading.job)).isEmpty)
  }

  @Test(arguments: ["pronunciation", "dictation", "speaking_prompt", "odd_one_out"])
  func `without speech a voice message is answered with another way`(_ type: String) throws {
    let stage = try stage(type, hears: false)
    #expect(try !stage.last().text.contains("🎤"))
    let said = try speak(stage)
    #expect(said.last?.text.hasPrefix("I can't listen to this here.") == true, "\(said)")
    #expect(try stage.number("SELECT count(*) AS n FROM jobs") == 0)
  }

  @Test func `where free speech is not written down nobody is invited to it`() throws {
    let topic = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("speaking_prompt")]), hears: true,
      writesDown: false)
    #expect(try !topic.open(0).text.contains("🎤"))
    #expect(try speak(topic).last?.text.hasPrefix("I can't listen to this here.") == true)
    let sentence = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("pronunciation")]), hears: true,
      writesDown: false)
    #expect(try sentence.open(0).text.contains("🎤"))
  }

  /// Brings what was heard to the run of the lesson that asked for it.
  private func hearBeside(
    _ text: String, _ request: LessonReading.Request, _ stage: LearningStage
  ) throws -> [Rehearsal.Said] {
    let result = LessonReading.Result(
      ticket: request.ticket, verdict: .understood,
      said: text.split(separator: " ").map { LessonReading.Result.Word(String($0)) })
    let json = String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
    let before = try stage.rehearsal.messages().count
    try stage.rehearsal.database.writeBlocking { database in
      let record = try #require(try stage.rehearsal.record(database))
      let frame = try #require(record.stack.frames.first { $0.flow == "lesson" })
      _ = try stage.rehearsal.engine.deliver(
        .finished(job: LessonReading.job, result: json), to: record.id, frame: frame.mark,
        at: stage.rehearsal.now, in: database)
    }
    return Array(try stage.rehearsal.messages().dropFirst(before))
  }

  @Test func `what was heard counts also when another flow was opened meanwhile`() throws {
    let stage = try stage("pronunciation")
    _ = try speak(stage)
    let request = try request(stage)
    let list = try stage.rehearsal.say("/lessons").last
    let said = try hearBeside("can i have the receipt please", request, stage)
    #expect(said.count == 1)
    #expect(said.first?.text.hasPrefix("I heard:") == true)
    #expect(said.first?.text.contains("✅") == true, "\(said)")
    #expect(said.first?.buttons == ["Continue"])
    #expect(try stage.answers() == 1)
    // The list is still open, and the lesson goes on with its next question.
    #expect(try stage.rehearsal.openFlows().last == "lessons")
    #expect(try stage.rehearsal.press(try #require(list?.buttons.last)).last?.text == "home")
    #expect(try stage.rehearsal.say("/learn").last?.text.contains("2/") == true)
  }

  @Test func `what is heard is sent where files can be, and written where not`() throws {
    let activity = SampleActivities.named("listening_comprehension")
    let curriculum = try SampleActivities.curriculum([activity])
    let loud = try LearningStage(curriculum, sound: true)
    #expect(try loud.open(0).text.contains("🎧"))
    #expect(try !loud.last().text.contains("The bank opens"))
    #expect(try loud.number("SELECT count(*) AS n FROM media") == 1)
    // Asked again, the sound is on the screen already.
    try loud.rehearsal.say("hm")
    #expect(try loud.number("SELECT count(*) AS n FROM media") == 1)
    let silent = try LearningStage(curriculum)
    #expect(try silent.open(0).text.contains("The bank opens tomorrow at nine."))
    #expect(
      curriculum.lessons.flatMap(\.spokenTexts)
        == [SpokenText("The bank opens tomorrow at nine.")])
  }
}
