/// One word between spaces, on its way to what is said for it.
struct WrittenWord {
  /// Without punctuation around it.
  let text: String
  private let lower: String
  private let endsWithDot: Bool
  private let isBeforeName: Bool

  private static let outer: Set<Character> = [
    ".", ",", "!", "?", ";", ":", "\"", "'", "(", ")", "[", "]", "{", "}", "*", "_", "~", "«", "»",
    "“", "”", "-", "<", ">", "#", "^", "\\",
  ]

  /// - Parameter isBeforeName: the next word begins with a capital, as after a title.
  init(_ piece: Substring, isBeforeName: Bool) {
    var rest = piece
    while let first = rest.first, Self.outer.contains(first), !Self.isNegative(rest) {
      // A word that begins with what it leaves out: 'em, 'cause.
      if first == "'", rest.count > 2, Self.clipped.contains(rest.lowercased()) { break }
      rest = rest.dropFirst()
    }
    let hasDot = rest.last == "."
    while let last = rest.last, Self.outer.contains(last) { rest = rest.dropLast() }
    text = String(rest)
    lower = rest.lowercased()
    endsWithDot = hasDot
    self.isBeforeName = isBeforeName
  }

  mutating func spoken() -> [String] {
    if lower.isEmpty { return [] }
    if let abbreviation = abbreviation() { return abbreviation }
    if lower.contains(where: \.isNumber), let number = WrittenNumber(lower).spoken() {
      return number
    }
    if lower.count == 1, let sign = lower.first.flatMap({ WrittenForms.signs[$0] }) { return sign }
    if isInitialism { return lower.filter(\.isLetter).map(String.init) }
    return lower.split(whereSeparator: { $0 == "-" || $0 == "." || $0 == "_" }).flatMap(pieces)
  }

  /// With `&`, `@` and the like between letters read out.
  private func pieces(_ part: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    for character in part {
      if character.isLetter || character.isNumber || character == "'" {
        word.append(character)
        continue
      }
      if !word.isEmpty { words.append(word) }
      word = ""
      words += WrittenForms.signs[character] ?? []
    }
    if !word.isEmpty { words.append(word) }
    return words.flatMap { word in
      word.contains(where: \.isNumber) ? WrittenNumber(word).spoken() ?? [word] : [word]
    }
  }

  private func abbreviation() -> [String]? {
    guard let known = WrittenForms.abbreviations[lower] else { return nil }
    switch lower {
    // Ordinary words, if no dot says otherwise; "st" before a name is a saint.
    case "no": return nil
    case "st": return endsWithDot ? (isBeforeName ? ["saint"] : known) : nil
    case "ms", "mr", "mrs", "dr", "etc", "vs", "e.g", "i.e", "prof": return known
    default: return endsWithDot ? known : nil  // months and the like, ordinary letters otherwise
    }
  }

  /// `U.S.A` with dots, or short and all capitals without a vowel, such as `TV`.
  private var isInitialism: Bool {
    let parts = text.split(separator: ".")
    if parts.count > 1 { return parts.allSatisfy { $0.count == 1 && $0.first?.isLetter == true } }
    guard (2...5).contains(text.count), text.allSatisfy(\.isUppercase) else { return false }
    return !lower.contains { "aeiouy".contains($0) }
  }

  private static let clipped: Set<String> = ["'em", "'cause", "'til", "'bout", "'tis"]

  private static func isNegative(_ rest: Substring) -> Bool {
    rest.first == "-" && rest.dropFirst().first?.isNumber == true
  }
}
