/// The confusions that people who grew up with Persian make most, of those that the recogniser
/// tells apart. `AE>EH` is one of them and is missing: it was recognised 7 times of 52.
struct Mispronunciation: Hashable {
  /// Where in the word, counted in phones.
  enum Place {
    case anywhere
    case beginning
  }

  let expected: String
  let heard: String
  let place: Place
  /// Only before one of these; before anything when empty.
  var before: Set<String> = []

  /// `TH>S`.
  var rule: String { "\(expected)>\(heard)" }

  static let all =
    [
      ("TH", "S"), ("TH", "T"), ("DH", "Z"), ("DH", "D"), ("W", "V"), ("IH", "IY"), ("NG", "N"),
      ("UH", "UW"), ("AH", "AA"),
    ].map { Mispronunciation(expected: $0.0, heard: $0.1, place: .anywhere) } + [
      Mispronunciation(
        expected: "S", heard: "EH S", place: .beginning,
        before: ["F", "K", "L", "M", "N", "P", "T", "W"])
    ]

  /// Every way in which one sound of a word goes wrong by these rules.
  static func variants(of pronunciation: [String]) -> [(phones: [String], rule: Mispronunciation)] {
    pronunciation.indices.flatMap { place in
      all.filter { $0.applies(at: place, in: pronunciation) }.map { rule in
        let said = rule.heard.split(separator: " ").map(String.init)
        return (pronunciation[..<place] + said + pronunciation[(place + 1)...], rule)
      }
    }
  }

  private func applies(at index: Int, in phones: [String]) -> Bool {
    guard phones[index] == expected else { return false }
    if place == .beginning, index != 0 { return false }
    guard !before.isEmpty else { return true }
    return index + 1 < phones.count && before.contains(phones[index + 1])
  }
}
