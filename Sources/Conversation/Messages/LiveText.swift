package import Storage

/// Shows the text of an answer while a job is still writing it, where the channel can. It is a
/// courtesy: what is shown may be lost, and only the message that a turn says lasts.
package protocol LiveText: Sendable {
  /// - Parameter text: all that is there so far, in light markup. Each call replaces what the last
  ///   one showed; calls may come as often as there is news.
  func show(_ text: String, in conversation: ID<ConversationRecord>) async
}
