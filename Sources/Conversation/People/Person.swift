package import Storage

/// A human who talks with us, on one channel or several.
package struct Person: Sendable, Equatable {
  package let id: ID<Person>
  /// What they want to be called; nil until they say.
  package var name: String?
  /// The language we speak to them.
  package var language: LanguageCode
  /// IANA name; nil until known.
  package var timeZone: String?

  package init(id: ID<Person>, name: String?, language: LanguageCode, timeZone: String?) {
    self.id = id
    self.name = name
    self.language = language
    self.timeZone = timeZone
  }
}

/// A language the bot speaks, by its ISO 639-1 code: the name of a file in `Prompts/`.
package struct LanguageCode: Hashable, Sendable, Codable, SQLConvertible, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package static let english = LanguageCode("en")
  package static let persian = LanguageCode("fa")
  package static let arabic = LanguageCode("ar")

  package var isRightToLeft: Bool { ["ar", "fa", "he", "ur"].contains(text) }
  package var description: String { text }
  package var sqlValue: SQLValue { .text(text) }

  package init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    self.text = text
  }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
