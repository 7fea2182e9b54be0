/// Parts long markup for channels with a limit, measured in UTF-16 code units of plain text.
package enum TextSplitter {
  /// At paragraph, sentence or word borders, never inside a character as a reader sees it. Styles
  /// that are open at a border are closed before it and opened again after it.
  package static func parts(_ markup: String, lengthMax: Int) -> [String] {
    // Escapes only make markup longer than its text, so this is the common, cheap way out.
    guard markup.utf16.count > lengthMax else { return [markup] }
    var parts: [String] = []
    var current: [Markup.Span] = []
    var currentLength = 0
    for span in Markup.spans(markup) {
      var rest = span.text[...]
      while !rest.isEmpty {
        let room = lengthMax - currentLength
        if rest.utf16.count <= room {
          current.append(Markup.Span(span.style, String(rest)))
          currentLength += rest.utf16.count
          break
        }
        let cut = border(in: rest, room: room, mayBreakWord: current.isEmpty)
        if cut > rest.startIndex {
          current.append(Markup.Span(span.style, String(rest[..<cut])))
          rest = rest[cut...].drop(while: \.isWhitespace)
        }
        parts.append(render(current))
        current = []
        currentLength = 0
      }
    }
    if !current.isEmpty { parts.append(render(current)) }
    return parts
  }

  /// The last good place to cut within `room` code units; the start when there is none and the
  /// text may go to the next part whole.
  private static func border(
    in text: Substring, room: Int, mayBreakWord: Bool
  ) -> Substring.Index {
    var length = 0
    var sentence: Substring.Index?
    var word: Substring.Index?
    var last = text.startIndex
    for index in text.indices {
      length += text[index].utf16.count
      guard length <= room else { break }
      let next = text.index(after: index)
      last = next
      let character = text[index]
      if character.isNewline { sentence = next }
      if ".!?؟".contains(character), next < text.endIndex, text[next].isWhitespace {
        sentence = next
      }
      if character.isWhitespace { word = next }
    }
    // A sentence border in the first half would leave a stub of a message.
    let half = text.utf16.index(text.startIndex, offsetBy: room / 2, limitedBy: text.endIndex)
    if let sentence, let half, sentence >= half { return sentence }
    if let border = word ?? sentence { return border }
    guard mayBreakWord else { return text.startIndex }
    return last > text.startIndex ? last : scalarBorder(in: text, room: room)
  }

  /// One character that is longer than a whole message can only be cut inside.
  private static func scalarBorder(in text: Substring, room: Int) -> Substring.Index {
    var length = 0
    for index in text.unicodeScalars.indices {
      length += text.unicodeScalars[index].utf16.count
      if length > room, index > text.startIndex { return index }
    }
    return text.endIndex
  }

  private static func render(_ spans: [Markup.Span]) -> String {
    spans.map { span in
      let escaped = Markup.escape(span.text)
      return switch span.style {
      case .plain: escaped
      case .bold: "**\(escaped)**"
      case .italic: "_\(escaped)_"
      case .code: "`\(escaped)`"
      }
    }.joined()
  }
}
