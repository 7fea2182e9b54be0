import Foundation
import EmbeddedSpeech
import Media
import Speech
import Testing

/// What is no reading at all.
@Suite struct StrangeSoundTests {
  private static let text = "The cat is sleeping under the table"

  @Test(arguments: [0, 1, 300]) func `digital silence is silence, however long`(
    seconds: Int
  ) throws {
    let reading = try speech.read(silence(seconds: seconds), against: Self.text)
    #expect(reading.verdict == .silent)
    #expect(reading.words.isEmpty)
  }

  @Test(arguments: [1, 100]) func `a few samples are silence`(count: Int) throws {
    let audio = PCMAudio(
      samples: Array(repeating: 9_000, count: count), sampleRate: PCMAudio.speechRate)
    #expect(try speech.read(audio, against: Self.text).verdict == .silent)
  }

  @Test(arguments: [200, 8_000, 30_000]) func `noise is not taken for a reading`(
    amplitude: Int
  ) throws {
    let reading = try speech.read(
      noise(seconds: 3, amplitude: amplitude, seed: 1), against: Self.text)
    #expect([.cannotJudge, .otherText, .silent].contains(reading.verdict))
    #expect(reading.hints.isEmpty)
  }

  @Test func `a tone and a square wave are not taken for a reading`() throws {
    let square = (0..<48_000).map { Int16($0 / 40 % 2 == 0 ? 20_000 : -20_000) }
    let tone = (0..<48_000).map { Int16(12_000 * sin(Double($0) * 0.2)) }
    for samples in [square, tone] {
      let audio = PCMAudio(samples: samples, sampleRate: PCMAudio.speechRate)
      #expect(try speech.read(audio, against: Self.text).verdict != .accepted)
    }
  }

  @Test func `a voice that drowns in noise is not judged`() throws {
    let voice = try note(Self.text)
    let loud = noise(seconds: 6, amplitude: Int(rms(voice) * 1.4), seed: 2)
    let reading = try speech.read(add(loud, to: voice), against: Self.text)
    #expect([.cannotJudge, .otherText].contains(reading.verdict))
    #expect(reading.hints.isEmpty)
  }

  @Test func `a quiet voice is heard like a loud one`() throws {
    let quiet = try note(Self.text)
    let audio = PCMAudio(samples: quiet.samples.map { $0 / 12 }, sampleRate: quiet.sampleRate)
    #expect(try speech.read(audio, against: Self.text).verdict == .accepted)
  }

  @Test func `sound of another rate is brought to the right one`() throws {
    let audio = try note(Self.text).resampled(to: 48_000)
    #expect(try speech.read(audio, against: Self.text).verdict == .accepted)
  }

  @Test(arguments: ["", "   ", "?!", "\u{200C}"]) func `a text without words is not judged`(
    text: String
  ) throws {
    #expect(try speech.read(note("Hello"), against: text).verdict == .notScorable)
  }

  @Test func `a text that is too long is refused`() {
    for text in [String(repeating: "word ", count: 61), String(repeating: "a", count: 601)] {
      #expect(throws: SpeechFault.textNotSpeakable) {
        try speech.read(silence(seconds: 1), against: text)
      }
    }
  }

  @Test func `markup, control characters and endless words do no harm`() throws {
    let audio = try note("Hello")
    let texts = [
      "<sil> <s> [NOISE]", "#JSGF V1.0; grammar g;", "a(2) the(3)", "\u{0}\u{1}\u{7F}",
      String(repeating: "x", count: 200), String(repeating: "'", count: 50) + "a", "_TH_S",
      "0x7FFF 1e9 99999999999999999999 1/2 -5 .5 5. 1,2,3",
    ]
    for text in texts { #expect(try speech.read(audio, against: text).verdict != .accepted) }
  }

  @Test func `without models nothing is judged`() {
    let nowhere = EmbeddedSpeech(
      models: SpeechModels(acousticModelPath: "/nowhere", dictionaryPath: "/nowhere"))
    #expect(throws: SpeechFault.unavailable) {
      try nowhere.read(noise(seconds: 1, amplitude: 9_000, seed: 3), against: Self.text)
    }
  }
}
