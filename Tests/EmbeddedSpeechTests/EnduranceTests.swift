import EmbeddedSpeech
import Foundation
import Media
import Speech
import Testing

/// What stays behind after many readings.
@Suite(.serialized) struct EnduranceTests {
  private static let rounds = 200
  private static let grownMegabytesMax = 6.0

  @Test func `memory does not grow over many readings of short clips`() throws {
    let speech = EmbeddedSpeech()
    let audio = try note("Thank you")
    let before = try measure(speech, audio, rounds: 20)
    let after = try measure(speech, audio, rounds: Self.rounds)
    // Other tests may be loading their own; a leak of a grammar each time would be 1.5 MB and more.
    #expect(after - before < Self.grownMegabytesMax)
  }

  private func measure(_ speech: EmbeddedSpeech, _ audio: PCMAudio, rounds: Int) throws -> Double {
    for round in 0..<rounds {
      let text = round % 2 == 0 ? "Thank you" : "Thank them"
      _ = try speech.read(audio, against: text)
    }
    return try residentMegabytes()
  }

  private func residentMegabytes() throws -> Double {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Double($0) })
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }
}
