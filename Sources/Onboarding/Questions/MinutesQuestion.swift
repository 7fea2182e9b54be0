import Conversation

/// How many minutes a day.
struct MinutesQuestion: Question {
  static let offered = [5, 10, 15, 20, 30]
  static let range = 1...240

  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    let choices = Self.offered.map {
      Choice(String($0), turn.phrase(OnboardingPhrase.minutes, ["minutes": .number($0)]))
    }
    // A bare number is minutes here, not a place in the list.
    return Reply(
      turn.phrase(OnboardingPhrase.askMinutes), choices: choices, acceptsText: true)
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let minutes: Int?
    switch input {
    case .choice(let id): minutes = Int(id)
    case .text(let text):
      let digits = TypedAnswer.normalise(text).split { !("0"..."9").contains($0) }
      minutes = digits.count == 1 ? digits.first.flatMap { Int($0) } : nil
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: minutes = nil
    }
    guard let minutes, Self.range.contains(minutes) else {
      return .unclear(
        asking.turn.phrase(
          OnboardingPhrase.unclearMinutes, ["max": .number(Self.range.upperBound)]))
    }
    asking.profile.minutesPerDay = minutes
    return .taken
  }
}
