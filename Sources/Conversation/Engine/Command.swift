/// Something a person can ask for at any time: `/menu`, the word for it, or a button that carries
/// it.
package struct Command: Sendable {
  package enum Action: Sendable {
    /// Drop every digression and show the home flow.
    case goHome
    /// Lay a flow on top, or go back to it if it is already open. What was typed after the
    /// command is its argument.
    case open(FlowName, argument: String?)
    /// Say something and show again where we stand.
    case explain(@Sendable (Turn) throws -> Void)
    /// Take something in beside the conversation, whose question stays open. Given what was typed
    /// after the command, or stands behind it in a button.
    case aside(@Sendable (_ argument: String, Turn) throws -> Void)
  }

  package let name: String
  package let action: Action
  /// Whether a link that opens the chat can carry it with its argument: `/start link_CODE`.
  package let isDeepLink: Bool

  package init(_ name: String, _ action: Action, isDeepLink: Bool = false) {
    self.name = name
    self.action = action
    self.isDeepLink = isDeepLink
  }
}

/// What the engine itself says.
package enum EnginePhrase: String, Phrase {
  case cannotReadKind = "engine.cannot_read_kind"
  case cannotReadVoice = "engine.cannot_read_voice"
  case edited = "engine.edited"
  case failed = "engine.failed"
  case nothingToRetry = "engine.nothing_to_retry"
  case retry = "engine.retry"
  case staleButton = "engine.stale_button"
  case started = "engine.started"
  case stopped = "engine.stopped"
  case stillWorking = "engine.still_working"
  case tooLong = "engine.too_long"
  case unknownCommand = "engine.unknown_command"

  package static let buttons: [EnginePhrase] = [.retry]
}
