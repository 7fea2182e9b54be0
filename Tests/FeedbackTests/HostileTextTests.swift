import Feedback
import Testing

/// The limit stands for "does not run away"; each of these takes far less.
@Suite(.timeLimit(.minutes(2)))
struct HostileTextTests {
  static let texts = [
    String(repeating: "a", count: 100_000),
    String(repeating: "ab ", count: 33_000),
    String(repeating: "zxqv wvut ", count: 10_000),
    String(repeating: "He go to school and ", count: 5_000),
    String(repeating: "!?.,;:", count: 17_000),
    String(repeating: "'", count: 100_000),
    String(repeating: "n't ", count: 25_000),
    String(repeating: "`", count: 100_000),
    String(repeating: "e\u{301}\u{302}\u{303}\u{304}\u{305}", count: 15_000),
    String(repeating: "😀", count: 30_000),
    String(repeating: "\n", count: 100_000),
    String(repeating: "i ", count: 50_000),
    String(repeating: "the more ", count: 10_000),
    "\u{0}\u{1}\u{FFFF} I has \u{202E}txet",
    String(decoding: [0xD800, 0x20, 0x49, 0x20, 0x69, 0x73, 0xDC00] as [UInt16], as: UTF16.self),
    "", " ", ".", "'", "I", "?",
  ]

  @Test(arguments: texts.indices) func `any text comes back whole`(_ index: Int) throws {
    let text = Self.texts[index]
    for mode in CheckMode.allCases {
      let check = try Checking.check(text, mode)
      #expect(Checking.applied(check.findings, to: text) == check.corrected)
    }
  }

  @Test func `a text beyond the limit is checked up to it and kept to its end`() throws {
    let tail = String(repeating: " and more", count: 5_000)
    let check = try Checking.check("He go home." + tail)
    #expect(check.corrected.hasPrefix("He goes home."))
    #expect(check.corrected.hasSuffix("and more"))
    #expect(check.findings.allSatisfy { $0.range.upperBound <= TextChecker.unitsMax })
  }
}
