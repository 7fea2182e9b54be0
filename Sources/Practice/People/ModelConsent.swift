import Conversation
import Storage

/// Whether a person's words may go to a language model: a purpose of the consent ledger, asked for
/// once in the chat and open to change at any time.
enum ModelConsent {
  enum State: Sendable, Equatable {
    case granted
    case refused
    case unasked
  }

  /// What was said last on any of the person's addresses counts for all of them.
  static func state(_ turn: Turn) throws -> State {
    let said = try Consent.history(of: turn.person.id, in: turn.database)
      .last { $0.purpose == .model }
    switch said?.state {
    case nil: return .unasked
    case .granted: return .granted
    case .withdrawn: return .refused
    }
  }
}

/// Asks whether the learner's words may go to a model, and lets them change their mind.
struct ModelConsentFlow: Flow {
  static let name: FlowName = "model-consent"
  private static let yesID = "yes"
  private static let noID = "no"

  struct State: Codable, Sendable, Equatable {}

  let kit: PracticeKit

  var name: FlowName { Self.name }
  var version: Int { 1 }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard kit.abilities.hasModel else {
      try turn.say(
        Reply(
          turn.phrase(ConsentPhrase.noModel),
          choices: [.command("menu", turn.phrase(PracticePhrase.menu))]))
      return .leave
    }
    var settings = try kit.settings(turn)
    settings.modelAskedAt = turn.now
    try PracticeSettingsStore.save(settings, of: turn.person.id, in: turn.database)
    return try ask(turn, lead: nil)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .choice(Self.yesID): return try note(.granted, source: .button, turn)
    case .choice(Self.noID): return try note(.withdrawn, source: .button, turn)
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: "yes") {
        return try note(.granted, source: .typed, word: word, turn)
      }
      if turn.phrasebook.matches(word, word: "no") || turn.phrasebook.matches(word, word: "back") {
        return try note(.withdrawn, source: .typed, word: word, turn)
      }
      return try ask(turn, lead: turn.phrase(ConsentPhrase.unclear))
    case .choice, .attachment, .location, .contact, .unsupported:
      return try ask(turn, lead: turn.phrase(ConsentPhrase.unclear))
    case .finished, .failed, .timer: return .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try ask(turn, lead: nil) }

  private func ask(_ turn: Turn, lead: String?) throws -> Next<State> {
    let now =
      switch try ModelConsent.state(turn) {
      case .granted: turn.phrase(ConsentPhrase.nowYes)
      case .refused: turn.phrase(ConsentPhrase.nowNo)
      case .unasked: String?.none
      }
    let text = [lead, turn.phrase(ConsentPhrase.ask), now].compactMap(\.self)
    return try turn.ask(
      Reply(
        text.joined(separator: "\n\n"),
        choices: [
          Choice(Self.yesID, turn.phrase(ConsentPhrase.yes)),
          Choice(Self.noID, turn.phrase(ConsentPhrase.no)),
        ]), then: State())
  }

  private func note(
    _ answer: Consent.State, source: Consent.Source, word: String? = nil, _ turn: Turn
  ) throws -> Next<State> {
    try turn.note(answer, for: .model, source: source, word: word)
    try turn.notify(
      Reply(turn.phrase(answer == .granted ? ConsentPhrase.granted : .withdrawn)))
    return .finish
  }
}

enum ConsentPhrase: String, Phrase {
  case ask = "model.ask"
  case granted = "model.granted"
  case no = "model.no"
  case noModel = "model.none"
  case nowNo = "model.now_no"
  case nowYes = "model.now_yes"
  case unclear = "model.unclear"
  case withdrawn = "model.withdrawn"
  case yes = "model.yes"

  static let buttons: [ConsentPhrase] = [.no, .yes]
}
