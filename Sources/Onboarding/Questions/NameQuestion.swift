import Conversation

/// What the person wants to be called.
struct NameQuestion: Question {
  func ask(_ asking: inout Asking) -> Reply {
    Reply(asking.turn.phrase(OnboardingPhrase.askName), acceptsText: true)
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    let given: String
    switch input {
    case .text(let text): given = text
    case .contact(_, let name, _): given = name
    case .choice, .attachment, .location, .unsupported, .finished, .failed, .timer: given = ""
    }
    switch NameText.read(given) {
    case .name(let name):
      var person = turn.person
      person.name = name
      try turn.update(person)
      return .taken
    case .tooLong:
      let values: [String: PhraseValue] = ["max": .number(NameText.lengthMax)]
      return .unclear(turn.phrase(OnboardingPhrase.nameTooLong, values))
    case .noLetters: return .unclear(turn.phrase(OnboardingPhrase.nameNoLetters))
    }
  }
}
