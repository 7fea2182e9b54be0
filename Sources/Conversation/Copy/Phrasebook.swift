/// Everything the bot says, in every language it speaks, loaded from `Prompts/` at start.
package struct Phrasebook: Sendable {
  /// Spoken when a language lacks a phrase; the file that must be complete.
  package static let fallbackLanguage = LanguageCode.english

  private let catalogues: [LanguageCode: PhraseCatalogue]

  /// What each typed word stands for, in any language.
  private let namesByWord: [String: [String]]

  package init(_ catalogues: [PhraseCatalogue]) {
    var names: [String: Set<String>] = [:]
    for catalogue in catalogues {
      for (name, words) in catalogue.words {
        for word in words { names[word, default: []].insert(name) }
      }
    }
    namesByWord = names.mapValues { $0.sorted() }
    self.catalogues = Dictionary(catalogues.map { ($0.language, $0) }) { first, _ in first }
  }

  /// The languages in a stable order, English first.
  package var languages: [PhraseCatalogue] {
    catalogues.values.sorted {
      ($0.language != Self.fallbackLanguage ? 1 : 0, $0.language.text)
        < ($1.language != Self.fallbackLanguage ? 1 : 0, $1.language.text)
    }
  }

  /// The best language for a client's BCP 47 tag.
  package func language(forHint hint: String?) -> LanguageCode {
    guard let hint else { return Self.fallbackLanguage }
    let primary = hint.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map(String.init)
    let code = LanguageCode((primary ?? hint).lowercased())
    return catalogues[code] == nil ? Self.fallbackLanguage : code
  }

  /// The words of `phrase` for a speaker of `language`, as markup.
  package func text(
    _ phrase: any Phrase, _ values: [String: PhraseValue] = [:], in language: LanguageCode
  ) -> String {
    text(key: phrase.rawValue, values, in: language)
  }

  /// The same by key, for keys that are made of data: `onboarding.level.A1`.
  package func text(
    key: String, _ values: [String: PhraseValue] = [:], in language: LanguageCode
  ) -> String {
    if let own = catalogues[language]?.template(key) {
      return own.render(values, language: language)
    }
    let fallback = catalogues[Self.fallbackLanguage]?.template(key)
    return fallback?.render(values, language: Self.fallbackLanguage) ?? "[\(key)]"
  }

  /// Every normalised word that stands for `word`, in any language.
  package func words(for word: String) -> Set<String> {
    catalogues.values.reduce(into: []) { $0.formUnion($1.words[word] ?? []) }
  }

  /// Whether typed words are one of those that stand for `word` (`menu`, `skip`), in any language.
  package func matches(_ normalised: String, word: String) -> Bool {
    names(of: normalised).contains(word)
  }

  func names(of normalised: String) -> [String] { namesByWord[normalised] ?? [] }
}

/// A phrase the code can say. Each capability lists its own in an enum, so that a check can tell
/// that every language has them all and no file has others.
package protocol Phrase: RawRepresentable<String>, CaseIterable, Sendable {
  /// Those that are written on buttons, and so have to be short.
  static var buttons: [Self] { get }
}

extension Phrase {
  package static var buttons: [Self] { [] }
  package var isButton: Bool { Self.buttons.contains { $0.rawValue == rawValue } }
}
