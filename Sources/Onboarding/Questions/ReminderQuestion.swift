import Conversation

/// When to remind of the day's lesson, if at all.
struct ReminderQuestion: Question {
  static let offeredHours = [8, 13, 18, 21]
  private static let none = "none"

  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    let times = Self.offeredHours.map { hour in
      Choice(String(hour * 60), ClockText.show(hour * 60, in: turn.person.language))
    }
    let limits = turn.windowUntil == nil ? "" : "\n" + turn.phrase(OnboardingPhrase.reminderWindow)
    return Reply(
      turn.phrase(OnboardingPhrase.askReminder) + limits,
      choices: times + [Choice(Self.none, turn.phrase(OnboardingPhrase.noReminder))],
      acceptsText: true)
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    switch input {
    case .choice(Self.none): asking.profile.reminderMinute = nil
    case .choice(let id): asking.profile.reminderMinute = Int(id)
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: "no") {
        asking.profile.reminderMinute = nil
      } else if let minute = ClockText.minuteOfDay(text) {
        asking.profile.reminderMinute = minute
      } else {
        return .unclear(turn.phrase(OnboardingPhrase.unclearReminder))
      }
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer:
      return .unclear(turn.phrase(OnboardingPhrase.unclearReminder))
    }
    return .taken
  }
}
