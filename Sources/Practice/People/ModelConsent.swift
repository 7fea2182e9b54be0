import Conversation
import Storage

/// Whether what a person writes may go to a language model, and what they say to a recogniser of
/// somebody else: purposes of the consent ledger, asked for together in the chat and open to change
/// at any time.
enum ModelConsent {
  enum State: Sendable, Equatable {
    case granted
    case refused
    case unasked
  }

  /// What was said last on any of the person's addresses counts for all of them.
  static func state(of purpose: Purpose, _ turn: Turn) throws -> State {
    let said = try Consent.history(of: turn.person.id, in: turn.database)
      .last { $0.purpose == purpose }
    switch said?.state {
    case nil: return .unasked
    case .granted: return .granted
    case .withdrawn: return .refused
    }
  }

  /// Of all that would go to others: a refusal counts for the whole, and so does what was never
  /// asked.
  static func state(of purposes: [Purpose], _ turn: Turn) throws -> State {
    let states = try purposes.map { try state(of: $0, turn) }
    if states.contains(.refused) { return .refused }
    return states.contains(.unasked) ? .unasked : .granted
  }
}

extension PracticeAbilities {
  /// What a person has to agree to.
  var purposesOutside: [Purpose] {
    (hasModel ? [.model] : []) + (sendsVoice ? [.speech] : [])
  }
}

/// Asks whether the learner's words and voice may go to services of others, as far as there are
/// any, and lets them change their mind.
struct ModelConsentFlow: Flow {
  static let name: FlowName = "model-consent"
  private static let yesID = "yes"
  private static let noID = "no"

  struct State: Codable, Sendable, Equatable {}

  let kit: PracticeKit

  var name: FlowName { Self.name }
  var version: Int { 1 }
  /// A recording that comes before the answer would only open the same question again.
  var reads: Set<ReadableKind> { [.voice, .attachment] }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard !kit.abilities.purposesOutside.isEmpty else {
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
    case .attachment: return try ask(turn, lead: turn.phrase(ConsentPhrase.answerFirst))
    case .choice, .location, .contact, .unsupported:
      return try ask(turn, lead: turn.phrase(ConsentPhrase.unclear))
    case .finished, .failed, .timer: return .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try ask(turn, lead: nil) }

  private func ask(_ turn: Turn, lead: String?) throws -> Next<State> {
    let now =
      switch try ModelConsent.state(of: kit.abilities.purposesOutside, turn) {
      case .granted: turn.phrase(ConsentPhrase.nowYes)
      case .refused: turn.phrase(ConsentPhrase.nowNo)
      case .unasked: String?.none
      }
    let abilities = kit.abilities
    let also =
      abilities.hasModel && abilities.sendsAnswers ? turn.phrase(ConsentPhrase.askAnswers) : nil
    let text = [lead, also, turn.phrase(question), now].compactMap(\.self)
    return try turn.ask(
      Reply(
        text.joined(separator: "\n\n"),
        choices: [
          Choice(Self.yesID, turn.phrase(ConsentPhrase.yes)),
          Choice(Self.noID, turn.phrase(ConsentPhrase.no)),
        ]), then: State())
  }

  private var question: ConsentPhrase {
    guard kit.abilities.sendsVoice else { return .ask }
    return kit.abilities.hasModel ? .askBoth : .askVoice
  }

  private func note(
    _ answer: Consent.State, source: Consent.Source, word: String? = nil, _ turn: Turn
  ) throws -> Next<State> {
    for purpose in kit.abilities.purposesOutside {
      try turn.note(answer, for: purpose, source: source, word: word)
    }
    let sendsVoice = kit.abilities.sendsVoice
    let phrase: ConsentPhrase =
      switch answer {
      case .granted: sendsVoice ? .grantedVoice : .granted
      case .withdrawn: sendsVoice ? .withdrawnVoice : .withdrawn
      }
    try turn.notify(Reply(turn.phrase(phrase)))
    return .finish
  }
}

enum ConsentPhrase: String, Phrase {
  case answerFirst = "model.answer_first"
  case ask = "model.ask"
  case askAnswers = "model.ask_answers"
  case askBoth = "model.ask_both"
  case askVoice = "model.ask_voice"
  case granted = "model.granted"
  case grantedVoice = "model.granted_voice"
  case no = "model.no"
  case noModel = "model.none"
  case nowNo = "model.now_no"
  case nowYes = "model.now_yes"
  case unclear = "model.unclear"
  case withdrawn = "model.withdrawn"
  case withdrawnVoice = "model.withdrawn_voice"
  case yes = "model.yes"

  static let buttons: [ConsentPhrase] = [.no, .yes]
}
