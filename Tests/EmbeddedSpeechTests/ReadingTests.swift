import EmbeddedSpeech
import Media
import Speech
import Testing

@Suite struct ReadingTests {
  @Test(arguments: ["rms", "slt"]) func `a text that was read is accepted, word by word`(
    reader: String
  ) throws {
    let text = "My brother works in a small bank."
    let reading = try speech.read(note(text, by: reader), against: text)
    #expect(reading.verdict == .accepted)
    #expect(reading.words.map(\.text) == ["My", "brother", "works", "in", "a", "small", "bank"])
    #expect(reading.words.allSatisfy { $0.state == .said || $0.state == .unclear })
    #expect(reading.hints.isEmpty)
    #expect(zip(reading.words, reading.words.dropFirst()).allSatisfy { $0.endMs <= $1.startMs })
    let last = try #require(reading.words.last)
    #expect(last.endMs <= reading.durationMs)
    #expect(reading.speakingMs > reading.durationMs / 2)
    #expect(reading.speakingMs <= reading.durationMs)
  }

  @Test(arguments: ["rms", "slt"]) func `another text is not taken for this one`(
    reader: String
  ) throws {
    let audio = try note("The children are playing in the garden", by: reader)
    let reading = try speech.read(audio, against: "He forgot his keys in the kitchen")
    #expect(reading.verdict == .otherText)
    #expect(reading.hints.isEmpty)
    #expect(reading.wordsCorrectPerMinute == nil)
  }

  @Test(arguments: [
    ("I have never seen such a big fish", "It takes an hour to walk to work", "rms"),
    ("My room is on the third floor", "Would you like to sit next to me", "rms"),
    ("I lost my phone on the bus", "My room is on the third floor", "rms"),
    ("I lost my phone on the bus", "My room is on the third floor", "slt"),
  ])
  func `a text of which parts seem to fit is not taken for this one either`(
    said: String, other: String, reader: String
  ) throws {
    #expect(try speech.read(try note(said, by: reader), against: other).verdict != .accepted)
  }

  @Test func `a word that was left out is missing, the others are not`() throws {
    let audio = try note("She bought three books and a pen")
    let reading = try speech.read(audio, against: "She bought three books and a blue pen")
    #expect(reading.verdict == .accepted)
    #expect(reading.words.map(\.state).firstIndex(of: .missing) == 6)
    #expect(reading.words.count { $0.state == .missing || $0.state == .different } == 1)
  }

  @Test func `another word in its place is noticed`() throws {
    let audio = try note("The winter in this village is very hard")
    let reading = try speech.read(audio, against: "The chicken in this village is very hard")
    #expect(reading.verdict == .accepted)
    #expect([.different, .missing].contains(reading.words[1].state))
    #expect(reading.words.count { $0.state == .missing || $0.state == .different } == 1)
  }

  @Test(arguments: [
    "My sister wants wants to study medicine", "My sister um wants to study medicine",
  ])
  func
    `who says a word twice or thinks aloud is not blamed for other words`(said: String) throws
  {
    let reading = try speech.read(note(said), against: "My sister wants to study medicine")
    #expect(reading.verdict == .accepted)
    #expect(reading.words.allSatisfy { $0.state == .said || $0.state == .unclear })
    #expect(reading.words.count == 6)
  }

  @Test func `who stops early has the rest missing`() throws {
    let audio = try note("We went to the sea last summer")
    let text = "We went to the sea last summer and had a very good time"
    let reading = try speech.read(audio, against: text)
    #expect(reading.words.suffix(6).allSatisfy { $0.state == .missing })
    #expect(reading.words.prefix(7).allSatisfy { $0.state != .missing })
    #expect(reading.verdict == .accepted)
  }

  @Test(arguments: ["rms", "slt"]) func `sounds that went wrong are named`(reader: String) throws {
    let audio = try note("I sink this sheep is sick", by: reader)
    let reading = try speech.read(audio, against: "I think this ship is thick")
    #expect(reading.verdict == .accepted)
    #expect(!reading.hints.isEmpty)
    #expect(reading.hints.count <= 2)
    for hint in reading.hints {
      let isVowel = hint.rule == "IH>IY"
      #expect(hint.expected == (isVowel ? "ɪ" : "θ"))
      #expect(hint.heard == (isVowel ? "iː" : "s"))
      #expect((isVowel ? ["ship"] : ["think", "thick"]).contains(hint.word))
      #expect(reading.words[hint.wordIndex].text == hint.word)
    }
  }

  @Test(arguments: ["rms", "slt"]) func `sounds that were right are not blamed`(
    reader: String
  ) throws {
    let text = "I think this ship is thick"
    let reading = try speech.read(note(text, by: reader), against: text)
    #expect(reading.verdict == .accepted)
    #expect(reading.hints.isEmpty)
  }

  @Test func `a vowel put before a word is named`() throws {
    let audio = try note("They are building a new eskool near the river")
    let text = "They are building a new school near the river"
    let hints = try speech.read(audio, against: text).hints
    #expect(hints.contains { $0.rule == "S>EH S" && $0.word == "school" && $0.heard == "es" })
  }

  @Test func `a rest between words is a pause, rests around them are not`() throws {
    let first = try note("My sister wants").samples
    let second = try note("to study medicine").samples
    let rest = Array(repeating: Int16(0), count: PCMAudio.speechRate)
    let audio = PCMAudio(
      samples: rest + first + rest + second + rest, sampleRate: PCMAudio.speechRate)
    let reading = try speech.read(audio, against: "My sister wants to study medicine")
    #expect(reading.verdict == .accepted)
    #expect(reading.pauses.count == 1)
    let pause = try #require(reading.pauses.first)
    #expect(pause.durationMs >= 900)
    #expect(pause.startMs >= reading.words[2].endMs)
    #expect(pause.endMs <= reading.words[3].startMs)
  }

  @Test func `the rate follows the speed of the voice`() throws {
    let text = "You should write your name here and open the window"
    let rates = try [127, 190].map { rate in
      let audio = try speech.speak(text, with: voice("rms", wordsPerMinute: rate))
      return try #require(try speech.read(audio, against: text).wordsCorrectPerMinute)
    }
    #expect(rates[0] < rates[1] * 0.8)
    #expect(rates[0] > 60)
    #expect(rates[1] < 260)
  }

  @Test func `numbers, times and money are read as words`() throws {
    let audio = try note("On the twenty first of May I paid forty two dollars at nine thirty")
    let reading = try speech.read(audio, against: "On the 21st of May I paid $42 at 9:30.")
    #expect(reading.verdict == .accepted)
    #expect(reading.words.map(\.text).contains("$42"))
    // A short word between vowels may be blamed.
    #expect(reading.words.count { $0.state == .said || $0.state == .unclear } >= 9)
    let written = reading.words.filter { $0.text.contains(where: \.isNumber) }
    #expect(written.map(\.text) == ["21st", "$42", "9:30"])
    #expect(written.allSatisfy { $0.state == .said || $0.state == .unclear })
  }

  @Test func `a word that is in no dictionary is pronounced by its spelling`() throws {
    let text = "My blorfing friend lives in the big city"
    let reading = try speech.read(note(text), against: text)
    #expect(reading.verdict == .accepted)
    #expect(reading.words[1].text == "blorfing")
    #expect(reading.words[1].state == .said || reading.words[1].state == .unclear)
  }

  @Test(arguments: ["سلام، حالِ شما چطور است؟", "我们 like tea"])
  func
    `a text with words that have no English pronunciation is not judged`(text: String) throws
  {
    let reading = try speech.read(note("I like a cup of tea"), against: text)
    #expect(reading.verdict == .notScorable)
  }
}
