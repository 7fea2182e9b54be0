/// The light markup of replies: `**bold**`, `_italic_`, `` `code` ``; a backslash makes the next
/// character plain.
package enum Markup {
  package enum Style: Sendable, Equatable {
    case plain
    case bold
    case italic
    case code
  }

  package struct Span: Sendable, Equatable {
    package let style: Style
    package let text: String

    package init(_ style: Style, _ text: String) {
      self.style = style
      self.text = text
    }
  }

  /// Makes a person's words stand for themselves.
  package static func escape(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 8)
    for scalar in text.unicodeScalars {
      if scalar.isASCII, isSpecial(UInt8(scalar.value)) { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }

  package static func plain(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    return spans(text).map(\.text).joined()
  }

  /// Cuts markup into spans. A mark that is never closed stands for itself to the end of the text.
  package static func spans(_ text: String) -> [Span] {
    var parser = Parser(rest: text.unicodeScalars[...])
    return parser.run()
  }

  /// The markup of spans: what `spans` cuts into them again.
  package static func text(_ spans: [Span]) -> String {
    spans.map { span in
      let escaped = escape(span.text)
      return switch span.style {
      case .plain: escaped
      case .bold: "**\(escaped)**"
      case .italic: "_\(escaped)_"
      case .code: "`\(escaped)`"
      }
    }.joined()
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "`")
      || byte == UInt8(ascii: "\\")
  }

  private struct Parser {
    var rest: Substring.UnicodeScalarView
    var style = Style.plain
    var current = String.UnicodeScalarView()
    var spans: [Span] = []

    mutating func run() -> [Span] {
      while let scalar = rest.popFirst() {
        switch scalar {
        case "\\": if let escaped = rest.popFirst() { current.append(escaped) }
        case "`": toggle(.code, orAppend: scalar)
        case "_" where style != .code: toggle(.italic, orAppend: scalar)
        case "*" where style != .code && rest.first == "*":
          rest.removeFirst()
          toggle(.bold, orAppend: scalar)
        default: current.append(scalar)  // any other character
        }
      }
      close()
      return spans
    }

    private mutating func toggle(_ toggled: Style, orAppend scalar: Unicode.Scalar) {
      guard style == .plain || style == toggled else { return current.append(scalar) }
      close()
      style = style == .plain ? toggled : .plain
    }

    private mutating func close() {
      if !current.isEmpty { spans.append(Span(style, String(current))) }
      current = String.UnicodeScalarView()
    }
  }
}
