package import Conversation

/// A text in several languages.
package struct LocalisedText: Sendable, Equatable {
  private let texts: [LanguageCode: String]

  package init(_ texts: [LanguageCode: String]) { self.texts = texts }

  /// The text for a speaker of `language`, or the English one.
  package subscript(language: LanguageCode) -> String {
    texts[language] ?? texts[Phrasebook.fallbackLanguage] ?? ""
  }

  /// The text in exactly that language.
  package func exactly(_ language: LanguageCode) -> String? { texts[language] }

  package var languages: [LanguageCode] { texts.keys.sorted { $0.text < $1.text } }

  package func map(_ transform: (String) -> String) -> LocalisedText {
    LocalisedText(texts.mapValues(transform))
  }
}
