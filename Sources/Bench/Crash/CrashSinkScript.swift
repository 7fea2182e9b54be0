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
    case 0..<30: .takeLate(delayMs: Int64.random(in: 20...400, using: &random))
    case 30..<35: .takeAndHangUp
    case 35..<38: .refuseForNow
    case 38..<48: .fail
    case _: .take
    }
  }
}
