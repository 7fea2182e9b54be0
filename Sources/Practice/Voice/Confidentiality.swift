/// Who may be given a text to speak it.
enum Confidentiality: String, Codable, Sendable {
  /// The text is ours, the same for everybody: anybody, and it may be kept.
  case open
  /// It is made for a person who lets services of others see such words.
  case shareable
  /// It is made for a person who does not, or was never asked.
  case personal
}
