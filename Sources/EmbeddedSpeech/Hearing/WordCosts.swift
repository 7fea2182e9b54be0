/// How badly words fit what was heard, compared with the other words of the same recording: a
/// fixed threshold blames accents and noise.
enum WordCosts {
  /// Measured over four synthetic voices: about 2 % of words that were said lie above in both
  /// looks, and nine of ten words that were not.
  static let differentMin = 3.3
  static let differentMinUnclear = 5.0
  static let unclearMin = 2.4
  /// A word that the recogniser would rather leave out is suspect anyway.
  static let suspectMin = 1.2
  /// From here on a second look is taken.
  static let doubtMin = 2.0
  /// A rest of this length, taken as silence at such a cost, is speech that is not in the text.
  private static let speechFramesMin = 12
  private static let speechCostAboveLevel = 3.0
  /// Short words vary more, and the shortest cost more even when they are said well.
  private static let framesShort = 14.0
  private static let framesUsual = 12.0
  private static let framesMax = 36.0

  /// The cost a frame that half of the time lies below.
  static func level(of words: [Segment]) -> Double {
    let sorted = words.sorted { $0.costPerFrame < $1.costPerFrame }
    let half = sorted.reduce(0) { $0 + $1.frames } / 2
    var passed = 0
    for word in sorted {
      passed += word.frames
      if passed > half { return word.costPerFrame }
    }
    return .infinity
  }

  /// How far above the level a word lies, weighed by how much there is of it.
  static func strangeness(of word: Segment, level: Double) -> Double {
    let weight = (min(Double(word.frames), framesMax) / framesUsual).squareRoot()
    let excess = max(0, framesShort / Double(word.frames) - 1)
    return (word.costPerFrame - level - excess) * weight
  }

  static func isSpeech(_ filler: Segment, level: Double) -> Bool {
    filler.frames >= speechFramesMin && filler.costPerFrame > level + speechCostAboveLevel
  }
}
