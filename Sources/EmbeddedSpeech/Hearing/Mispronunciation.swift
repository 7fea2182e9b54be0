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
  var place = Place.anywhere
  /// Only before one of these; before anything when empty.
  var before: Set<String> = []
  /// Never before one of these.
  var notBefore: Set<String> = []
  /// How often it is to be expected: lower finds less and blames less. Lower for two that are
  /// otherwise found in readings without a fault.
  var probability = 1e-7

  /// `TH>S`.
  var rule: String { "\(expected)>\(heard)" }

  /// The surest first.
  static let all = [
    Mispronunciation(expected: "TH", heard: "S"),
    Mispronunciation(expected: "IH", heard: "IY"),
    Mispronunciation(expected: "W", heard: "V"),
    Mispronunciation(
      expected: "S", heard: "EH S", place: .beginning,
      before: ["F", "K", "L", "M", "N", "P", "T", "W"]),
    Mispronunciation(expected: "TH", heard: "T"),
    Mispronunciation(expected: "DH", heard: "Z"),
    Mispronunciation(expected: "UH", heard: "UW"),
    Mispronunciation(expected: "DH", heard: "D"),
    Mispronunciation(
      expected: "NG", heard: "N", notBefore: ["K", "G"], probability: 1e-12),
    Mispronunciation(expected: "AH", heard: "AA", probability: 1e-12),
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
    let next = index + 1 < phones.count ? phones[index + 1] : ""
    return (before.isEmpty || before.contains(next)) && !notBefore.contains(next)
  }
}
