import Conversation
import Testing

struct MarkupTests {
  @Test func `marks become styles`() {
    #expect(
      Markup.spans("plain **bold** _italic_ `code`") == [
        .init(.plain, "plain "), .init(.bold, "bold"), .init(.plain, " "),
        .init(.italic, "italic"), .init(.plain, " "), .init(.code, "code"),
      ])
  }

  @Test func `a backslash makes a mark plain and other marks mean nothing within one`() {
    #expect(Markup.plain(#"\*\*not bold\*\*"#) == "**not bold**")
    #expect(Markup.spans("`a_b**c`") == [.init(.code, "a_b**c")])
    #expect(Markup.spans("**a_b**") == [.init(.bold, "a_b")])
  }

  @Test(arguments: [UInt64](1...300))
  func `what is escaped stands for itself`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let text = Scribble.text(length: Int.random(in: 0...60, using: &random), &random)
    #expect(Markup.plain(Markup.escape(text)).unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(Markup.spans(Markup.escape(text)).allSatisfy { $0.style == .plain })
  }
}
