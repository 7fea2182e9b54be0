import Foundation
import Media
import Speech
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(2))) struct SynthesiserTests {
  private static let voice = Voice(
    engine: .provider, name: "nova", language: "en", wordsPerMinute: 120)
  private static let mp3 = SampleFiles.all().first { $0.name == "mp3" }?.bytes ?? []

  @Test(arguments: SpokenFormat.allCases)
  func `a text comes back as sound of the kind that was asked for`(
    format: SpokenFormat
  ) async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(bytes: Self.mp3, type: "audio/mpeg")
    } _: { stage in
      let synthesiser = HTTPSynthesiser(
        service: stage.service(), model: "tts-1", voiceName: "alloy", converter: stage.worker)
      let audio = try await synthesiser.speak("Good morning!", with: Self.voice, as: format)
      #expect(audio.format == format)
      #expect(abs(audio.durationMs - 2_000) < 150)
      let decoded = try AudioDecoder.decode(audio.bytes)
      #expect(decoded.codec == (format == .voiceNote ? "opus" : "aac"))
      let call = try #require(stage.calls.first)
      #expect(call.path == "/v1/audio/speech")
      let order = try #require(
        try JSONSerialization.jsonObject(with: Data(call.body.utf8)) as? [String: Any])
      #expect(order["model"] as? String == "tts-1")
      #expect(order["input"] as? String == "Good morning!")
      #expect(order["voice"] as? String == "nova")
      #expect(order["response_format"] as? String == "mp3")
      #expect(order["speed"] as? Double == 0.75)
    }
  }

  @Test func `what is no sound is the fault of the service`() async throws {
    for body in ["<html>nothing here</html>", "", "ID3 but no more"] {
      try await ServiceStage.with { _, connection in
        connection.answer(body: body)
      } _: { stage in
        let synthesiser = HTTPSynthesiser(
          service: stage.service(), model: "m", voiceName: "v", converter: stage.worker)
        let fault = await fault {
          try await synthesiser.speak("Hello", with: Self.voice, as: .web)
        }
        guard case .refused(let reason) = fault else {
          Issue.record("\(String(describing: fault))")
          return
        }
        #expect(reason.hasPrefix("an answer that is no sound"))
      }
    }
  }

  @Test func `refusals and outages are told apart`() async throws {
    for (status, expected) in [
      (400, SpeechFault.refused("status 400: no such voice")), (429, .busy), (502, .unreachable),
    ] {
      try await ServiceStage.with { _, connection in
        connection.answer("\(status) X", body: #"{"error":{"message":"no such voice"}}"#)
      } _: { stage in
        let synthesiser = HTTPSynthesiser(
          service: stage.service(), model: "m", voiceName: "v", converter: stage.worker)
        #expect(
          await fault { try await synthesiser.speak("Hello", with: Self.voice, as: .web) }
            == expected)
      }
    }
  }

  @Test func `what nobody could pronounce is not sent`() async throws {
    try await ServiceStage.with { _, connection in
      connection.answer(body: "")
    } _: { stage in
      let synthesiser = HTTPSynthesiser(
        service: stage.service(), model: "m", voiceName: "v", converter: stage.worker)
      for text in ["", " … ", String(repeating: "a", count: 4_097)] {
        #expect(
          await fault { try await synthesiser.speak(text, with: Self.voice, as: .web) }
            == .textNotSpeakable)
      }
      #expect(stage.calls.isEmpty)
    }
  }
}
