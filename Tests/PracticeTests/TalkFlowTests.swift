import Conversation
import Language
import Practice
import Rehearsal
import Storage
import Speech
import Testing

struct TalkFlowTests {
  private func talking(
    _ change: (inout ScriptedWorld.State) -> Void = { _ in }
  ) throws -> PracticeStage {
    let stage = try PracticeStage(
      ScriptedWorld {
        $0.partner = .success(PartnerLine("That sounds lovely. What did you see there?"))
        change(&$0)
      })
    try stage.begin()
    try stage.say("/talk")
    try stage.press("Yes, you may")
    return stage
  }

  private func guided(_ change: (inout ScriptedWorld.State) -> Void = { _ in }) throws
    -> PracticeStage
  {
    let stage = try PracticeStage(ScriptedWorld(change))
    try stage.begin()
    try stage.say("/talk")
    return stage
  }

  // MARK: With a model

  @Test func `consent is asked for first, then the partner speaks`() async throws {
    let stage = try talking()
    let texts = try stage.rehearsal.messages().map(\.text)
    #expect(texts.contains { $0.contains("May I?") })
    #expect(texts.contains { $0.contains("played by a language model") })
    #expect(try stage.last().buttons == ["End the talk", "Somebody else", "Menu"])
    #expect(try stage.say("I went to the sea with my family.").isEmpty)
    try await stage.work()
    #expect(try stage.last().text.contains("What did you see there?"))
    let asked = try #require(stage.world.now.talksAsked.first)
    #expect(
      asked.lines.last == TalkLine(isLearner: true, text: "I went to the sea with my family."))
    #expect(asked.lines.first?.isLearner == false)
    #expect(asked.style == .inline)
  }

  @Test func `the answer is shown while it grows, without what may not be shown`() async throws {
    let stage = try talking { $0.growing = ["That *sounds*", "That sounds http://x.example"] }
    try stage.say("I went to the sea.")
    try await stage.work()
    #expect(stage.world.now.shown == ["That \\*sounds\\*"])
  }

  @Test func `a mistake is mended gently as we go, at the end, or not at all`() async throws {
    for (style, isNow, isAtEnd) in [
      ("✅ As we go", true, false), ("At the end", false, true), ("Not at all", false, false),
    ] {
      let stage = try talking()
      try stage.say("/corrections")
      try stage.press(style)
      try stage.say("She have a dog.")
      try await stage.work()
      #expect(try stage.last().text.contains("→") == isNow, "\(style)")
      try stage.press("End the talk")
      #expect(try stage.last().text.contains("→") == isAtEnd, "\(style)")
    }
  }

  @Test func `a model's correction is shown only when it stands`() async throws {
    let stage = try talking {
      $0.partner = .success(
        PartnerLine(
          "Nice!", correction: .init(said: "I goed", right: "I went", reason: "It is irregular.")))
    }
    try stage.say("I goed home by bus.")
    try await stage.work()
    #expect(try stage.last().text.contains("“I goed” → I went – It is irregular."))
    try stage.say("It was a nice day.")
    try await stage.work()
    #expect(try stage.last().text == "Nice!")
  }

  @Test func `lines that come meanwhile are one line, answered next`() async throws {
    let stage = try talking()
    try stage.say("I went to the sea.")
    try stage.say("It was cold.")
    try stage.say("We swam.")
    try await stage.work()
    let asked = stage.world.now.talksAsked.map { $0.lines.last?.text }
    #expect(asked == ["I went to the sea.", "It was cold.\nWe swam."])
  }

  @Test(arguments: [
    Result<PartnerLine, TutorFault>.failure(.tookTooLong), .failure(.unusable),
    .failure(.unreachable), .failure(.interrupted("")),
    .success(PartnerLine("<html><body>502 Bad Gateway</body></html>")),
    .success(PartnerLine("My system prompt says that I must not tell.")),
    .success(PartnerLine("سلام، حالت چطور است؟")), .success(PartnerLine("")),
  ])
  func `a model that is no use leaves a question to answer, and an honest word`(
    answer: Result<PartnerLine, TutorFault>
  ) async throws {
    let stage = try talking { $0.partner = answer }
    try stage.say("I went to the sea.")
    try await stage.work()
    let text = try stage.last().text
    #expect(text.contains("did not answer usefully"))
    #expect(text.contains("?"))
    stage.world.change { $0.partner = .success(PartnerLine("I am back. And you?")) }
    try stage.say("I get up at seven o'clock.")
    try await stage.work()
    #expect(try stage.last().text.contains("I am back"))
  }

  @Test func `of an answer that breaks off the whole sentences count`() async throws {
    let stage = try talking {
      $0.partner = .failure(.interrupted("The sea is lovely. Did you swim? I of"))
    }
    try stage.say("I went to the sea.")
    try await stage.work()
    #expect(try stage.last().text == "The sea is lovely. Did you swim?")
  }

  @Test func `when the day's share is used up the talk goes on along questions`() async throws {
    let stage = try talking { $0.partner = .failure(.overBudget) }
    try stage.say("I went to the sea.")
    try await stage.work()
    #expect(try stage.last().text.contains("talked a lot today"))
    try stage.say("I get up early every day.")
    try await stage.work()
    #expect(stage.world.now.talksAsked.count == 1)
  }

  @Test func `the next talk remembers the last, and its lines are forgotten`() async throws {
    let stage = try talking()
    try stage.say("I went to the sea.")
    try await stage.work()
    try stage.press("End the talk")
    #expect(try stage.last().text.contains("You answered 1 times") == true)
    try await stage.work()
    #expect(try stage.number("SELECT count(*) AS n FROM talk_lines") == 0)
    try stage.say("/talk")
    try stage.say("Hello again, my friend.")
    try await stage.work()
    #expect(stage.world.now.talksAsked.last?.memories == ["They talked about the sea."])
  }

  @Test func `somebody in need is answered before any model`() async throws {
    let stage = try talking()
    let said = try stage.say("I want to kill myself")
    #expect(said.last?.text.contains("123") == true)
    try await stage.work()
    #expect(stage.world.now.talksAsked.isEmpty)
    #expect(
      try stage.number(
        "SELECT count(*) AS n FROM jobs WHERE payload LIKE '%kill%'") == 0)
  }

  @Test func `who speaks is answered by voice`() async throws {
    let stage = try talking {
      $0.transcript = .success(Transcript(text: "I went to the sea."))
    }
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: "I heard: “I went to the sea.”") != nil)
    #expect(try stage.voices() == 1)
    #expect(stage.world.now.spoken == ["That sounds lovely. What did you see there?"])
  }

  // MARK: Without one

  @Test func `without a model it pretends nothing and asks`() async throws {
    let stage = try guided()
    #expect(try stage.last().text.contains("no language model is at work"))
    try stage.press("Food and cooking")
    #expect(try stage.last().text.contains("Explain how to make a dish"))
    try stage.say("First you needs rice and water")
    try await stage.work()
    #expect(try stage.last().text.contains("→"))
    #expect(try stage.last().text.contains("What is the most difficult part?"))
  }

  @Test func `who was away when an answer was ready is answered after coming back`() async throws {
    let stage = try guided()
    try stage.press("Food and cooking")
    try stage.say("First you needs rice and water")
    try stage.rehearsal.send(.blocked)
    #expect(try await stage.work().isEmpty)
    try stage.say("Then you cook it for an hour.")
    let answered = try await stage.work()
    #expect(answered.last?.buttons.contains("End the talk") == true)
  }

  @Test func `a yes and a no lead to different questions`() async throws {
    for (answer, question) in [
      ("Yes, I lost my keys.", "What happened, and what did you do?"),
      ("No, everything was fine.", "Then what was the best moment of your week?"),
    ] {
      let stage = try guided()
      try stage.press("Everyday life")
      try stage.say("Yesterday after lunch I slept.")
      try await stage.work()
      #expect(try stage.last().text.contains("Did anything go wrong this week?"))
      try stage.say(answer)
      try await stage.work()
      #expect(try stage.last().text.contains(question))
    }
  }

  @Test func `after the last question another subject is offered`() async throws {
    let stage = try guided()
    try stage.press("Everyday life")
    for _ in 0..<8 where try !stage.last().text.contains("my last question") {
      try stage.say("I do not know what to say about this.")
      try await stage.work()
    }
    #expect(try stage.last().text.contains("my last question"))
    #expect(try stage.last().buttons.contains("Trips and places"))
  }

  @Test func `a voice where nobody can listen is answered with a voice and a request to write`()
    async throws
  {
    let stage = try guided()
    try stage.press("Everyday life")
    let said = try stage.sendVoice()
    #expect(said.last?.text.contains("Please write your answer") == true)
    try await stage.work()
    #expect(try stage.voices() == 1)
  }

  @Test func `talking earns a little for each answer`() async throws {
    let stage = try guided()
    try stage.press("Everyday life")
    try stage.say("Yesterday after lunch I slept for an hour.")
    try await stage.work()
    try stage.say("ok")
    try await stage.work()
    try stage.say("bye")
    #expect(try stage.last().text.contains("You answered 2 times"))
    #expect(try stage.xp() == 2)
  }
}
