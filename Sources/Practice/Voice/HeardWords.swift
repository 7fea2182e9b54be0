import Conversation

/// What a recogniser has written, as it may be shown: no swear word of its own making, no mark of
/// sounds, one space between words.
enum HeardWords {
  static let lengthMax = 2_000
  private static let mask = "***"
  private static let swearing: Set<String> = [
    "fuck", "fucks", "fucked", "fucker", "fucking", "motherfucker", "motherfucking", "shit",
    "shits", "shitty", "bullshit", "bitch", "bitches", "cunt", "cunts", "asshole", "assholes",
    "dick", "dicks", "pussy", "whore", "whores", "slut", "sluts", "bastard", "bastards", "nigger",
    "niggers", "nigga", "faggot", "faggots", "cock", "cocks", "twat", "wanker",
  ]

  static func shown(_ text: String) -> String {
    let words = text.prefix(lengthMax).split(whereSeparator: \.isWhitespace)
    let kept = words.filter { !isMark($0) }.map { word in
      let letters = word.lowercased().filter { $0.isLetter || $0 == "'" }
      return swearing.contains(letters) ? mask : String(word)
    }
    let joined = kept.joined(separator: " ")
    return joined.contains(where: \.isLetter) ? joined : ""
  }

  /// `[BLANK_AUDIO]`, `(music)`, `♪`.
  private static func isMark(_ word: Substring) -> Bool {
    guard let first = word.first, let last = word.last else { return true }
    return (first == "[" && last == "]") || (first == "(" && last == ")") || first == "♪"
  }
}
