import Conversation

/// Writes light markup as Telegram's HTML.
enum TelegramText {
  /// UTF-16 code units that people see.
  static let lengthMax = 4_096

  /// The same for what stands under a file.
  static let captionLengthMax = 1_024

  /// - Parameter language: the one of the conversation. In one that runs from right to left, Latin
  ///   words are set apart as long as the marks fit.
  static func html(
    _ markup: String, language: LanguageCode, lengthMax: Int = lengthMax
  ) -> String {
    let spans = Markup.spans(markup)
    guard language.isRightToLeft else { return render(spans) }
    let candidates: [MixedScripts.Marking] = [.isolates, .lines]
    for marking in candidates {
      let ordered = MixedScripts.ordered(spans, in: language, by: marking)
      let length = ordered.reduce(0) { $0 + $1.text.utf16.count }
      if length <= lengthMax { return render(ordered) }
    }
    return render(spans)
  }

  private static func render(_ spans: [Markup.Span]) -> String {
    var html = ""
    for span in spans {
      let (opening, closing) = tags(span.style)
      html += opening
      for scalar in span.text.unicodeScalars {
        switch scalar {
        case "<": html += "&lt;"
        case ">": html += "&gt;"
        case "&": html += "&amp;"
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
}
