import Conversation

/// What the stand-in for the Bot API does with a message, drawn from a seed.
enum CrashSinkScript: Sendable {
  /// Takes it and answers at once.
  case take
  /// Takes it and answers late.
  case takeLate(delayMs: Int64)
  /// Takes it and closes the connection without a word: the sender cannot know.
  case takeAndHangUp
  /// Asks to wait a second; the message is not taken.
  case refuseForNow
  /// Fails; the message is not taken.
  case fail

  static func draw(_ random: inout RandomSource) -> CrashSinkScript {
    switch Int.random(in: 0..<1_000, using: &random) {
    case 0..<150: .takeLate(delayMs: Int64.random(in: 20...400, using: &random))
    case 150..<155: .takeAndHangUp
    case 155..<158: .refuseForNow
    case 158..<168: .fail
    case _: .take
    }
  }
}
