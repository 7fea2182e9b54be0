import Conversation
import Practice
import Rehearsal
import Speech
import Storage
import Testing

struct VoiceFlowTests {
  private static let words = "Yesterday I go to the market and she go home"

  private func heard(_ text: String = words) -> Result<Transcript, SpeechFault> {
    .success(Transcript(text: text, durationMs: 12_000))
  }

  private func reading(_ states: [ReadWord.State], hints: [SoundHint] = []) -> Reading {
    Reading(
      verdict: .accepted,
      words: zip(["I", "think", "so"], states).map {
        ReadWord(text: $0, startMs: 0, endMs: 100, state: $1)
      }, hints: hints, durationMs: 6_000, speakingMs: 5_000,
      pauses: [Pause(startMs: 1_000, endMs: 2_500)], wordsCorrectPerMinute: 83,
      wordsPerMinute: 90)
  }

  @Test func `a voice from home is shown as it was heard, with corrections and a voice`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    #expect(try stage.sendVoice().isEmpty)
    try await stage.work()
    let answer = try #require(try stage.newest(with: "I heard"))
    #expect(answer.text.contains(Self.words))
    #expect(answer.text.contains("“she go” → she went"))
    #expect(answer.text.contains("basic check"))
    #expect(answer.text.contains("About 50 words a minute"))
    #expect(answer.text.contains("+10 XP"))
    #expect(answer.buttons == ["Next", "Menu"])
    #expect(try stage.voices() == 1)
    #expect(stage.world.now.spoken.count == 1)
    #expect(try stage.xp() == 10)
  }

  @Test func `without a recogniser it is honest, gives a sentence to read and speaks`()
    async throws
  {
    let stage = try PracticeStage(
      ScriptedWorld { $0.reading = .success(reading([.said, .said, .said])) })
    try stage.begin()
    let said = try stage.sendVoice()
    #expect(said.last?.text.contains("cannot understand free speech") == true)
    #expect(said.last?.text.contains("read this aloud") == true)
    try await stage.work()
    #expect(try stage.voices() == 1)
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: "I heard: I think so") != nil)
    #expect(try stage.newest(with: "Every word came across") != nil)
    #expect(try stage.voices() == 2)
  }

  @Test func `a reading is told word by word, with hints and without a percentage`() async throws {
    let hint = SoundHint(
      wordIndex: 1, word: "think", expected: "θ", heard: "s", rule: "TH>S")
    let stage = try PracticeStage(
      ScriptedWorld { $0.reading = .success(reading([.missing, .unclear, .said], hints: [hint])) })
    try stage.begin()
    try stage.say("/read")
    try await stage.work()
    #expect(try stage.voices() == 1)
    try stage.sendVoice()
    try await stage.work()
    let text = try #require(try stage.newest(with: "I heard")?.text)
    #expect(text.contains("[I] think(?) so"))
    #expect(text.contains("1 of 3 words"))
    #expect(text.contains("instead of /θ/ in “think”"))
    #expect(text.contains("tip of the tongue"))
    #expect(text.contains("About 85 words a minute, with one long pause"))
    #expect(!text.contains("%"))
    #expect(try stage.xp() == 10)
  }

  @Test(arguments: [
    (Reading.Verdict.silent, "no speech"), (.otherText, "something else"),
    (.cannotJudge, "quieter place"), (.notScorable, "quieter place"),
  ])
  func `a reading that cannot be judged earns nothing and is told kindly`(
    verdict: Reading.Verdict, part: String
  ) async throws {
    let stage = try PracticeStage(
      ScriptedWorld { $0.reading = .success(Reading(verdict: verdict)) })
    try stage.begin()
    try stage.say("/read")
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: part) != nil)
    #expect(try stage.xp() == 0)
    #expect(try stage.last().text.contains("Listen"))
  }

  @Test(arguments: [
    (SpeechFault.media(.damaged), "damaged"), (.media(.notAudio), "microphone button"),
    (.media(.tooLarge), "too large"), (.media(.empty), "no speech"),
    (.unavailable, "cannot understand free speech"),
  ])
  func `what is wrong with a recording is told`(fault: SpeechFault, part: String) async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = .failure(fault) })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: part) != nil)
    #expect(try stage.voices() == 1)
  }

  @Test(arguments: [
    (IncomingFileFault.gone, "no longer there"), (.tooLarge, "too large"),
    (.wrongKind, "microphone button"),
  ])
  func `a file that does not come is told`(fault: IncomingFileFault, part: String) async throws {
    let stage = try PracticeStage(
      ScriptedWorld {
        $0.transcript = heard()
        $0.file = .failure(fault)
      })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: part) != nil)
  }

  @Test func `a service that is away is tried again, then told, and the same voice once more`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = .failure(.unreachable) })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.last().text.contains("could not finish"))
    #expect(try stage.last().buttons.first == "Try again")
    stage.world.change { $0.transcript = heard() }
    try stage.press("Try again")
    try await stage.work()
    #expect(try stage.newest(with: Self.words) != nil)
  }

  @Test func `a voice in the middle of something else is answered, and that goes on`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/quiz")
    try stage.sendVoice()
    try stage.say("four")
    try await stage.work()
    let texts = try stage.rehearsal.messages().suffix(4).map(\.text)
    #expect(texts[0].contains(Self.words))
    #expect(!texts[0].contains("four"))
    #expect(texts.suffix(2) == ["two and two?", "quiz got text(\"four\")"])
    #expect(try stage.rehearsal.openFlows() == ["home", "quiz"])
    #expect(try stage.voices() == 1)
  }

  @Test func `all that comes in the middle of something else is answered in order`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/quiz")
    try stage.sendVoice("voice-1")
    try stage.say("four")
    try stage.sendVoice("voice-2")
    try stage.say("no, five")
    let said = try await stage.work().map(\.text)
    #expect(said.filter { $0.contains("I heard") }.count == 2)
    let end = try #require(said.firstIndex(of: "two and two?"))
    #expect(
      said[end...] == ["two and two?", "quiz got text(\"four\")", "quiz got text(\"no, five\")"])
  }

  @Test func `what was written waits for nobody when the recording cannot be answered`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = .failure(.unreachable) })
    try stage.begin()
    try stage.say("/practice")
    try stage.sendVoice()
    try stage.say("It is my first answer in writing.")
    let said = try await stage.work().map(\.text)
    let told = try #require(said.firstIndex { $0.contains("could not finish what you sent first") })
    let answer = try #require(said.firstIndex { $0.contains("You wrote") })
    #expect(told < answer)
  }

  @Test func `what comes while an answer is prepared is answered after it, in order`()
    async throws
  {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/practice")
    try stage.sendVoice()
    #expect(try stage.say("She have a dog.").last?.text.contains("First I finish") == true)
    try stage.say("It is my first answer in writing.")
    try await stage.work()
    let answers = try stage.rehearsal.messages().map(\.text).filter {
      $0.contains("I heard") || $0.contains("You wrote")
    }
    #expect(answers.count == 3)
    #expect(answers[0].contains(Self.words))
    #expect(answers[1].contains("She have a dog."))
    #expect(answers[2].contains("first answer in writing"))
  }

  @Test func `a recording sent from the menu meanwhile is answered after the first`() async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/practice")
    try stage.say("It is my first answer in writing.")
    try stage.say("/menu")
    #expect(try stage.sendVoice().last?.text.contains("First I finish") == true)
    try await stage.work()
    let answers = try stage.rehearsal.messages().map(\.text).filter {
      $0.contains("I heard") || $0.contains("You wrote")
    }
    #expect(answers.count == 2)
    #expect(answers[0].contains("first answer in writing"))
    #expect(answers[1].contains(Self.words))
  }

  @Test func `an answer finds somebody who has gone to the menu`() async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/practice")
    try stage.sendVoice()
    #expect(try stage.say("/menu").last?.text == "home")
    try await stage.work()
    #expect(try stage.newest(with: Self.words) != nil)
    #expect(try stage.rehearsal.openFlows().last == "home")
  }

  @Test func `swear words of a recogniser are never shown`() async throws {
    let stage = try PracticeStage(
      ScriptedWorld { $0.transcript = heard("This shit sails to the island every day") })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    #expect(try stage.newest(with: "shit") == nil)
    #expect(try stage.newest(with: "sails to the island") != nil)
  }

  @Test func `somebody in need gets a way to people, a flag without words, and no points`()
    async throws
  {
    let stage = try PracticeStage(
      ScriptedWorld { $0.transcript = heard("I do not want to live anymore") })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    let text = try stage.last().text
    #expect(text.contains("123"))
    #expect(text.contains("Sara's school"))
    #expect(try stage.xp() == 0)
    #expect(try stage.number("SELECT count(*) AS n FROM safety_flags WHERE kind = 'selfHarm'") == 1)
    #expect(stage.world.now.spoken == [])
  }

  @Test func `a recording that is too long is not fetched`() async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    let said = try stage.sendVoice(seconds: 400)
    #expect(said.last?.text.contains("under 180 seconds") == true)
    #expect(try stage.number("SELECT count(*) AS n FROM jobs WHERE kind = 'practice.voice'") == 0)
  }

  @Test func `a result that nobody can read ends in an honest word`() async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin()
    try stage.say("/practice")
    try stage.sendVoice()
    let said = try stage.rehearsal.deliver(.finished(job: "practice.voice", result: "{}"))
    #expect(said.last?.text.contains("could not finish") == true)
  }

  @Test func `in Persian all of it is Persian but the words themselves`() async throws {
    let stage = try PracticeStage(ScriptedWorld { $0.transcript = heard() })
    try stage.begin(language: "fa")
    try stage.sendVoice()
    try await stage.work()
    let text = try #require(try stage.newest(with: Self.words)?.text)
    #expect(text.contains("این را شنیدم"))
    #expect(text.contains("بررسی"))
    #expect(text.contains("+۱۰ امتیاز"))
  }

  @Test func `where nothing can be listened to, that is said`() async throws {
    let stage = try PracticeStage(ScriptedWorld())
    try stage.begin()
    let said = try stage.sendVoice()
    #expect(said.last?.text.contains("cannot listen to recordings") == true)
    try await stage.work()
    #expect(try stage.voices() >= 1)
  }
}
