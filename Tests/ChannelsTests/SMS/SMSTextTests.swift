import Channels
import Conversation
import Testing

struct SMSTextTests {
  @Test(arguments: [
    ("“It’s – well… fine”", "\"It's - well... fine\""),
    ("a\u{A0}b • c → d", "a b - c -> d"), ("cafe\u{301}", "café"), ("naïve “x”", "naïve “x”"),
    ("Done 🎉 “x”", "Done 🎉 “x”"), ("«سلام» – “hi”", "«سلام» – “hi”"),
  ])
  func `signs are replaced where that makes a text cheap, and only there`(
    _ text: String, _ cheap: String
  ) {
    #expect(SMSText.cheapest(text) == cheap)
  }

  @Test func `a curly quote no longer doubles the price`() {
    let text = String(repeating: "It’s fine. ", count: 14)
    #expect(SMSSegments(text).count == 3)
    #expect(SMSSegments(SMSText.cheapest(text)) == SMSSegments(text.replacing("’", with: "'")))
    #expect(SMSSegments(SMSText.cheapest(text)).count == 1)
  }

  @Test func `Persian keeps its joiners, digits and signs`() {
    let text = "می‌خواهم «کتاب» را بخوانم… ۱۲۳"
    #expect(SMSText.plain(text, language: .persian) == text)
  }

  @Test func `markup is gone and what it marked stays`() {
    #expect(
      SMSText.plain("**Tea** or _coffee_? `x = 1` 2 \\* 3", language: .english)
        == "Tea or coffee? x = 1 2 * 3")
  }

  @Test func `a line that mixes scripts keeps the direction of a Persian conversation`() {
    let plain = SMSText.plain("Hello یعنی سلام\nسلام means hello\nHello", language: .persian)
    #expect(plain == "\u{200F}Hello یعنی سلام\nسلام means hello\nHello")
    #expect(SMSText.plain("Hello یعنی سلام", language: .english) == "Hello یعنی سلام")
  }

  @Test func `the longest message is ten segments of Persian`() {
    #expect(SMSSegments(String(repeating: "س", count: SMSText.lengthMax)).count == 10)
    #expect(SMSSegments(String(repeating: "s", count: SMSText.lengthMax)).count == 5)
  }
}
