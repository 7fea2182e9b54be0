/// What a test wants the stand-in to do instead of answering as usual.
package enum ScriptedAnswer: Sendable {
  /// Nothing is done; the error is told.
  case refuse(status: Int, description: String, parameters: JSONValue?)
  /// Nothing is done and nothing is said until `releaseHung`, which lets it go on as usual.
  case hang
  /// Nothing is done; the connection is closed.
  case closeBefore
  /// Everything is done; the connection is closed instead of answering.
  case closeAfter
  /// Everything is done; the answer is not JSON.
  case garbage
  /// Everything is done; the answer comes late.
  case slow(milliseconds: Int64)

  package static let blocked = ScriptedAnswer.refuse(
    status: 403, description: "Forbidden: bot was blocked by the user", parameters: nil)

  package static let conflict = ScriptedAnswer.refuse(
    status: 409,
    description: "Conflict: terminated by other getUpdates request; make sure that only one bot "
      + "instance is running", parameters: nil)

  package static let serverError = ScriptedAnswer.refuse(
    status: 500, description: "Internal Server Error", parameters: nil)

  package static func badRequest(_ reason: String) -> ScriptedAnswer {
    .refuse(status: 400, description: "Bad Request: \(reason)", parameters: nil)
  }

  package static func tooManyRequests(retryAfterSeconds: Int64) -> ScriptedAnswer {
    .refuse(
      status: 429, description: "Too Many Requests: retry after \(retryAfterSeconds)",
      parameters: ["retry_after": .integer(retryAfterSeconds)])
  }
}

/// A script: which calls it is for, and how many of them.
struct Script: Sendable {
  let method: String?
  let chat: Int64?
  var remaining: Int
  let answer: ScriptedAnswer

  func applies(to call: BotAPICall) -> Bool {
    (method == nil || method == call.method) && (chat == nil || chat == call.chat)
  }
}
