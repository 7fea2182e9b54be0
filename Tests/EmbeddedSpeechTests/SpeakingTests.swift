import EmbeddedSpeech
import Foundation
import Media
import Speech
import Testing

@Suite struct SpeakingTests {
  @Test func `the same text always sounds the same`() throws {
    let first = try speech.speak("Good morning", with: voice("slt"))
    #expect(try speech.speak("Good morning", with: voice("slt")) == first)
  }

  @Test func `Persian is spoken`() throws {
    let audio = try speech.speak("سلام، حالِ شما چطور است؟", with: voice("fa"))
    #expect(audio.durationMs > 700)
    #expect(audio.durationMs < 6_000)
    #expect(rms(audio) > 500)
  }

  @Test func `English words in a Persian sentence are spoken by an English voice`() throws {
    let persian = try speech.speak("کلمهٔ بعدی این است", with: voice("fa"))
    let mixed = try speech.speak("کلمهٔ بعدی این است: the garden", with: voice("fa"))
    #expect(mixed.sampleRate == persian.sampleRate)
    let added = PCMAudio(
      samples: Array(mixed.samples.dropFirst(persian.samples.count)), sampleRate: mixed.sampleRate)
    let reading = try speech.read(added, against: "the garden")
    #expect(reading.verdict == .accepted)
  }

  @Test func `an English voice hands Persian words to a Persian one`() throws {
    let english = try speech.speak("The word is", with: voice("rms"))
    let mixed = try speech.speak("The word is کتاب", with: voice("rms"))
    #expect(mixed.durationMs > english.durationMs + 300)
    #expect(mixed.sampleRate == english.sampleRate)
  }

  @Test func `a lower rate takes longer, an absurd one is kept within reason`() throws {
    let lengths = try [1_000_000, 190, 127, 0].map { rate in
      try speech.speak(
        "Open the window please", with: voice("slt", wordsPerMinute: rate)
      ).durationMs
    }
    #expect(lengths == lengths.sorted())
    #expect(lengths[2] > lengths[1] * 13 / 10)
    #expect(lengths[3] < lengths[1] * 3)
  }

  @Test(arguments: ["", "  \n", "؟!", "…"]) func `nothing to say is refused`(text: String) {
    #expect(throws: SpeechFault.textNotSpeakable) {
      try speech.speak(text, with: voice("rms"))
    }
  }

  @Test func `a text too long to speak is refused`() {
    #expect(throws: SpeechFault.textNotSpeakable) {
      try speech.speak(String(repeating: "word ", count: 500), with: voice("rms"))
    }
  }

  @Test(arguments: ["-x", "fa;ls", "", "../../etc", "--help"])
  func
    `a voice's name cannot become an option or a path`(name: String)
  {
    #expect(throws: SpeechFault.textNotSpeakable) {
      try speech.speak(
        "سلام", with: Voice(engine: .espeak, name: name, language: "fa", wordsPerMinute: 140))
    }
  }

  @Test func `a text cannot become an option`() throws {
    let audio = try speech.speak("--help سلام -v en", with: voice("fa"))
    #expect(rms(audio) > 100)
  }

  @Test func `without the program English is spoken and Persian is unavailable`() throws {
    let alone = EmbeddedSpeech(espeakPath: "/nowhere/espeak-ng")
    #expect(try rms(alone.speak("Good morning", with: voice("slt"))) > 100)
    #expect(throws: SpeechFault.unavailable) { try alone.speak("سلام", with: voice("fa")) }
  }

  @Test func `a program that says nothing, lies or fails is not believed`() throws {
    for path in ["/bin/true", "/bin/false", "/bin/echo"] {
      let speech = EmbeddedSpeech(espeakPath: path)
      #expect(throws: SpeechFault.self) { try speech.speak("سلام", with: voice("fa")) }
    }
  }

  @Test func `a voice nobody has falls back to the other engine`() throws {
    let audio = try speech.speak("Good morning", with: voice("nobody"))
    #expect(rms(audio) > 100)
  }
}
