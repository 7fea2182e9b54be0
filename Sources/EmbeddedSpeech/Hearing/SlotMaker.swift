/// Finds out how the words of a text are pronounced, and how they are mispronounced.
struct SlotMaker {
  let decoder: Decoder

  /// - Returns: `nil` for a word whose pronunciation nobody knows.
  func slot(for word: String, withVariants: Bool) -> Slot? {
    guard word.utf8.count <= Limits.wordCharactersMax else { return nil }
    var name = word
    var pronunciations = decoder.pronunciations(of: word)
    if pronunciations.isEmpty {
      guard let guessed = guess(word), let added = decoder.name(for: guessed) else { return nil }
      name = added
      pronunciations = [guessed]
    }
    return Slot(
      name: name, variants: withVariants ? variants(of: pronunciations) : [:],
      again: withVariants
        ? pronunciations.compactMap { decoder.name(for: $0, as: .besides) } : [],
      phoneCount: pronunciations.map(\.count).min() ?? 1)
  }

  /// What people say while they think: um, uh.
  func hesitations() -> [String] {
    [["AH", "M"], ["AH"]].compactMap { decoder.name(for: $0, as: .besides) }
  }

  private func guess(_ word: String) -> [String]? {
    guard word.contains(where: \.isLetter) else { return nil }
    let phones = Flite.phones(of: word).map(PhoneSymbols.fromFlite)
    guard !phones.isEmpty, phones.allSatisfy({ $0 != nil }) else { return nil }
    return phones.compactMap(\.self)
  }

  private func variants(of pronunciations: [[String]]) -> [String: Mispronunciation] {
    var found: [String: Mispronunciation] = [:]
    for pronunciation in pronunciations {
      for variant in Mispronunciation.variants(of: pronunciation)
      where found.count < Limits.variantsMax && !pronunciations.contains(variant.phones) {
        guard let name = decoder.name(for: variant.phones) else { continue }
        found[name] = variant.rule
      }
    }
    return found
  }
}
