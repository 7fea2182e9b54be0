import Conversation

/// What channels say of their own accord.
enum ChannelPhrase: String, Phrase {
  /// Opens a list of choices on WhatsApp.
  case openList = "channels.open_list"
}
