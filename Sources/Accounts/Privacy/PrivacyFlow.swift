import Conversation
import Storage

/// Shows what is kept and what may be sent, hands it out, deletes it.
struct PrivacyFlow: Flow {
  static let name: FlowName = "privacy"
  private static let exportID = "export"
  private static let deleteID = "delete"
  private static let confirmID = "confirm"
  private static let keepID = "keep"
  private static let backID = "back"
  private static let messagesID = "messages"

  enum State: Codable, Sendable, Equatable {
    case shown
    /// “Delete” was said once; it has to be said again.
    case deleting
    /// What may be sent to one of the person's channels is looked at.
    case messages(ID<ConversationRecord>)
  }

  let links: ExportLinks
  let erasures: ErasureRequests

  var name: FlowName { Self.name }
  var version: Int { 2 }

  /// A state was just its name.
  func migrate(_ json: String, from version: Int) throws -> State {
    json == "\"deleting\"" ? .deleting : .shown
  }

  /// `argument` is the number of a receipt.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard let argument else { return try show(turn, lead: nil) }
    return try show(turn, lead: ReceiptNumber.text(of: argument, turn))
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .failed(job: ExportJob.kind): return try say(links.text(turn), turn)
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported: break
    }
    if input.means("back", Self.backID, turn) {
      return state == .shown ? .finish : try show(turn, lead: nil)
    }
    switch state {
    case .deleting:
      let isSure = input.means("delete", Self.confirmID, turn)
      return isSure ? try delete(turn) : try askAgain(turn)
    case .messages(let conversation): return try choose(input, conversation, turn)
    case .shown: break
    }
    if input == .choice(Self.messagesID) {
      return try showMessages(turn.conversation, turn, lead: nil)
    }
    if input.means("export", Self.exportID, turn) { return try export(turn) }
    if input.means("delete", Self.deleteID, turn) { return try askAgain(turn) }
    if input.means("keep", Self.keepID, turn) { return try keep(turn) }
    return try show(turn, lead: turn.phrase(PrivacyPhrase.unclear))
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    switch state {
    case .shown: try show(turn, lead: nil)
    case .deleting: try askAgain(turn)
    case .messages(let conversation): try showMessages(conversation, turn, lead: nil)
    }
  }

  // MARK: What is kept

  private func show(_ turn: Turn, lead: String?) throws -> Next<State> {
    let erasure = try ErasureStore.find(of: turn.person.id, in: turn.database)
    let text = try PrivacyText.overview(erasure, turn)
    var choices = [
      Choice(Self.messagesID, turn.phrase(PrivacyPhrase.messages)),
      Choice(Self.exportID, turn.phrase(PrivacyPhrase.export)),
    ]
    switch erasure?.state {
    case nil: choices.append(Choice(Self.deleteID, turn.phrase(PrivacyPhrase.delete)))
    case .waiting: choices.append(Choice(Self.keepID, turn.phrase(PrivacyPhrase.keep)))
    case .announced, .erasing, .done: break
    }
    choices.append(Choice(Self.backID, turn.phrase(PrivacyPhrase.back)))
    return try turn.ask(
      Reply((lead.map { $0 + "\n\n" } ?? "") + text, choices: choices), then: .shown)
  }

  // MARK: What may be sent

  private func showMessages(
    _ conversation: ID<ConversationRecord>, _ turn: Turn, lead: PrivacyPhrase?
  ) throws -> Next<State> {
    guard let messages = try MessageChoices(of: conversation, turn) else {
      return try show(turn, lead: nil)
    }
    let text = (lead.map { turn.phrase($0) + "\n\n" } ?? "") + (try messages.text(turn))
    let back = Choice(Self.backID, turn.phrase(PrivacyPhrase.back))
    return try turn.ask(
      Reply(text, choices: try messages.choices(turn) + [back]), then: .messages(conversation))
  }

  private func choose(
    _ input: Input, _ conversation: ID<ConversationRecord>, _ turn: Turn
  ) throws -> Next<State> {
    guard case .choice(let choice) = input,
      let messages = try MessageChoices(of: conversation, turn)
    else { return try showMessages(conversation, turn, lead: .messagesUnclear) }
    if let other = messages.other(choice) { return try showMessages(other, turn, lead: nil) }
    let isNoted = try messages.note(choice, turn)
    return try showMessages(
      conversation, turn, lead: isNoted ? .messagesNoted : .messagesUnclear)
  }

  // MARK: Handing it out

  private func export(_ turn: Turn) throws -> Next<State> {
    guard turn.carriesFiles, Self.isSentAsFile(turn.channel) else {
      return try say(links.text(turn), turn)
    }
    // Nobody learns this token: it counts, as a link would.
    guard try links.tickets.issue(turn) != nil else {
      return try say(turn.phrase(PrivacyPhrase.tooManyExports), turn)
    }
    try turn.start(JobRequest(ExportJob.kind, lateAfterMs: ExportJob.lateAfterMs))
    return try say(turn.phrase(PrivacyPhrase.exportComes), turn)
  }

  private static func isSentAsFile(_ channel: Channel) -> Bool {
    switch channel {
    case .telegram, .whatsapp: true
    case .sms, .terminal, .webchat: false
    }
  }

  private func say(_ text: String, _ turn: Turn) throws -> Next<State> {
    try turn.ask(
      Reply(text, choices: [Choice(Self.backID, turn.phrase(PrivacyPhrase.back))]), then: .shown)
  }

  // MARK: Deleting it

  private func askAgain(_ turn: Turn) throws -> Next<State> {
    guard try ErasureStore.find(of: turn.person.id, in: turn.database) == nil else {
      return try show(turn, lead: nil)
    }
    return try turn.ask(
      Reply(
        turn.phrase(
          PrivacyPhrase.askDelete, ["days": .number(ErasureRequests.graceDays)]),
        choices: [
          Choice(Self.confirmID, turn.phrase(PrivacyPhrase.confirm)),
          Choice(Self.backID, turn.phrase(PrivacyPhrase.back)),
        ]), then: .deleting)
  }

  private func delete(_ turn: Turn) throws -> Next<State> {
    guard let erasure = try erasures.request(turn) else { return try show(turn, lead: nil) }
    try turn.say(
      Reply(
        turn.phrase(
          PrivacyPhrase.requested,
          [
            "at": .text(erasure.dueAt.text(turn)),
            "number": .text(ReceiptNumber.shown(erasure.number)),
          ])))
    return .finish
  }

  private func keep(_ turn: Turn) throws -> Next<State> {
    let isKept = try erasures.withdraw(turn)
    return try show(turn, lead: turn.phrase(isKept ? PrivacyPhrase.kept : .tooLate))
  }
}
