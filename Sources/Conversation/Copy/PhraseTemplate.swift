import Mustache

/// One phrase with its gaps: mustache over light markup. Values are escaped unless they are
/// markup themselves.
package struct PhraseTemplate: Sendable {
  /// Where it stands in its file.
  package let line: Int
  /// The text as the author wrote it.
  package let source: String
  private let content: Content

  private enum Content: Sendable {
    case plain
    /// Names alone in the gaps, as nearly everywhere: joined by hand, which is many times faster.
    case gaps([Segment])
    case mustache(MustacheTemplate)
  }

  private struct Segment: Sendable {
    let text: String
    /// What follows the text; nil at the end.
    let gap: String?
  }

  package init(_ source: String, line: Int) throws {
    let trimmed = source.trimmingTrailingNewlines()
    self.source = trimmed
    self.line = line
    guard Self.pair(of: UInt8(ascii: "{"), in: trimmed.utf8[...]) != nil else {
      content = .plain
      return
    }
    if let segments = Self.segments(trimmed) {
      content = .gaps(segments)
    } else {
      // Mustache escapes for HTML unless told otherwise; our values are escaped before.
      content = .mustache(try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + trimmed))
    }
  }

  package func render(_ values: [String: PhraseValue], language: LanguageCode) -> String {
    switch content {
    case .plain: return source
    case .gaps(let segments):
      var text = ""
      for segment in segments {
        text += segment.text
        if let gap = segment.gap, let value = values[gap] { text += value.markup(in: language) }
      }
      return text
    case .mustache(let template):
      return template.render(values.mapValues { $0.markup(in: language) })
    }
  }

  /// The parts of a text whose gaps hold nothing but names; nil when it needs more.
  private static func segments(_ source: String) -> [Segment]? {
    var segments: [Segment] = []
    // Bytes, as searching a text goes by its characters and is many times slower.
    var rest = source.utf8[...]
    while let start = pair(of: UInt8(ascii: "{"), in: rest) {
      let text = String(Substring(rest[..<start.lowerBound]))
      rest = rest[start.upperBound...]
      guard let end = pair(of: UInt8(ascii: "}"), in: rest) else { return nil }
      let name = rest[..<end.lowerBound]
      let isName = name.allSatisfy {
        $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
      guard isName, !name.isEmpty else { return nil }
      segments.append(Segment(text: text, gap: String(Substring(name))))
      rest = rest[end.upperBound...]
    }
    return segments + [Segment(text: String(Substring(rest)), gap: nil)]
  }

  /// Where a byte stands twice.
  private static func pair(
    of byte: UInt8, in text: Substring.UTF8View
  ) -> Range<Substring.UTF8View.Index>? {
    var rest = text
    while let first = rest.firstIndex(of: byte) {
      rest = rest[rest.index(after: first)...]
      if rest.first == byte { return first..<rest.index(after: rest.startIndex) }
    }
    return nil
  }

  /// The names of the gaps, without mustache's signs, in order.
  package var variables: [String] {
    source.components(between: "{{", and: "}}").map { name in
      name.filter { !"#^/&{} ".contains($0) }
    }
  }
}

/// A value for a gap in a phrase.
package enum PhraseValue: Sendable, Equatable, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral
{
  /// A person's or an author's words; they stand for themselves.
  case text(String)
  /// Written with the digits of the language.
  case number(Int)
  /// Markup that is already rendered.
  case markup(String)

  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int) { self = .number(value) }

  func markup(in language: LanguageCode) -> String {
    switch self {
    case .text(let text): Markup.escape(text)
    case .number(let number): Numerals.localise(String(number), language: language)
    case .markup(let markup): markup
    }
  }
}

extension String {
  fileprivate func trimmingTrailingNewlines() -> String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  fileprivate func components(between opening: String, and closing: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let start = rest.firstRange(of: opening) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: closing) else { break }
      found.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return found
  }
}
