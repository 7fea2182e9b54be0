import Channels
import Conversation
import Testing

/// What holds for whatever is said, on every channel.
struct RenderingPropertyTests {
  private static let capabilities: [Channel: Capabilities] = [
    .sms: SMSPort.capabilities, .telegram: TelegramPort.capabilities,
    .terminal: TerminalChat.capabilities, .webchat: WebChat.capabilities,
    .whatsapp: WhatsAppPort.capabilities,
  ]
  private static let seeds = [UInt64](1...60)

  private func previews(
    _ reply: Reply, on channel: Channel, in language: LanguageCode
  ) throws -> [ChannelPreview] {
    let capabilities = try #require(Self.capabilities[channel])
    return ChannelPreview.messages(
      reply, on: channel, capabilities, in: language, listLabels: [:])
  }

  @Test(arguments: seeds)
  func `a person's words come out as they went in`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let words = "x" + Chaos.text(length: 120, &random) + "x"
    for channel in [Channel.telegram, .whatsapp, .terminal, .webchat] {
      for language in LanguageCode.spoken {
        let shown = try previews(Reply(Markup.escape(words)), on: channel, in: language)
        let read = shown.map { Chaos.read($0.text, on: channel) }.joined()
        #expect(
          read.unicodeScalars.elementsEqual(
            Chaos.read(words, on: channel, isRaw: true)
              .unicodeScalars))
      }
    }
  }

  @Test(arguments: seeds)
  func `parts hold all, within the limit, and no character is cut`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let text = Chaos.text(length: 1_500, &random)
    let lengthMax = Int.random(in: 30...400, using: &random)
    let parts = TextSplitter.parts(Markup.escape(text), lengthMax: lengthMax).map(Markup.plain)
    #expect(parts.allSatisfy { $0.utf16.count <= lengthMax && !$0.isEmpty })
    // Characters, not scalars: a cut within one would change their row.
    #expect(parts.flatMap(Chaos.characters) == Chaos.characters(text))
  }

  @Test(arguments: seeds)
  func `the limits of every channel hold in every language`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let text = Markup.escape(Chaos.text(length: 9_000, &random))
    let limits: [Channel: Int] = [.telegram: 4_096, .whatsapp: 4_096, .sms: 670, .webchat: 8_000]
    for (channel, lengthMax) in limits {
      for language in LanguageCode.spoken {
        let shown = try previews(
          Reply(text, choices: [Choice("a", "A")]), on: channel, in: language)
        let lengths = shown.map { message in
          Chaos.entities.reduce(message.text) { $0.replacing($1.entity, with: $1.sign) }.utf16.count
        }
        #expect(lengths.allSatisfy { $0 <= lengthMax })
        #expect(shown.flatMap(\.faults) == [])
        if channel == .whatsapp { #expect((lengths.last ?? 0) <= 1_024) }
      }
    }
  }

  @Test(arguments: seeds)
  func `every choice can be reached`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let choices = (1...Int.random(in: 1...14, using: &random)).map { number in
      let length = Int.random(in: 1...40, using: &random)
      return Choice("c\(number)", String("\(number)" + Chaos.word(length, &random)))
    }
    for channel in Channel.allCases {
      let shown = try previews(Reply("?", choices: choices), on: channel, in: .persian)
      #expect(shown.flatMap(\.faults) == [])
      let titles = choices.map(\.title)
      switch try #require(shown.last).choices {
      case .buttons(let shown): #expect(shown == titles)
      case .list(_, let rows): #expect(rows == titles)
      case .none:
        let text = shown.map { Chaos.read($0.text, on: channel) }.joined(separator: "\n")
        for (index, title) in titles.enumerated() {
          #expect(text.contains("\n\(index + 1). \(title)"))
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `marks of direction never cost a segment`(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let text = Chaos.text(length: Int.random(in: 10...300, using: &random), &random)
    let plain = SMSText.plain(Markup.escape(text), language: .english)
    let marked = SMSText.plain(Markup.escape(text), language: .persian)
    #expect(SMSSegments(marked).count <= SMSSegments(plain).count)
  }
}

/// Random text of the kinds that break things.
private enum Chaos {
  static let entities: [(entity: String, sign: String)] = [
    ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
  ]
  private static let marks: [Character] = ["\u{200E}", "\u{200F}", "\u{2066}", "\u{2069}"]
  /// What stands in for signs that WhatsApp would take for a style.
  private static let twins: [(Character, Character)] = [
    ("\u{2217}", "*"), ("\u{02CD}", "_"), ("\u{223C}", "~"), ("\u{02CB}", "`"),
  ]
  private static let pieces = [
    "a", "word", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "\\", ". ", "! ", "? ", "سلام",
    "می\u{200C}خوانم", "👍", "👨‍👩‍👧‍👦", "🇮🇷", "🇩🇪", "e\u{0301}", "؟ ", "12", "۱۲", "<b>", "&", "~",
    "/learn", "(x)", "https://a.example/b/", "{{1}}", "C++", "«", "»", "1. ",
  ]

  static func text(length: Int, _ random: inout RandomSource) -> String {
    var text = ""
    while text.utf16.count < length { text += pieces.randomElement(using: &random) ?? "" }
    return text
  }

  static func word(_ length: Int, _ random: inout RandomSource) -> String {
    let letters = ["a", "b", "ش", "ت", "🇮🇷", "é"]
    return (0..<length).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
  }

  static func characters(_ text: String) -> [Character] {
    text.filter { !$0.isWhitespace }.map { $0 }
  }

  /// What a person reads, without marks that are not seen.
  static func read(_ text: String, on channel: Channel, isRaw: Bool = false) -> String {
    var text = text
    if channel == .telegram, !isRaw {
      for (entity, sign) in entities { text = text.replacing(entity, with: sign) }
    }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !marks.contains(Character(scalar)) {
      let twin = channel == .whatsapp ? twins.first { $0.0 == Character(scalar) }?.1 : nil
      scalars.append(twin?.unicodeScalars.first ?? scalar)
    }
    return String(scalars)
  }
}
