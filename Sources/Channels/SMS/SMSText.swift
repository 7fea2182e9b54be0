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

  /// - Parameter language: the one of the conversation. A line that mixes scripts and begins with
  ///   a Latin word is marked, as phones lay a line out by its first letter.
  package static func plain(_ markup: String, language: LanguageCode) -> String {
    let plain = Markup.plain(markup)
    guard language.isRightToLeft else { return cheapest(plain) }
    let lines = plain.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      TelegramText.needsMark(line) ? TelegramText.rightToLeftMark + line : String(line)
    }
    return cheapest(lines.joined(separator: "\n"))
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
