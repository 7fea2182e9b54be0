import Conversation
import Language

/// Several of a list: goals, interests. Each press or typed name adds or removes one.
struct ListQuestion: Question {
  enum Kind: Sendable { case goals, interests }

  private static let done = "done"
  private static let mark = "✅ "

  let options: [Option]
  let kind: Kind

  func draft(_ asking: Asking) -> Draft { Draft(selected: chosen(asking.profile)) }

  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    let selected = asking.draft.selected ?? []
    let choices = options.map { option in
      let title = option.title[turn.person.language]
      return Choice(option.id, selected.contains(option.id) ? Self.mark + title : title)
    }
    let question = kind == .goals ? OnboardingPhrase.askGoals : .askInterests
    let text = turn.phrase(selected.isEmpty ? question : .chooseMore)
    return Reply(
      text, choices: choices + [Choice(Self.done, turn.phrase(OnboardingPhrase.done))])
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    switch input {
    case .choice(Self.done): return finish(&asking)
    case .choice(let id): return toggle([id], &asking)
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: "done") || turn.phrasebook.matches(word, word: "no") {
        return finish(&asking)
      }
      let ids = named(text)
      guard !ids.isEmpty else { return .unclear(turn.phrase(OnboardingPhrase.unclearList)) }
      return toggle(ids, &asking)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer:
      return .unclear(turn.phrase(OnboardingPhrase.unclearList))
    }
  }

  private func finish(_ asking: inout Asking) -> Answer {
    let selected = asking.draft.selected ?? []
    switch kind {
    case .goals: asking.profile.goals = selected
    case .interests: asking.profile.interests = selected
    }
    return .taken
  }

  private func toggle(_ ids: [String], _ asking: inout Asking) -> Answer {
    var selected = asking.draft.selected ?? []
    for id in ids where options.contains(where: { $0.id == id }) {
      if let index = selected.firstIndex(of: id) {
        selected.remove(at: index)
      } else {
        selected.append(id)
      }
    }
    asking.draft.selected = selected
    return .more
  }

  /// The options a typed list names: `work, travel`, `1 و 3`.
  private func named(_ text: String) -> [String] {
    let parts = text.split(whereSeparator: { ",،;؛\n+&".contains($0) }).map(String.init)
    let words = parts.count > 1 ? parts : text.split(separator: " ").map(String.init)
    let whole = [text].compactMap(option)
    return whole.isEmpty ? words.compactMap(option) : whole
  }

  private func option(_ text: String) -> String? {
    let word = TypedAnswer.normalise(text)
    let named = options.first { option in
      option.title.languages.contains {
        TypedAnswer.normalise(option.title[$0]) == word
      }
    }
    if let named { return named.id }
    guard let number = Int(word), options.indices.contains(number - 1) else { return nil }
    return options[number - 1].id
  }

  private func chosen(_ profile: Profile) -> [String] {
    switch kind {
    case .goals: profile.goals
    case .interests: profile.interests
    }
  }
}
