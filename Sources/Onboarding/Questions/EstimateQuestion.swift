import Conversation
import Language

/// How the person sees their own English, in plain words.
struct EstimateQuestion: Question {
  static let offered: [CEFRLevel] = [.a0, .a1, .a2, .b1, .b2, .c1]

  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    let lines = Self.offered.map {
      "**\($0.rawValue)** · \(turn.phrase(OnboardingPhrase.description(of: $0)))"
    }
    let text = turn.phrase(OnboardingPhrase.askEstimate) + "\n\n" + lines.joined(separator: "\n")
    return Reply(text, choices: Self.offered.map { Choice($0.rawValue, $0.rawValue) })
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let word: String
    switch input {
    case .choice(let id): word = id
    case .text(let text): word = String(TypedAnswer.normalise(text).prefix(2)).uppercased()
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: word = ""
    }
    guard let level = CEFRLevel(rawValue: word), Self.offered.contains(level) else {
      return .unclear(asking.turn.phrase(OnboardingPhrase.unclearEstimate))
    }
    asking.profile.selfEstimate = level
    asking.profile.placementLevel = nil
    asking.profile.level = level
    return .taken
  }
}
