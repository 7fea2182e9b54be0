import Conversation
import Language

/// Six to eight short questions that check the self-estimate.
struct PlacementQuestion: Question {
  /// Fewer answers than these say less than the person's own estimate.
  static let answersMin = 4
  private static let unknown = "unknown"

  let bank: PlacementBank

  func draft(_ asking: Asking) -> Draft {
    let start = asking.profile.selfEstimate ?? Profile.standardLevel
    return Draft(staircase: Staircase(estimate: start))
  }

  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    guard let item = openItem(&asking), let staircase = asking.draft.staircase else {
      return Reply(turn.phrase(OnboardingPhrase.askPlacement))
    }
    let number = staircase.rights.count + 1
    let values: [String: PhraseValue] = [
      "number": .number(number), "max": .number(Staircase.questionsMax),
    ]
    let opening = number == 1 ? turn.phrase(OnboardingPhrase.askPlacement) + "\n\n" : ""
    let heading = turn.phrase(OnboardingPhrase.placementNumber, values)
    let choices = item.options.enumerated().map { Choice("o\($0.offset)", $0.element) }
    return Reply(
      opening + heading + "\n**" + Markup.escape(item.prompt) + "**",
      choices: choices + [Choice(Self.unknown, turn.phrase(OnboardingPhrase.dontKnow))])
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    guard var staircase = asking.draft.staircase, let id = staircase.asked.last,
      let item = bank[id]
    else { return .more }
    guard let answer = answer(input, item, turn) else {
      return .unclear(turn.phrase(OnboardingPhrase.unclearPlacement))
    }
    let isRight = answer == item.answer
    try ProfileStore.keep(
      answer == Self.unknown ? nil : answer, to: item, isRight: isRight, by: turn.person.id,
      at: turn.now, in: turn.database)
    staircase.take(isRight: isRight, to: item)
    if staircase.isFinished {
      Self.conclude(staircase, &asking)
      return .taken
    }
    _ = staircase.draw(from: bank, using: &turn.random)
    asking.draft.staircase = staircase
    return .more
  }

  /// What is known when somebody stops in the middle.
  static func conclude(_ staircase: Staircase, _ asking: inout Asking) {
    guard staircase.rights.count >= answersMin else { return }
    asking.profile.placementLevel = staircase.estimate
    asking.profile.level = staircase.estimate
  }

  private func openItem(_ asking: inout Asking) -> PlacementItem? {
    guard var staircase = asking.draft.staircase else { return nil }
    if staircase.asked.count > staircase.rights.count, let id = staircase.asked.last,
      let item = bank[id]
    {
      return item
    }
    let item = staircase.draw(from: bank, using: &asking.turn.random)
    asking.draft.staircase = staircase
    return item
  }

  /// One of the options, or `unknown`.
  private func answer(_ input: Input, _ item: PlacementItem, _ turn: Turn) -> String? {
    switch input {
    case .choice(Self.unknown): return Self.unknown
    case .choice(let id): return item.options.enumerated().first { "o\($0.offset)" == id }?.element
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: "dont_know") { return Self.unknown }
      return item.options.first { TypedAnswer.normalise($0) == word }
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: return nil
    }
  }
}
