/// A typed state machine that talks with one person: onboarding, a lesson, the menu.
///
/// A step is synchronous, fast and deterministic: it reads and writes through the turn it is given
/// and takes time and randomness from it. Slow work is a job, whose end comes back as an input.
package protocol Flow: Sendable {
  /// Where the flow stands; stored as JSON between turns.
  associatedtype State: Codable & Sendable & Equatable

  /// Unique and stable; stored with the state.
  var name: FlowName { get }
  /// Grows whenever `State` changes its shape.
  var version: Int { get }

  /// What it can take besides text and choices. Anything else is answered for it.
  var reads: Set<ReadableKind> { get }

  /// Whether it goes on where it stands on whichever channel the person asks for it next.
  var followsPerson: Bool { get }

  /// Whether it begins anew when the person asks for it while it is open, instead of showing where
  /// it stands: for what people ask for to look around.
  var beginsAnew: Bool { get }

  /// The first step. `argument` is what the starter handed over.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State>
  /// One input while this flow is on top of the stack.
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State>
  /// What lay on top has finished: show again where we stand.
  func resume(in state: State, _ turn: Turn) throws -> Next<State>
  /// Whether the text of a command, or a recording that another flow does not listen to, is one
  /// more input for it where it stands, so that it does not begin anew and forget what it is at.
  func takesMore(in state: State) -> Bool
  /// Reads a state written by an older version.
  ///
  /// - Throws: `FlowError.unreadableState` when it cannot be carried over; the flow then begins
  ///   anew.
  func migrate(_ json: String, from version: Int) throws -> State
}

extension Flow {
  package var reads: Set<ReadableKind> { [] }
  package var followsPerson: Bool { false }
  package var beginsAnew: Bool { false }

  package func takesMore(in state: State) -> Bool { false }

  package func migrate(_ json: String, from version: Int) throws -> State {
    throw FlowError.unreadableState
  }
}

/// Kinds of message a flow may want besides text and choices.
package enum ReadableKind: Sendable, Hashable {
  case voice
  case attachment
  case location
  case contact
}

/// The name a flow is stored and started by.
package struct FlowName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let text: String
  package init(_ text: String) { self.text = text }
  package init(stringLiteral value: String) { text = value }
  package var description: String { text }
}

/// What happens after a step.
package enum Next<State: Sendable>: Sendable {
  /// Wait in this state for the next input.
  case wait(State)
  /// Lay another flow on top; `resume` is called with this state when it has finished.
  case push(FlowName, argument: String?, then: State)
  /// End here and begin another flow in this place.
  case replace(FlowName, argument: String?)
  /// End here; what lies below resumes.
  case finish
  /// The same, but the home flow keeps silent: what was said last has buttons of its own.
  case leave
}

extension Next: Equatable where State: Equatable {}

/// What a flow can receive.
package enum Input: Sendable, Equatable {
  case text(String)
  /// The id of a choice of the last question, however it was answered.
  case choice(String)
  case attachment(Content.Attachment)
  case location(latitude: Double, longitude: Double)
  case contact(phone: String, name: String, isOwn: Bool)
  case unsupported(kind: String)
  /// A job this conversation started has ended well; its result as JSON.
  case finished(job: JobKind, result: String)
  /// A job has been given up.
  case failed(job: JobKind)
  /// A timer this flow set has come.
  case timer(name: String, payload: String)
}

/// What a flow cannot do.
package enum FlowError: Error, Equatable, Sendable {
  case unknownChannel(String)
  case unknownFlow(String)
  case unreadableState
  /// A step led to too many others within one turn.
  case tooManySteps
  /// More replies than anybody would read.
  case tooManyReplies
  /// A file larger than any channel takes, or an empty one.
  case fileTooLarge
}
