import Conversation
import Testing

struct RendererTests {
  private let narrow = Capabilities(
    textLengthMax: 40, buttonsMax: 2, buttonTitleLengthMax: 8, settlesButtons: true,
    isPushed: true)
  private let bare = Capabilities(
    textLengthMax: 160, buttonsMax: 0, buttonTitleLengthMax: 0, settlesButtons: false,
    isPushed: true)

  @Test func `choices that fit are buttons of the last part`() {
    let reply = Reply(
      "First sentence here. Second sentence, longer than that.",
      choices: [Choice("a", "Yes"), Choice("b", "No")])
    let messages = Renderer.messages(reply, for: narrow)
    #expect(messages.count == 2)
    #expect(messages.dropLast().allSatisfy { $0.choices.isEmpty })
    #expect(messages.last?.choices.map(\.id) == ["a", "b"])
  }

  @Test func `choices that do not fit are numbered lines`() {
    let tooMany = ["Yes", "No", "Maybe"].map { Choice($0, $0) }
    let tooWide = [Choice("a", "A title too wide")]
    for (choices, capabilities) in [(tooMany, narrow), (tooWide, narrow), (tooMany, bare)] {
      let messages = Renderer.messages(Reply("Well?", choices: choices), for: capabilities)
      #expect(messages.allSatisfy { $0.choices.isEmpty })
      let text = messages.map { Markup.plain($0.text) }.joined(separator: " ")
      for (index, choice) in choices.enumerated() {
        #expect(text.contains("\(index + 1). \(choice.title)"))
      }
    }
  }

  @Test func `a title with marks in it stands for itself`() {
    let reply = Reply("Well?", choices: [Choice("a", "snake_case *and* more")])
    let message = Renderer.messages(reply, for: bare).first
    #expect(message.map { Markup.plain($0.text) } == "Well?\n\n1. snake_case *and* more")
  }

  @Test func `text is parted between sentences, then between words`() {
    let text = "One short sentence stands here. Another one follows it at once."
    #expect(
      TextSplitter.parts(text, lengthMax: 40) == [
        "One short sentence stands here.", "Another one follows it at once.",
      ])
    let words = TextSplitter.parts("seven letters every word maybe", lengthMax: 12)
    #expect(
      words.joined(separator: " ").split(separator: " ").joined(separator: " ")
        == "seven letters every word maybe")
    #expect(words.allSatisfy { $0.utf16.count <= 12 })
  }

  @Test func `a character as a reader sees it is never cut`() {
    let family = "👨‍👩‍👧‍👦"
    let parts = TextSplitter.parts(String(repeating: family, count: 10), lengthMax: 30)
    #expect(parts.joined() == String(repeating: family, count: 10))
    #expect(parts.allSatisfy { $0.count * family.utf16.count == $0.utf16.count })
    let persian = String(repeating: "می‌خوانم ", count: 20)
    let joined = TextSplitter.parts(persian, lengthMax: 25).joined(separator: " ")
    #expect(joined.unicodeScalars.filter { $0 == "\u{200C}" }.count == 20)
  }

  @Test func `a character longer than a message is cut rather than looped on`() {
    let tower = "a" + String(repeating: "\u{0301}", count: 200)
    let parts = TextSplitter.parts(tower, lengthMax: 50)
    #expect(parts.joined().unicodeScalars.elementsEqual(tower.unicodeScalars))
    #expect(parts.allSatisfy { !$0.isEmpty && $0.utf16.count <= 50 })
  }

  @Test func `a style that is open at a border is closed and opened again`() {
    let parts = TextSplitter.parts("**one two three four five six**", lengthMax: 14)
    #expect(parts.count > 1)
    #expect(parts.allSatisfy { $0.hasPrefix("**") && $0.hasSuffix("**") })
    let spans = parts.flatMap(Markup.spans)
    #expect(spans.allSatisfy { $0.style == .bold })
  }

  @Test(arguments: [UInt64](1...200))
  func `no word is lost and no part too long, whatever the text`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let text = Scribble.text(length: 400, &random)
    let lengthMax = Int.random(in: 20...80, using: &random)
    let parts = TextSplitter.parts(Markup.escape(text), lengthMax: lengthMax)
    #expect(parts.allSatisfy { Markup.plain($0).utf16.count <= lengthMax })
    let before = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    let after = parts.map(Markup.plain).joined().unicodeScalars.filter {
      !$0.properties.isWhitespace
    }
    #expect(before.elementsEqual(after))
  }
}

/// Random text of the kinds that break things.
enum Scribble {
  private static let pieces = [
    "a", "word", " ", "  ", "\n", "*", "**", "_", "`", "\\", ".", "! ", "سلام", "می\u{200C}خوانم",
    "👍", "👨‍👩‍👧", "é", "e\u{0301}", "؟ ", "1", "۲", "<b>", "&",
  ]

  static func text(length: Int, _ random: inout RandomSource) -> String {
    var text = ""
    while text.utf16.count < length {
      text += pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }
    return text
  }
}
