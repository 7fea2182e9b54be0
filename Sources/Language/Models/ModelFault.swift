package import Storage

/// Why there is no answer of a model.
package enum ModelFault: Error, Equatable, Sendable {
  /// No provider has been set.
  case notConfigured
  /// The person has not consented to their words going to a model. Nothing was sent.
  case withheld
  /// The person's tokens, or everybody's, are used up until then. Nothing was sent.
  case overBudget(until: Timestamp)
  /// The provider answered with that HTTP status in place of an answer.
  case refused(status: Int)
  /// No connection, or one that broke before anything was said; or known to be down.
  case unreachable
  /// Nothing was said within the deadline.
  case tookTooLong
  /// It was speaking, and was not done within the deadline. `partial` is never checked.
  case tooSlow(partial: String)
  /// An answer came, and is of no use: prose for data, HTML, the wrong structure.
  case invalidAnswer(reason: String)
  /// The answer broke off in the middle. `partial` is what had come, never checked.
  case interrupted(partial: String)
  /// The caller no longer wants it.
  case cancelled
}
