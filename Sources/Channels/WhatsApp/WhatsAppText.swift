import Conversation

/// Writes light markup as WhatsApp's: `*bold*`, `_italic_`, `` `code` ``. It has no escape, so
/// where a person's own characters would begin a style they give way to ones that look the same.
enum WhatsAppText {
  /// UTF-16 code units, marks of styles included.
  static let lengthMax = 4_096
  /// The body of a message with buttons, a list or a caption.
  static let interactiveLengthMax = 1_024

  private static let twins: [Character: Character] = [
    "*": "\u{2217}", "_": "\u{02CD}", "~": "\u{223C}", "`": "\u{02CB}",
  ]

  /// - Parameter lengthMax: when the marks of styles and direction do not fit they are left out.
  static func text(_ markup: String, language: LanguageCode, lengthMax: Int = lengthMax) -> String {
    let spans = Markup.spans(markup)
    let unstyled = spans.map { Markup.Span(.plain, $0.text) }
    let candidates: [([Markup.Span], MixedScripts.Marking)] = [
      (spans, .isolates), (spans, .lines), (unstyled, .lines),
    ]
    for (spans, marking) in candidates {
      let text = render(MixedScripts.ordered(spans, in: language, by: marking))
      if text.utf16.count <= lengthMax { return text }
    }
    return render(unstyled)
  }

  private static func render(_ spans: [Markup.Span]) -> String {
    var text = ""
    for (index, span) in spans.enumerated() {
      let next = index + 1 < spans.count ? spans[index + 1].text.first : nil
      let lines = span.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        if number > 0 { text += "\n" }
        let isLast = number == lines.count - 1
        append(line, span.style, followedBy: isLast ? next : nil, to: &text)
      }
    }
    return text
  }

  /// A style never crosses a line, begins and ends beside a word's border and holds no space at
  /// its ends; where it cannot, the words stay and the style goes.
  private static func append(
    _ line: Substring, _ style: Markup.Style, followedBy next: Character?, to text: inout String
  ) {
    guard let mark = mark(style) else { return appendNeutral(line, to: &text) }
    let leading = line.prefix(while: \.isWhitespace)
    var core = line.dropFirst(leading.count)
    while core.last?.isWhitespace == true { core.removeLast() }
    let trailing = line[core.endIndex...]
    text += leading
    let isBordered =
      !isWord(text.last) && (!trailing.isEmpty || !isWord(next))
    if isBordered, !core.isEmpty, !core.contains(mark) {
      text.append(mark)
      appendNeutral(core, to: &text)
      text.append(mark)
    } else {
      appendNeutral(core, to: &text)
    }
    text += trailing
  }

  /// A mark opens a style where a word's border is before it and no space behind. In a row of the
  /// same mark, such as a gap to be filled, all look alike.
  private static func appendNeutral(_ words: Substring, to text: inout String) {
    var previous = text.last
    var rest = words
    var replaced: Character?
    while let character = rest.popFirst() {
      let opens = !isWord(previous) && rest.first?.isWhitespace == false
      previous = character
      // Code may begin anywhere.
      if let twin = twins[character], opens || character == "`" || replaced == character {
        text.append(twin)
        replaced = character
      } else {
        text.append(character)
        replaced = nil
      }
    }
  }

  private static func mark(_ style: Markup.Style) -> Character? {
    switch style {
    case .plain: nil
    case .bold: "*"
    case .italic: "_"
    case .code: "`"
    }
  }

  private static func isWord(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }
}
