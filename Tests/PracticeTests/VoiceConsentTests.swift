import Conversation
import Practice
import Rehearsal
import Speech
import Storage
import Testing

/// A person's voice and the services of others.
struct VoiceConsentTests {
  private static let words = "Yesterday I go to the market and she go home"

  private func stage(hasModel: Bool = false) throws -> PracticeStage {
    let stage = try PracticeStage(
      ScriptedWorld {
        $0.transcript = .success(Transcript(text: Self.words, durationMs: 12_000))
        $0.voiceConsent = true
        $0.reading = .success(
          Reading(
            verdict: .accepted, words: [], hints: [], durationMs: 1, speakingMs: 1, pauses: []))
        if hasModel { $0.advice = .failure(.unreachable) }
      })
    try stage.begin()
    return stage
  }

  private func ledger(_ stage: PracticeStage) throws -> [String] {
    try stage.rehearsal.database.readBlocking { transaction in
      let record = try #require(try stage.rehearsal.record(transaction))
      return try Consent.history(of: record.person.id, in: transaction)
        .map { "\($0.purpose.rawValue) \($0.state.rawValue)" }.sorted()
    }
  }

  @Test func `a recording waits for the answer and is then listened to`() async throws {
    let stage = try stage()
    let asked = try #require(try stage.sendVoice().last)
    #expect(asked.text.contains("speech recognition service run by others"))
    try await stage.work()
    #expect(stage.world.now.transcribed == 0)
    #expect(
      try stage.press("Yes, you may").first?.text.contains("takes the permission back") == true)
    try await stage.work()
    #expect(try stage.newest(with: "I heard") != nil)
    #expect(try ledger(stage) == ["speech granted"])
    // Nobody is asked twice.
    try stage.sendVoice("voice-2")
    try await stage.work()
    #expect(stage.world.now.transcribed == 2)
  }

  @Test func `a second recording does not take the place of one that waits for the answer`()
    async throws
  {
    let stage = try stage()
    try stage.sendVoice()
    try stage.say("/menu")
    try stage.sendVoice("voice-2")
    try stage.press("Yes, you may")
    try await stage.work()
    #expect(stage.world.now.transcribed == 2)
  }

  @Test func `whoever says no hears what can be done instead, and nothing is sent`() async throws {
    let stage = try stage()
    try stage.sendVoice()
    let said = try stage.press("No, thank you").map(\.text)
    #expect(said.contains { $0.contains("your recording went nowhere") })
    #expect(said.last?.contains("read this aloud") == true)
    try stage.say("/talk")
    try stage.press("Food and cooking")
    let again = try stage.sendVoice("voice-2").last
    #expect(again?.text.contains("allow it with /model") == true)
    try await stage.work()
    #expect(stage.world.now.transcribed == 0)
    #expect(try ledger(stage) == ["speech withdrawn"])
  }

  @Test func `in a talk the recording waits, too, and is answered in its place`() async throws {
    let stage = try stage()
    try stage.say("/talk")
    try stage.press("Food and cooking")
    #expect(try stage.sendVoice().last?.buttons.first == "Yes, you may")
    #expect(try stage.sendVoice("voice-2").last?.text.contains("answer this first") == true)
    try stage.say("yes")
    try await stage.work()
    #expect(stage.world.now.transcribed == 1)
  }

  @Test func `one question covers the model and the recogniser`() async throws {
    let stage = try stage(hasModel: true)
    let asked = try stage.sendVoice().last
    #expect(asked?.text.contains("speech recogniser") == true)
    #expect(asked?.text.contains("language model") == true)
    try stage.press("Yes, you may")
    #expect(try ledger(stage) == ["model granted", "speech granted"])
    try stage.say("/model")
    try stage.press("No, thank you")
    #expect(
      try ledger(stage)
        == ["model granted", "model withdrawn", "speech granted", "speech withdrawn"])
  }

  @Test func `answers are given to a voice of others only by those who let a model see them`()
    async throws
  {
    let stage = try PracticeStage(
      ScriptedWorld {
        $0.transcript = .success(Transcript(text: Self.words, durationMs: 12_000))
        $0.advice = .failure(.unreachable)
        $0.mouthIsOthers = true
      })
    try stage.begin()
    try stage.say("/model")
    #expect(try stage.last().text.contains("a voice service run by others") == true)
    for (answer, spokenAtHome, spokenByOthers) in [
      ("No, thank you", 1, 0), ("Yes, you may", 1, 1),
    ] {
      try stage.press(answer)
      try stage.say("/practice")
      try stage.sendVoice("voice-\(answer)")
      try await stage.work()
      #expect(stage.world.now.spokenAtHome.count { $0.contains("she went home") } == spokenAtHome)
      #expect(stage.world.now.spoken.count { $0.contains("she went home") } == spokenByOthers)
      try stage.say("/model")
    }
  }

  @Test func `what is taken back while a recording waits is not sent`() async throws {
    let stage = try stage()
    try stage.sendVoice()
    try stage.press("Yes, you may")
    stage.world.change { $0.voiceConsent = false }
    try await stage.work()
    #expect(stage.world.now.transcribed == 0)
    #expect(try stage.newest(with: "your recording went nowhere") != nil)
  }

  @Test func `reading aloud needs no consent, as nothing leaves`() async throws {
    let stage = try stage()
    try stage.say("/read")
    try stage.sendVoice()
    try await stage.work()
    #expect(stage.world.now.transcribed == 0)
    #expect(try stage.newest(with: "run by others") == nil)
  }
}
