import Conversation
import Storage

/// Parts what was linked last, within the time in which somebody may notice that it was not them.
struct UnlinkFlow: Flow {
  static let name: FlowName = "unlink"
  static let safeHours = 24
  private static let yesID = "yes"
  private static let noID = "no"

  struct State: Codable, Sendable, Equatable {
    let merge: ID<Merge>
  }

  let merging: Merging

  var name: FlowName { Self.name }
  var version: Int { 1 }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard let merge = try newest(turn) else {
      try turn.say(
        Reply(turn.phrase(LinkPhrase.nothingToUnlink, ["hours": .number(Self.safeHours)])))
      return .finish
    }
    return try ask(State(merge: merge.id), turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if isYes(input, turn) { return try unlink(state, turn) }
    if isNo(input, turn) { return .finish }
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .text, .choice, .attachment, .location, .contact, .unsupported:
      return try ask(state, turn)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try ask(state, turn) }

  private func newest(_ turn: Turn) throws -> Merge? {
    let merge = try MergeStore.newest(of: turn.person.id, in: turn.database)
    let oldest = turn.now.adding(milliseconds: -Int64(Self.safeHours) * 3_600_000)
    return merge.flatMap { $0.mergedAt >= oldest ? $0 : nil }
  }

  private func ask(_ state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(
      Reply(
        turn.phrase(LinkPhrase.askUnlink),
        choices: [
          Choice(Self.yesID, turn.phrase(LinkPhrase.unlinkYes)),
          Choice(Self.noID, turn.phrase(LinkPhrase.unlinkNo)),
        ]), then: state)
  }

  private func unlink(_ state: State, _ turn: Turn) throws -> Next<State> {
    // It may have been parted, or built upon, from the other channel meanwhile.
    guard try newest(turn)?.id == state.merge else { return try begin(nil, turn) }
    try merging.undo(state.merge, at: turn.now, in: turn.database)
    try turn.becomeOwner()
    try turn.say(Reply(turn.phrase(LinkPhrase.unlinked)))
    return .finish
  }

  private func isYes(_ input: Input, _ turn: Turn) -> Bool { input.means("yes", Self.yesID, turn) }
  private func isNo(_ input: Input, _ turn: Turn) -> Bool {
    input.means("no", Self.noID, turn) || input.means("back", Self.noID, turn)
  }
}

extension Input {
  /// Whether it is the choice of that id, or typed words for it.
  func means(_ word: String, _ id: String, _ turn: Turn) -> Bool {
    switch self {
    case .choice(let chosen): chosen == id
    case .text(let text): turn.phrasebook.matches(TypedAnswer.normalise(text), word: word)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: false
    }
  }
}
