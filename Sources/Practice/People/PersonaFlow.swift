import Conversation
import Language

/// Whom to practise with, and when to be corrected.
struct PersonaFlow: Flow {
  static let name: FlowName = "persona"
  private static let styleID = "style"
  private static let backID = "back"
  private static let mark = "✅ "

  enum State: String, Codable, Sendable, Equatable {
    case personas
    case styles
  }

  let kit: PracticeKit

  var name: FlowName { Self.name }
  var version: Int { 1 }

  /// `argument` is a persona's id, or `style`.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    if argument == Self.styleID { return try showStyles(turn, lead: nil) }
    if let argument, let persona = kit.content.personas[argument] {
      return try choose(persona, turn)
    }
    return try showPersonas(turn, lead: nil)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .choice(let id): return try choose(id, state, turn)
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: Self.backID) { return .finish }
      if let persona = persona(named: word) { return try choose(persona, turn) }
      return try showAgain(state, turn)
    case .attachment, .location, .contact, .unsupported: return try showAgain(state, turn)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    state == .styles ? try showStyles(turn, lead: nil) : try showPersonas(turn, lead: nil)
  }

  private func showAgain(_ state: State, _ turn: Turn) throws -> Next<State> {
    let lead = turn.phrase(PersonaPhrase.unclear)
    return state == .styles
      ? try showStyles(turn, lead: lead) : try showPersonas(turn, lead: lead)
  }

  private func persona(named word: String) -> Persona? {
    kit.content.personas.personas.first { persona in
      persona.name.languages.contains { TypedAnswer.normalise(persona.name[$0]) == word }
    }
  }

  private func showPersonas(_ turn: Turn, lead: String?) throws -> Next<State> {
    let current = try kit.persona(turn)?.id
    let language = turn.person.language
    let personas = kit.content.personas.personas
    let lines = personas.map {
      "**\(Markup.escape($0.name[language]))** – \(Markup.escape($0.role[language]))"
    }
    let text: [String?] = [
      lead, turn.phrase(PersonaPhrase.ask), lines.joined(separator: "\n"),
    ]
    let choices = personas.map {
      Choice($0.id, ($0.id == current ? Self.mark : "") + $0.name[language])
    }
    return try turn.ask(
      Reply(
        text.compactMap(\.self).joined(separator: "\n\n"),
        choices: choices + [
          Choice(Self.styleID, turn.phrase(PersonaPhrase.styles)),
          .command("menu", turn.phrase(PracticePhrase.menu)),
        ]), then: .personas)
  }

  private func showStyles(_ turn: Turn, lead: String?) throws -> Next<State> {
    let current = try kit.settings(turn).style
    let choices = CorrectionTime.allCases.map {
      Choice($0.rawValue, ($0 == current ? Self.mark : "") + turn.phrase(PersonaPhrase($0)))
    }
    let text = [lead, turn.phrase(PersonaPhrase.askStyle)].compactMap(\.self)
    return try turn.ask(
      Reply(
        text.joined(separator: "\n\n"),
        choices: choices + [Choice(Self.backID, turn.phrase(PersonaPhrase.back))]), then: .styles)
  }

  private func choose(_ id: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    if id == Self.styleID { return try showStyles(turn, lead: nil) }
    if id == Self.backID { return try showPersonas(turn, lead: nil) }
    if state == .styles, let style = CorrectionTime(rawValue: id) {
      var settings = try kit.settings(turn)
      settings.style = style
      try PracticeSettingsStore.save(settings, of: turn.person.id, in: turn.database)
      try turn.notify(Reply(turn.phrase(PersonaPhrase.styleChosen)))
      return .finish
    }
    guard let persona = kit.content.personas[id] else { return try showAgain(state, turn) }
    return try choose(persona, turn)
  }

  /// Keeps the choice and lets the persona say hello, to be read and heard.
  private func choose(_ persona: Persona, _ turn: Turn) throws -> Next<State> {
    var settings = try kit.settings(turn)
    settings.persona = persona.id
    try PracticeSettingsStore.save(settings, of: turn.person.id, in: turn.database)
    let greeting = persona.greeting[.english]
    let language = turn.person.language
    let text = [
      turn.phrase(PersonaPhrase.chosen, ["name": .text(persona.name[language])]),
      "_" + Markup.escape(greeting) + "_",
    ]
    try kit.speak(greeting, turn)
    try turn.say(
      Reply(
        text.joined(separator: "\n\n"),
        choices: [
          .command("talk", turn.phrase(PersonaPhrase.talk)),
          .command("menu", turn.phrase(PracticePhrase.menu)),
        ]))
    return .leave
  }
}

enum PersonaPhrase: String, Phrase {
  case ask = "persona.ask"
  case askStyle = "persona.ask_style"
  case back = "persona.back"
  case chosen = "persona.chosen"
  case styleAsWeGo = "persona.style.as_we_go"
  case styleAtTheEnd = "persona.style.at_the_end"
  case styleChosen = "persona.style_chosen"
  case styleNone = "persona.style.none"
  case styles = "persona.styles"
  case talk = "persona.talk"
  case unclear = "persona.unclear"

  static let buttons: [PersonaPhrase] = [
    .back, .styleAsWeGo, .styleAtTheEnd, .styleNone, .styles, .talk,
  ]

  init(_ style: CorrectionTime) {
    self =
      switch style {
      case .asWeGo: .styleAsWeGo
      case .atTheEnd: .styleAtTheEnd
      case .none: .styleNone
      }
  }
}
