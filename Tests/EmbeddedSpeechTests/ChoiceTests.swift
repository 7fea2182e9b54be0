import EmbeddedSpeech
import Media
import Speech
import Testing

@Suite struct ChoiceTests {
  private static let answers = [
    "I would like a cup of tea please", "I would like a glass of water please",
    "Can I pay with a credit card", "Where is the station", "My room is on the third floor",
  ]

  @Test(arguments: answers.indices) func `the sentence that was said is chosen`(
    index: Int
  ) throws {
    let audio = try note(Self.answers[index], by: index % 2 == 0 ? "rms" : "slt")
    let choice = try speech.choose(audio, among: Self.answers)
    #expect(choice == SentenceChoice(outcome: .chosen, index: index))
  }

  @Test func `none is chosen when something else was said`() throws {
    let audio = try note("The plane was late because of the snow")
    #expect(try speech.choose(audio, among: Self.answers).outcome == .none)
  }

  @Test func `silence chooses nothing`() throws {
    #expect(try speech.choose(silence(seconds: 2), among: Self.answers).outcome == .silent)
  }

  @Test func `noise chooses nothing`() throws {
    let choice = try speech.choose(
      noise(seconds: 3, amplitude: 9_000, seed: 4), among: Self.answers)
    #expect(choice.index == nil)
  }

  @Test func `a sentence that nobody can pronounce is left aside`() throws {
    let audio = try note("Where is the station")
    let choice = try speech.choose(audio, among: ["سلام", "Where is the station", ""])
    #expect(choice.index == 1)
    #expect(try speech.choose(audio, among: ["سلام"]).outcome == .none)
    #expect(try speech.choose(audio, among: []).outcome == .none)
  }

  @Test func `more sentences than it can hold are refused`() throws {
    #expect(throws: SpeechFault.textNotSpeakable) {
      try speech.choose(silence(seconds: 1), among: Array(repeating: "yes", count: 33))
    }
  }
}
