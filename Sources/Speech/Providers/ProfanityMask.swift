/// Recognisers make swear words of innocent ones. None of them reaches the person who spoke.
package enum ProfanityMask {
  /// Words that mean nothing harmless; those that are also names or everyday words are left alone.
  private static let words: Set<String> = [
    "arse", "arsehole", "asshole", "bastard", "bitch", "bollocks", "bullshit", "cunt", "dickhead",
    "faggot", "fuck", "motherfuck", "nigga", "nigger", "piss", "pussy", "shit", "slut", "twat",
    "wank", "whore",
    "جنده", "حرامزاده", "حرومزاده", "کونی", "کیری", "گاییدم",
    "شرموطة", "شراميط", "عاهرة", "منيوك", "كسمك",
  ]
  private static let endings = [
    "", "s", "es", "ed", "er", "ers", "ing", "in", "y", "ty", "ted", "ting", "tin", "head",
  ]

  /// The text with each such word cut down to its first letter: `s***`.
  package static func masked(_ text: String) -> String {
    var masked = ""
    var word = ""
    func close() {
      if isSwearing(word), let first = word.first {
        masked += "\(first)***"
      } else {
        masked += word
      }
      word = ""
    }
    for character in text {
      if character.isLetter {
        word.append(character)
      } else {
        close()
        masked.append(character)
      }
    }
    close()
    return masked
  }

  private static func isSwearing(_ word: String) -> Bool {
    let word = word.lowercased()
    return endings.contains { ending in
      word.hasSuffix(ending) && words.contains(String(word.dropLast(ending.count)))
    }
  }
}
