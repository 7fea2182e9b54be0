package import Conversation
package import Storage

/// One message of a conversation as the person sees it, for channels that fetch.
package struct ChatMessage: Sendable, Equatable {
  package enum Author: String, Sendable {
    case person
    case bot
    case staff
  }

  /// Counted over both directions, and what a client goes on from.
  package let position: Int
  package let author: Author
  /// Light markup, except for a person's words.
  package let text: String
  package let buttons: [Delivery.Button]
  /// The token of the button that was used; empty when the question was left for another one; nil
  /// while it is open.
  package let chosen: String?
  /// What the bot speaks in it.
  package let language: LanguageCode?
  package let at: Timestamp
  /// The key a person's message came with.
  package let key: String?
  /// The file it shows, as long as that is kept.
  package let media: MediaStore.Label?
  /// What the person sent whose file is not here, or not any more.
  package let lostKind: OutgoingMedia.Kind?
}
