/// A message a provider has approved, to be sent when we may not write freely.
package struct MessageTemplate: Sendable {
  /// What a provider sorts and prices it by.
  package enum Category: String, Sendable, CaseIterable {
    case authentication
    case marketing
    case utility
  }

  /// What can be filled in.
  package enum Value: String, Sendable, CaseIterable {
    /// What the person wants to be called.
    case name
  }

  package struct Parameter: Sendable {
    package let value: Value
    /// What stands there when it is not known, for each language.
    package let missing: [LanguageCode: String]
  }

  package struct Body: Sendable {
    /// The language as the provider names it: `en`, `fa`, `pt_BR`.
    package let code: String
    package let text: String
    package let line: Int
  }

  /// A value longer than this is cut.
  static let valueLengthMax = 60

  package let name: String
  package let category: Category
  package let parameters: [Parameter]
  package let bodies: [LanguageCode: Body]
  package let line: Int

  /// The template for one person: what the provider is told, and what they will read.
  package func filled(for person: Person) -> (call: TemplateCall, text: String)? {
    let language = bodies[person.language] == nil ? Phrasebook.fallbackLanguage : person.language
    guard let body = bodies[language] else { return nil }
    let values = parameters.map { $0.text(for: person, in: language) }
    let text = values.enumerated().reduce(body.text) { text, value in
      text.replacing("{{\(value.offset + 1)}}", with: value.element)
    }
    return (TemplateCall(name: name, language: body.code, parameters: values), text)
  }
}

extension MessageTemplate.Parameter {
  fileprivate func text(for person: Person, in language: LanguageCode) -> String {
    let known: String? =
      switch value {
      case .name: person.name
      }
    // Providers refuse line breaks, tabs and runs of spaces; braces would be taken for a gap.
    let words = (known ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .filter { $0 != "{" && $0 != "}" }
    return words.isEmpty
      ? missing[language] ?? "" : String(words.prefix(MessageTemplate.valueLengthMax))
  }
}
