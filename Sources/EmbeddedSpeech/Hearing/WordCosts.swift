/// How badly words fit what was heard, compared with the other words of the same recording: a
/// fixed threshold blames accents and noise.
enum WordCosts {
  /// Measured over four synthetic voices: about 1 % of words that were said lie above, and 4 of 100
  /// words that were not said lie below. A word that was heard with one sound wrong fits another
  /// word more easily.
  private static let differentMin = 4.8
  private static let differentVariantMin = 2.8
  /// What fits badly throughout varies more: so much is added for each unit above a clear reading.
  private static let differentMinRise = 1.0
  private static let clearLevel = 5.0
  static let unclearMin = 4.0
  /// Beside a worse word only what is worse than this is blamed: a word in another's place takes
  /// something from its neighbours.
  static let differentBesideMin = 10.0
  /// A rest of this length, taken as silence at such a cost, is speech that is not in the text.
  private static let speechFramesMin = 12
  private static let speechCostAboveLevel = 3.8
  /// Short words vary more, and the shortest cost more even when they are said well.
  private static let framesShort = 14.0
  private static let framesUsual = 12.0
  private static let framesMax = 36.0
  private static let levelShare = 0.7
  private static let levelWeight = 0.6
  private static let usualCostShare = 1.8

  /// The mean cost of a frame in the words that fit best, up to `levelShare` of all frames: what
  /// was not said does not count, even where it is half of a short text.
  static func level(of words: [Segment]) -> Double {
    let sorted = words.sorted { $0.costPerFrame < $1.costPerFrame }
    let wanted = Double(sorted.reduce(0) { $0 + $1.frames }) * levelShare
    var frames = 0.0
    var cost = 0.0
    for word in sorted where frames < wanted {
      let taken = min(Double(word.frames), wanted - frames)
      frames += taken
      cost += taken * word.costPerFrame
    }
    return frames > 0 ? cost / frames : .infinity
  }

  /// How far above what is to be expected a word lies, weighed by how much there is of it. The
  /// recording's own level counts for most of that, what is usual for the rest.
  static func strangeness(of word: Segment, level: Double) -> Double {
    let weight = (min(Double(word.frames), framesMax) / framesUsual).squareRoot()
    let excess = max(0, framesShort / Double(word.frames) - 1)
    let expected = level * levelWeight + usualCostShare
    return (word.costPerFrame - expected - excess) * weight
  }

  /// From which strangeness on a word is taken for another, where a variant is the word with one
  /// sound wrong.
  static func differentMin(level: Double, isVariant: Bool = false) -> Double {
    (isVariant ? differentVariantMin : differentMin) + max(0, level - clearLevel) * differentMinRise
  }

  static func isSpeech(_ filler: Segment, level: Double) -> Bool {
    filler.frames >= speechFramesMin && filler.costPerFrame > level + speechCostAboveLevel
  }
}
