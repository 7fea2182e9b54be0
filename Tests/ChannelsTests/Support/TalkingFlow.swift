import Conversation

/// Says one reply at the beginning and thanks for everything after that.
struct TalkingFlow: Flow {
  struct State: Codable, Sendable, Equatable {}

  let reply: Reply
  let name: FlowName = "talking"
  let version = 1

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(reply, then: State())
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("Thank you"), then: State())
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(reply, then: State())
  }
}

enum TestEngine {
  static func make(saying reply: Reply, _ capabilities: [Channel: Capabilities]) throws -> Engine {
    let catalogues = try ["en", "fa", "ar"].map { language in
      try PhraseCatalogue(
        yaml: "language: \(language)\nname: \(language)\nwords: {}\nphrases: {}\n",
        file: "\(language).yaml")
    }
    let flow = AnyFlow(TalkingFlow(reply: reply))
    return Engine(
      phrasebook: Phrasebook(catalogues), flows: [flow], home: flow.name, welcome: flow.name,
      commands: [Command("menu", .goHome)], timers: [], capabilities: capabilities,
      ids: IDSource(seed: 7))
  }
}
