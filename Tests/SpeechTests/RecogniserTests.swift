import Foundation
import Media
import Speech
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(2))) struct RecogniserTests {
  private static let verbose = """
    {"task":"transcribe","language":"english","duration":8.47,"text":" I like tea. ",
     "segments":[{"id":0,"seek":0,"start":0,"end":3,"text":" I like tea.","tokens":[1],
     "temperature":0,"avg_logprob":-0.25,"compression_ratio":1.2,"no_speech_prob":0.01},
     {"id":1,"seek":0,"start":3,"end":4,"text":"","tokens":[],"temperature":0,
     "avg_logprob":-0.5,"compression_ratio":1.2,"no_speech_prob":0.01}]}
    """

  @Test func `a voice note goes out as it came and comes back as text`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: Self.verbose)
    } _: { stage in
      let recogniser = stage.recogniser()
      let transcript = try await recogniser.transcribe(VoiceClip(voiceNote), language: "en")
      #expect(transcript.text == "I like tea.")
      #expect(transcript.language == "en")
      #expect(transcript.durationMs == 8_470)
      let expected = (exp(-0.25) * 3 + exp(-0.5)) / 4
      #expect(abs((transcript.confidence ?? 0) - expected) < 0.001)
      #expect(recogniser.dialect == .openAI)
      let call = try #require(stage.calls.first)
      #expect(call.path == "/v1/audio/transcriptions")
      #expect(call.head.contains("Authorization: Bearer key-0123456789"))
      #expect(call.field("model") == "whisper-1")
      #expect(call.field("response_format") == "verbose_json")
      #expect(call.field("language") == "en")
      #expect(call.body.contains(#"name="file"; filename="voice.ogg""#))
      #expect(call.body.contains("OggS"))
      #expect(stage.worker.children.isEmpty)
    }
  }

  @Test func `models that know only the short form are asked for it`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: #"{"text":"Hello.","usage":{"type":"duration","seconds":2}}"#)
    } _: { stage in
      let transcript = try await stage.recogniser(model: "gpt-4o-mini-transcribe")
        .transcribe(VoiceClip(voiceNote), language: nil)
      #expect(transcript == Transcript(text: "Hello."))
      #expect(stage.calls.first?.field("response_format") == "json")
      #expect(stage.calls.first?.field("language") == nil)
    }
  }

  @Test func `a kind the service does not read goes out as a WAVE file`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: #"{"text":"Hello."}"#)
    } _: { stage in
      let amr = try #require(SampleFiles.all().first { $0.name == "amr-narrow" })
      _ = try await stage.recogniser().transcribe(VoiceClip(amr.bytes), language: nil)
      let body = try #require(stage.calls.first?.body)
      #expect(body.contains(#"filename="voice.wav""#))
      #expect(body.contains("RIFF"))
    }
  }

  @Test func `whisper.cpp is found out, remembered and given WAVE files`() async throws {
    try await ServiceStage.with { call, connection in
      if call.path == "/inference" {
        connection.answer(body: #"{"text":" Good morning.\n","language":"en"}"#)
      } else {
        connection.answer("404 Not Found", body: "File Not Found (\(call.path))")
      }
    } _: { stage in
      let recogniser = stage.recogniser()
      for _ in 0..<2 {
        let transcript = try await recogniser.transcribe(VoiceClip(voiceNote), language: nil)
        #expect(transcript.text == "Good morning.")
      }
      #expect(recogniser.dialect == .whisperCpp)
      #expect(
        stage.calls.map(\.path) == ["/v1/audio/transcriptions", "/inference", "/inference"])
      let call = try #require(stage.calls.last)
      #expect(call.field("language") == "auto")
      #expect(call.body.contains("RIFF"))
    }
  }

  @Test func `a missing model is told in the words of the usual door`() async throws {
    try await ServiceStage.with { call, connection in
      connection.answer(
        "404 Not Found",
        body: call.path == "/inference"
          ? #"{"detail":"Not Found"}"# : #"{"detail":"Model 'x' is not installed"}"#)
    } _: { stage in
      let recogniser = stage.recogniser()
      #expect(
        await fault { try await recogniser.transcribe(VoiceClip(voiceNote), language: nil) }
          == .refused("status 404: Model 'x' is not installed"))
      #expect(recogniser.dialect == nil)
    }
  }

  @Test(arguments: [
    (200, "<html>a gateway answers</html>", SpeechFault.refused("an answer that cannot be read")),
    (200, #"{"words":"none"}"#, .refused("an answer that cannot be read")),
    (200, "[1,2", .refused("an answer that cannot be read")),
    (200, #"{"error":"failed to read audio data"}"#, .refused("failed to read audio data")),
    (
      401, #"{"error":{"message":"Incorrect API key: key-0123456789"}}"#,
      .refused("status 401: Incorrect API key: ***")
    ),
    (
      422, #"{"detail":[{"loc":[],"msg":"field required"}]}"#,
      .refused("status 422: field required")
    ),
    (413, "", .media(.tooLarge)), (429, "{}", .busy), (500, "boom", .unreachable),
    (503, "<html></html>", .unreachable), (504, "", .tookTooLong),
  ])
  func `what else a service answers has a name`(
    status: Int, body: String, expected: SpeechFault
  ) async throws {
    try await ServiceStage.with { _, connection in
      connection.answer("\(status) X", body: body)
    } _: { stage in
      let recogniser = stage.recogniser(dialect: .openAI)
      let fault = await fault {
        try await recogniser.transcribe(VoiceClip(voiceNote), language: nil)
      }
      if case .refused(let reason) = fault { #expect(!reason.contains("key-0123456789")) }
      if status == 401 {
        #expect(
          fault.map { "\($0)".contains("Incorrect API key") } == true)
      } else {
        #expect(fault == expected)
      }
    }
  }

  @Test func `a service that hangs up, is silent or never ends is no riddle`() async throws {
    let usual = HTTPRequest.Timeouts()
    let scripts: [(FaultyServer.Script, HTTPRequest.Timeouts, SpeechFault)] = [
      (FaultyServer.closing, usual, .unreachable),
      (FaultyServer.silent, HTTPRequest.Timeouts(firstByteMs: 300), .tookTooLong),
      (FaultyServer.babbling, usual, .unreachable),
      (FaultyServer.endless, usual, .refused("an answer larger than is read")),
    ]
    for (script, timeouts, expected) in scripts {
      let server = try FaultyServer(script)
      let client = HTTPClient()
      let worker = SpeechWorker(program: BuiltProgram.speech)
      let service = SpeechService(
        baseURL: server.url, key: nil,
        client: ProviderClient(name: "stt", client: client, timeouts: timeouts))
      let recogniser = WhisperRecogniser(
        service: service, model: "m", dialect: .openAI, converter: worker)
      let fault = await fault {
        try await recogniser.transcribe(VoiceClip(voiceNote), language: nil)
      }
      #expect(fault == expected)
      await client.shutdown()
      server.stop()
    }
  }

  @Test func `nobody at the address is unreachable, and then not even tried`() async throws {
    let client = HTTPClient()
    let breaker = CircuitBreaker(rules: CircuitRules())
    let service = SpeechService(
      baseURL: "http://127.0.0.1:1", key: nil,
      client: ProviderClient(name: "stt", client: client, breaker: breaker))
    let recogniser = WhisperRecogniser(
      service: service, model: "m", converter: SpeechWorker(program: BuiltProgram.speech))
    for _ in 0..<12 {
      #expect(
        await fault { try await recogniser.transcribe(VoiceClip(voiceNote), language: nil) }
          == .unreachable)
    }
    #expect(breaker.state == .open)
    await client.shutdown()
  }

  @Test func `nothing, and too much, is not sent at all`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: "{}")
    } _: { stage in
      let recogniser = stage.recogniser()
      #expect(
        await fault { try await recogniser.transcribe(VoiceClip([]), language: nil) }
          == .media(.empty))
      let huge = VoiceClip([UInt8](repeating: 1, count: 21 << 20))
      #expect(
        await fault { try await recogniser.transcribe(huge, language: nil) } == .media(.tooLarge))
      #expect(stage.calls.isEmpty)
    }
  }

  @Test func `text made of silence is not believed`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(
        body: """
          {"text":"Thank you for watching!","language":"en","duration":2,"segments":[
          {"start":0,"end":2,"avg_logprob":-1.4,"no_speech_prob":0.93}]}
          """)
    } _: { stage in
      let transcript = try await stage.recogniser()
        .transcribe(VoiceClip(voiceNote), language: "en")
      #expect(transcript.text.isEmpty)
    }
  }

  @Test func `swear words that were never said are masked`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: #"{"text":"The Shit is in the harbour, not the ship."}"#)
    } _: { stage in
      let transcript = try await stage.recogniser()
        .transcribe(VoiceClip(voiceNote), language: "en")
      #expect(transcript.text == "The S*** is in the harbour, not the ship.")
    }
  }
}
