/// One place of a text: the word that belongs there, and how it may go wrong.
struct Slot {
  /// What the recogniser calls the word when it is said as it should be.
  let name: String
  /// What it calls it when one sound goes wrong.
  let variants: [String: Mispronunciation]
  /// What it calls it when it is said once more.
  let again: [String]
  /// The shortest way to say it.
  let phoneCount: Int

  /// Whether a segment is this word, said well or badly.
  func admits(_ segment: Segment) -> Bool {
    segment.plainWord == name || variants[segment.plainWord] != nil
  }
}
