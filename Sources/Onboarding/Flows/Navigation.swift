import Conversation

/// The ways out of a question, and how far somebody has come.
enum Navigation {
  private static let backID = "back"
  private static let skipID = "skip"

  static func back(_ turn: Turn) -> Choice { Choice(backID, turn.phrase(OnboardingPhrase.back)) }
  static func skip(_ turn: Turn) -> Choice { Choice(skipID, turn.phrase(OnboardingPhrase.skip)) }

  static func wantsBack(_ input: Input, _ turn: Turn) -> Bool { wants("back", backID, input, turn) }
  static func wantsSkip(_ input: Input, _ turn: Turn) -> Bool { wants("skip", skipID, input, turn) }

  private static func wants(_ word: String, _ id: String, _ input: Input, _ turn: Turn) -> Bool {
    switch input {
    case .choice(let chosen): chosen == id
    case .text(let text): turn.phrasebook.matches(TypedAnswer.normalise(text), word: word)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
    }
  }

  /// `▰▰▱▱ 2/4`
  static func progress(_ number: Int, of count: Int, in language: LanguageCode) -> String {
    let bar = String(repeating: "▰", count: number) + String(repeating: "▱", count: count - number)
    return bar + " " + Numerals.localise("\(number)/\(count)", language: language)
  }
}

extension Input {
  /// Something from inside that is no answer to a question.
  var isEvent: Bool {
    switch self {
    case .finished, .failed, .timer: true
    case .text, .choice, .attachment, .location, .contact, .unsupported: false
    }
  }
}
