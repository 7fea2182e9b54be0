import Conversation

/// Writes light markup as Telegram's HTML.
enum TelegramText {
  /// UTF-16 code units that people see.
  static let lengthMax = 4_096

  /// The same for what stands under a file.
  static let captionLengthMax = 1_024

  static let rightToLeftMark = "\u{200F}"

  /// - Parameter language: the one of the conversation. In one that runs from right to left, a
  ///   line that mixes scripts and begins with a Latin word would be laid out from the left; a
  ///   mark before it keeps its order.
  static func html(
    _ markup: String, language: LanguageCode, lengthMax: Int = lengthMax
  ) -> String {
    let spans = Markup.spans(markup)
    var marks: [Bool] = []
    if language.isRightToLeft {
      let plain = spans.map(\.text).joined()
      marks = plain.split(separator: "\n", omittingEmptySubsequences: false).map(needsMark)
      let markCount = marks.count(where: \.self)
      if plain.utf16.count + markCount > lengthMax { marks = [] }
    }
    return render(spans, marks: marks)
  }

  private static func render(_ spans: [Markup.Span], marks: [Bool]) -> String {
    var html = marks.first == true ? rightToLeftMark : ""
    var line = 0
    for span in spans {
      let (opening, closing) = tags(span.style)
      html += opening
      for scalar in span.text.unicodeScalars {
        switch scalar {
        case "<": html += "&lt;"
        case ">": html += "&gt;"
        case "&": html += "&amp;"
        case "\n":
          html += "\n"
          line += 1
          if line < marks.count, marks[line] { html += rightToLeftMark }
        case _: html.unicodeScalars.append(scalar)
        }
      }
      html += closing
    }
    return html
  }

  private static func tags(_ style: Markup.Style) -> (String, String) {
    switch style {
    case .plain: ("", "")
    case .bold: ("<b>", "</b>")
    case .italic: ("<i>", "</i>")
    case .code: ("<code>", "</code>")
    }
  }

  static func needsMark(_ line: Substring) -> Bool {
    var beginsLeftToRight = false
    for scalar in line.unicodeScalars {
      if isRightToLeft(scalar) { return beginsLeftToRight }
      if scalar.properties.isAlphabetic { beginsLeftToRight = true }
    }
    return false
  }

  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x05BE...0x05F4, 0x0608, 0x061B...0x064A, 0x066D...0x066F, 0x0671...0x06D5,
      0x06EE...0x06EF, 0x06FA...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC:
      true
    case _: false
    }
  }
}
