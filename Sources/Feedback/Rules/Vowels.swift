/// Whether a word begins with a vowel as it is spoken.
enum Vowels {
  private static let consonantSound = [
    "uni", "use", "usu", "usa", "eu", "ewe", "one", "once", "uk", "ubi", "uro", "unani", "ufo",
    "uter", "utopia", "ukr", "urin", "uran", "uto", "usb", "usu",
  ]
  private static let vowelAfterAll = ["unin", "unim", "unide", "unint", "unill"]
  private static let silentH = ["hour", "honest", "honor", "honour", "heir"]
  private static let spelled: Set<String> = [
    "mp3", "mba", "sms", "xray", "x-ray", "fbi", "hr", "html", "lcd", "nba", "mri", "sos", "rpg",
    "ngo", "fm", "ml",
  ]

  /// Read letter by letter: "an MP3 player".
  static func isSpelled(_ text: String) -> Bool { spelled.contains(text.lowercased()) }

  /// Nil where it cannot be told.
  static func wantsAn(_ text: String) -> Bool? {
    let lower = text.lowercased()
    guard let first = lower.first, first.isASCII else { return nil }
    if first.isNumber {
      return lower.hasPrefix("8") || lower == "11" || lower == "18" || lower.hasPrefix("11-")
        || lower.hasPrefix("18-") || lower == "11th" || lower == "18th"
    }
    guard first.isLetter else { return nil }
    if spelled.contains(lower) { return true }
    if text.count > 1, text == text.uppercased(), text.count <= 4 {
      if consonantSound.contains(where: lower.hasPrefix) { return false }
      // Read letter by letter where it has no vowel; "SQL" is a word to many.
      let isSpelled = !lower.contains(where: "aeiou".contains) && lower != "sql"
      return isSpelled ? "fhlmnrsx".contains(first) : nil
    }
    if first == "u", text.first == "U", !consonantSound.contains(where: lower.hasPrefix) {
      return nil
    }
    if silentH.contains(where: lower.hasPrefix) { return true }
    if vowelAfterAll.contains(where: lower.hasPrefix) { return true }
    if consonantSound.contains(where: lower.hasPrefix) {
      return lower.hasPrefix("oner")
    }
    return "aeiou".contains(first)
  }
}
