import Configuration
import Foundation
import Logging
import Rehearsal
import Server
import Speech
import Standins
import Storage
import Testing
import Transport

/// What lessons say aloud and what learners say back, by the whole program.
@Suite(.timeLimit(.minutes(5)))
struct LessonAudioTests {
  private static let key: HTTPHeaders = ["Authorization": "Bearer \(RunningProgram.operatorKey)"]
  private static let settings = ["PARLANCE_SPEECH_PROGRAM": VoiceJourneyTests.speechProgram]
  /// In the lesson about the time.
  private static let activitiesBeforeDictation = 8

  @Test func `without a process that handles sound all is missing, and only operators see it`()
    async throws
  {
    let home = try TemporaryHome()
    let settings = ["PARLANCE_SPEECH_PROGRAM": home.path + "/nothing"]
    try await RunningProgram.with(home: home, settings: settings) { running in
      #expect(try await running.get("/api/v1/content/audio").status == 401)
      let counts = try await running.get("/api/v1/content/audio", headers: Self.key).json()["data"]
      let wanted = try #require(counts?["wanted"]?.integer)
      #expect(wanted > 100)
      #expect(counts?["missing"]?.integer == wanted)
      #expect(counts?["ready"]?.integer == 0)
      #expect(counts?["bytes"]?.integer == 0)
    }
  }

  @Test func `a sentence is heard on Telegram, and said back it is scored`() async throws {
    let home = try TemporaryHome()
    try await Self.makeAhead(home)
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot, settings: Self.settings) { running in
        let texts = ["/menu", "/learn a0-my-family", "begin"] + Array(repeating: "skip", count: 9)
        for (number, text) in texts.enumerated() {
          let update = TelegramJourneyTests.update(number + 1, text: text)
          #expect(try await running.postUpdate(update).status == 200)
        }
        let asked = try await bot.call(of: "sendVoice")
        #expect(asked.files["voice"]?.bytes.starts(with: Array("OggS".utf8)) == true)

        let mouth = SpeechWorker(program: VoiceJourneyTests.speechProgram)
        let spoken = try await mouth.speak(
          "This is my brother.",
          with: Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: 120),
          as: .voiceNote)
        await mouth.stop()
        bot.store(spoken.bytes, fileID: "answer-1")
        let answer = VoiceJourneyTests.update(texts.count + 1, voice: "answer-1")
        #expect(try await running.postUpdate(answer).status == 200)
        let heard = try await bot.call(of: "sendMessage") {
          $0.parameters["text"]?.string?.contains("I heard:") == true
        }
        let text = try #require(heard.parameters["text"]?.string)
        #expect(text.contains("✅"), "\(text)")
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `a dictation can be played in the web chat`() async throws {
    let home = try TemporaryHome()
    try await Self.makeAhead(home)
    try await RunningProgram.with(home: home, settings: Self.settings) { running in
      let doors = WebChatDoorTests.doors
      let texts =
        ["/menu", "/learn a0-what-time-is-it", "begin"]
        + Array(repeating: "skip", count: Self.activitiesBeforeDictation)
      for (number, text) in texts.enumerated() {
        let sent = try await running.post(
          doors + "/send", #"{"id":"m\#(number)","text":"\#(text)"}"#)
        #expect(sent.status == 200)
      }
      let messages = try await running.get(doors + "/messages").json()["messages"]?.items
      let voice = try #require(messages?.last { $0["media"]?["kind"] == "voice" })
      let sound = try await running.get(try #require(voice["media"]?["url"]?.string))
      #expect(sound.status == 200)
      #expect(Array(sound.body.dropFirst(4).prefix(4)) == Array("ftyp".utf8))
    }
  }

  /// The first of the curriculum, as the job does it.
  private static func makeAhead(_ home: TemporaryHome) async throws {
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    let variables = settings.merging(["PARLANCE_HOME": home.path]) { $1 }
    let program = try Program.open(
      try Settings(
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))),
      root: Project.root.path, content: try RunningProgram.content.get(),
      metrics: MetricsRegistry(), logger: logger)
    let made = try await program.makeLessonAudio(stepsMax: 4)
    #expect(made.ready == 16)
    #expect(made.missing > 0)
    await program.database.close()
  }
}
