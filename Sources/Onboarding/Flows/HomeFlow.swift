import Conversation

/// The menu: the bottom of every conversation. All its buttons are commands and keep working.
struct HomeFlow: Flow {
  static let name: FlowName = "home"

  struct State: Codable, Sendable, Equatable {}

  /// What somebody may want to go on with, the command that leads there and its title.
  private static let continuations: [FlowName: (command: String, title: HomePhrase)] = [
    "lesson": ("learn", .continueLesson),
    OnboardingFlow.name: ("setup", .continueOnboarding),
  ]
  private static let entries: [(command: String, title: HomePhrase)] = [
    ("learn", .learn), ("practice", .practice), ("talk", .talk), ("lessons", .lessons),
    ("progress", .progress), ("profile", .profile),
    ("language", .language), ("help", .helpButton),
  ]

  var name: FlowName { Self.name }
  var version: Int { 1 }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try show(turn, lead: nil)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .text(let text): try show(turn, lead: answer(to: text, turn))
    case .choice, .attachment, .location, .contact, .unsupported:
      try show(turn, lead: turn.phrase(HomePhrase.notUnderstood))
    case .finished, .failed, .timer: .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try show(turn, lead: nil) }

  private func answer(to text: String, _ turn: Turn) -> String {
    let word = TypedAnswer.normalise(text)
    if turn.phrasebook.matches(word, word: "hello") { return turn.phrase(HomePhrase.hello) }
    if turn.phrasebook.matches(word, word: "thanks") { return turn.phrase(HomePhrase.welcome) }
    return turn.phrase(HomePhrase.notUnderstood)
  }

  private func show(_ turn: Turn, lead: String?) throws -> Next<State> {
    let question =
      turn.person.name.map { turn.phrase(HomePhrase.menuNamed, ["name": .text($0)]) }
      ?? turn.phrase(HomePhrase.menu)
    let open = turn.openFlows.reversed().compactMap { Self.continuations[$0] }
    let choices = (open + Self.entries).map {
      Choice.command($0.command, turn.phrase($0.title))
    }
    return try turn.ask(
      Reply((lead.map { $0 + "\n\n" } ?? "") + question, choices: choices), then: State())
  }
}
