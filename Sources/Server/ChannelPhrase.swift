import Conversation

/// What channels say of their own accord.
enum ChannelPhrase: String, Phrase {
  /// Opens a list of choices on WhatsApp.
  case openList = "channels.open_list"
  /// The button on Telegram that tells where the person is.
  case shareLocation = "channels.share_location"
}
