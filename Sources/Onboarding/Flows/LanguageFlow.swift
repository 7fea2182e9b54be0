import Conversation

/// Changes the language and goes back to where we were, in the new one.
struct LanguageFlow: Flow {
  static let name: FlowName = "language"

  struct State: Codable, Sendable, Equatable {}

  let question: any Question

  var name: FlowName { Self.name }
  var version: Int { 1 }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try ask(turn, lead: nil)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if input.isEvent { return .wait(state) }
    if Navigation.wantsBack(input, turn) { return .finish }
    var asking = Asking(draft: Draft(), profile: Profile(), turn: turn)
    switch try question.answer(input, &asking) {
    case .taken:
      try turn.say(Reply(turn.phrase(HomePhrase.languageChanged)))
      return .finish
    case .unclear(let why): return try ask(turn, lead: why)
    case .more: return try ask(turn, lead: nil)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try ask(turn, lead: nil) }

  private func ask(_ turn: Turn, lead: String?) throws -> Next<State> {
    var asking = Asking(draft: Draft(), profile: Profile(), turn: turn)
    var reply = try question.ask(&asking)
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + reply.text
    reply.choices.append(Navigation.back(turn))
    return try turn.ask(reply, then: State())
  }
}
