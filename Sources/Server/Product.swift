import Channels
import Conversation
import Foundation
import Storage

/// What the program teaches with and says: the flows, their content and their tables.
struct Product: Sendable {
  static let migrations = ConversationSchema.migrations

  let phrasebook: Phrasebook
  let commandMenus: [LanguageCode: [TelegramSetup.Command]] = [:]

  static func load(root: String) throws -> Product {
    Product(
      phrasebook: Phrasebook([
        try PhraseCatalogue(yaml: "language: en\nname: English\nphrases: {a: b}", file: "x")
      ]))
  }

  func engine(ids: IDSource) -> Engine {
    Engine(
      phrasebook: phrasebook, flows: [AnyFlow(Tmp(name: "home")), AnyFlow(Tmp(name: "welcome"))],
      home: "home",
      welcome: "welcome", commands: [], timers: [],
      capabilities: [
        .telegram: TelegramPort.capabilities, .webchat: WebChat.capabilities,
        .terminal: TerminalChat.capabilities,
      ],
      ids: ids)
  }
}

struct Tmp: Flow {
  struct State: Codable, Equatable { var n: Int }
  let name: FlowName
  let version = 1
  func begin(_ a: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("hello", choices: [Choice("a", "A"), Choice("b", "B")]), then: State(n: 0))
  }
  func receive(_ i: Input, in s: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(
      Reply("You said \(s.n)", choices: [Choice("a", "A"), Choice("b", "B")]),
      then: State(n: s.n + 1))
  }
  func resume(in s: State, _ turn: Turn) throws -> Next<State> { .wait(s) }
}
