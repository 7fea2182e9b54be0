package import Conversation
import Foundation

/// Writes light markup as the plain text of an SMS, at the lowest cost that loses nothing.
package enum SMSText {
  /// Ten segments of Persian, five of English; less than either provider takes. UTF-16 units.
  package static let lengthMax = 670

  /// What GSM 03.38 lacks and has a twin for that reads the same.
  private static let twins: [Unicode.Scalar: String] = [
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": "\"", "”": "\"", "„": "\"", "‟": "\"", "«": "\"", "»": "\"", "″": "\"",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-",
    "…": "...", "→": "->", "←": "<-", "×": "x", "⁄": "/", "\t": " ",
    "\u{A0}": " ", "\u{2002}": " ", "\u{2003}": " ", "\u{2007}": " ", "\u{2009}": " ",
    "\u{202F}": " ", "\u{00AD}": "", "\u{FEFF}": "", "\u{2060}": "",
  ]

  /// Text of one letter beyond the alphabet costs more than twice as much: quotes, dashes and
  /// spaces are replaced when nothing else stands in the way. Persian keeps all it has, the
  /// joiners that part its words included.
  package static func cheapest(_ text: String) -> String {
    let cheap = replacing(text.precomposedStringWithCanonicalMapping)
    return SMSSegments(cheap).encoding == .gsm7 ? cheap : text
  }

  /// - Parameter language: the one of the conversation. A line that mixes scripts is marked, as
  ///   phones lay a line out by its first letter and its signs by their neighbours; not where the
  ///   marks would cost a segment.
  package static func plain(_ markup: String, language: LanguageCode) -> String {
    let plain = cheapest(Markup.plain(markup))
    guard language.isRightToLeft else { return plain }
    let segments = SMSSegments(plain).count
    let candidates: [MixedScripts.Marking] = [.strongMarks, .lines]
    for marking in candidates {
      let spans = MixedScripts.ordered(Markup.spans(markup), in: language, by: marking)
      let marked = cheapest(spans.map(\.text).joined())
      if SMSSegments(marked).count <= segments, marked.utf16.count <= lengthMax { return marked }
    }
    return plain
  }

  private static func replacing(_ text: String) -> String {
    var replaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let twin = twins[scalar] {
        replaced.append(contentsOf: twin.unicodeScalars)
      } else {
        replaced.append(scalar)
      }
    }
    return String(replaced)
  }
}
