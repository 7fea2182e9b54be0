import Configuration
import Rehearsal
import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SpeechStatusTests {
  private static func settings(_ values: [String: String]) throws -> Settings {
    try Settings(
      ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: values)))
  }

  private static let operatorKey: HTTPHeaders = [
    "Authorization": "Bearer \(RunningProgram.operatorKey)"
  ]

  /// Where nobody writes down speech, what is said of hearing.
  private func hearing(_ program: String, query: String = "") async throws -> String? {
    let home = try TemporaryHome()
    let settings = ["PARLANCE_SPEECH_PROGRAM": program]
    return try await RunningProgram.with(home: home, settings: settings) { running in
      let heard = try await running.get(
        "/orchestrator/stt-status" + query, headers: Self.operatorKey)
      #expect(heard.status == 200)
      return try heard.json()["data"]?["status"]?.string
    }
  }

  @Test func `without a recogniser known texts are listened to, if the program for it runs`()
    async throws
  {
    #expect(try await hearing(VoiceJourneyTests.speechProgram) == "known-texts")
    #expect(try await hearing(VoiceJourneyTests.speechProgram, query: "?probe=1") == "known-texts")
    #expect(try await hearing("/nowhere/parlance-speech") == "off")
    // It is there, and does not do what it is for.
    #expect(try await hearing("/bin/false", query: "?probe=1") == "off")
  }

  @Test func `with nothing set the built-in voices speak`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let spoken = try await running.get("/orchestrator/tts-status")
      #expect(try spoken.json()["data"]?["provider"]?.string == "built-in")
    }
  }

  @Test func `providers show their circuit to all, and are called for operators only`()
    async throws
  {
    // Two, as the voices of lessons may be made at any time.
    let ears = try FaultyServer(FaultyServer.answering(body: #"{"data":[]}"#))
    defer { ears.stop() }
    let mouth = try FaultyServer(FaultyServer.answering(body: #"{"data":[]}"#))
    defer { mouth.stop() }
    let home = try TemporaryHome()
    let settings = [
      "WHISPER_URL": ears.url + "/v1", "TTS_URL": mouth.url, "WHISPER_API": "openai",
      "HTTPS_PROXY": "http://127.0.0.1:1",
    ]
    try await RunningProgram.with(home: home, settings: settings) { running in
      let heard = try await running.get("/orchestrator/stt-status").json()["data"]
      #expect(heard?["status"]?.string == "up")
      #expect(heard?["provider"]?.string == "whisper")
      #expect(heard?["circuit"]?.string == "closed")
      #expect(heard?["api"]?.string == "openai")
      #expect(try await running.get("/orchestrator/stt-status?probe=1").status == 401)
      #expect(ears.acceptedConnections == 0)
      let key = Self.operatorKey
      let probed = try await running.get("/orchestrator/stt-status?probe=1", headers: key)
      #expect(try probed.json()["data"]?["probe"]?.string == "answered with 200")
      let spoken = try await running.get("/orchestrator/tts-status?probe=1", headers: key)
      #expect(try spoken.json()["data"]?["probe"]?.string == "answered with 200")
      #expect(ears.acceptedConnections > 0)
      #expect(mouth.acceptedConnections > 0)
      let circuits = try await running.get("/health").json()["data"]?["circuits"]
      #expect(circuits?["whisper"]?.string == "closed")
      #expect(circuits?["tts"]?.string == "closed")
    }
  }

  @Test func `a provider that is down is down`() async throws {
    let home = try TemporaryHome()
    let settings = ["WHISPER_URL": "http://127.0.0.1:1"]
    try await RunningProgram.with(home: home, settings: settings) { running in
      let key = Self.operatorKey
      let probed = try await running.get("/orchestrator/stt-status?probe=1", headers: key)
      #expect(try probed.json()["data"]?["status"]?.string == "down")
    }
  }

  @Test func `settings of speech have usual values and lose the version of the address`() throws {
    let speech = try Self.settings([
      "WHISPER_URL": "http://localhost:9000/v1/", "TTS_URL": "https://voice.test/v1",
    ]).speech
    #expect(speech.whisper?.url == "http://localhost:9000")
    #expect(speech.whisper?.model == "whisper-1")
    #expect(speech.whisper?.dialect == nil)
    #expect(speech.synthesiser?.url == "https://voice.test")
    #expect(speech.synthesiser?.voice == "alloy")
    #expect(try Self.settings([:]).speech.whisper == nil)
  }

  @Test func `faults of the settings of speech are told together, without values`() throws {
    let fault = #expect(throws: SettingsFault.self) {
      try Self.settings([
        "WHISPER_MODEL": "small", "WHISPER_API": "grpc", "TTS_URL": "voice.test",
        "TTS_API_KEY": "two words",
      ])
    }
    let text = try #require(fault).description
    for name in ["WHISPER_URL", "WHISPER_API", "TTS_URL", "TTS_API_KEY"] {
      #expect(text.contains(name))
    }
    #expect(!text.contains("two words"))
  }

  @Test func `a service in our own network is not called through the proxy for all`() throws {
    let outgoing = try Self.settings([
      "HTTPS_PROXY": "http://proxy.test:3128", "TTS_PROXY": "http://other.test:3128",
    ]).outgoing
    #expect(outgoing.proxy(for: .whisper, at: "http://10.0.0.5:9000") == nil)
    #expect(outgoing.proxy(for: .whisper, at: "https://stt.test") == "http://proxy.test:3128")
    #expect(outgoing.proxy(for: .tts, at: "http://10.0.0.5") == "http://other.test:3128")
  }
}
