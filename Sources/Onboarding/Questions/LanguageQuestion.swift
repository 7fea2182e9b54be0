import Conversation

/// Which language we speak. Asked in all of them, since none is sure yet; the one the person's
/// client is set to comes first.
struct LanguageQuestion: Question {
  /// The word in each file of copy under which it lists what its language is called.
  private static let ownName = "this_language"

  var isSkippable: Bool { false }

  func ask(_ asking: inout Asking) -> Reply {
    let book = asking.turn.phrasebook
    let guess = asking.turn.person.language
    let languages =
      book.languages.filter { $0.language == guess }
      + book.languages.filter { $0.language != guess }
    let text = languages.map { book.text(OnboardingPhrase.askLanguage, in: $0.language) }
    return Reply(
      text.joined(separator: "\n"),
      choices: languages.map { Choice($0.language.text, $0.name) })
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    guard let language = language(input, turn.phrasebook) else {
      return .unclear(turn.phrase(OnboardingPhrase.unclearLanguage))
    }
    var person = turn.person
    person.language = language
    try turn.update(person)
    return .taken
  }

  private func language(_ input: Input, _ book: Phrasebook) -> LanguageCode? {
    switch input {
    case .choice(let id): return book.languages.first { $0.language.text == id }?.language
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      return book.languages.first { $0.words[Self.ownName]?.contains(word) == true }?.language
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: return nil
    }
  }
}
