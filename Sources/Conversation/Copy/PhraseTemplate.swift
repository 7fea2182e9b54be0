import Mustache

/// One phrase with its gaps: mustache over light markup. Values are escaped unless they are
/// markup themselves.
package struct PhraseTemplate: Sendable {
  /// Where it stands in its file.
  package let line: Int
  /// The text as the author wrote it.
  package let source: String
  private let template: MustacheTemplate?

  package init(_ source: String, line: Int) throws {
    let trimmed = source.trimmingTrailingNewlines()
    self.source = trimmed
    self.line = line
    // Mustache escapes for HTML unless told otherwise; our values are escaped before.
    template =
      trimmed.contains("{{")
      ? try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + trimmed) : nil
  }

  package func render(_ values: [String: PhraseValue], language: LanguageCode) -> String {
    guard let template else { return source }
    return template.render(values.mapValues { $0.markup(in: language) })
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
