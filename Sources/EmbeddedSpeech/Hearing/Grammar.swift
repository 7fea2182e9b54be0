import Foundation

/// What may be heard: words between numbered states, from one state to another.
struct Grammar {
  struct Arc {
    let from: Int
    let to: Int
    let word: String
    let probability: Double
  }

  struct Skip {
    let from: Int
    let to: Int
    let probability: Double
  }

  var stateCount: Int
  let start = 0
  var end: Int
  var arcs: [Arc] = []
  var skips: [Skip] = []
}

extension Grammar {
  /// A sound goes wrong this often; lower finds less and blames less.
  static let variantProbability = 1e-7
  /// A word is left out this often.
  static let skipProbability = 1e-12
  /// The reading ends early this often, however much is left.
  static let stopProbability = 1e-16
  /// So many words in a row may be left out before the end.
  static let skippedWordsMax = 4

  /// One text, of which any words may be left out.
  init(reading slots: [Slot]) {
    stateCount = slots.count + 1
    end = slots.count
    for (state, slot) in slots.enumerated() {
      arcs.append(Arc(from: state, to: state + 1, word: slot.name, probability: 1))
      for variant in slot.variants.keys.sorted() {
        arcs.append(
          Arc(
            from: state, to: state + 1, word: variant, probability: Self.variantProbability))
      }
      for skipped in 1...Self.skippedWordsMax where state + skipped <= end {
        let probability = pow(Self.skipProbability, Double(skipped))
        skips.append(Skip(from: state, to: state + skipped, probability: probability))
      }
      if state > 0, state + 1 < end {
        skips.append(Skip(from: state, to: end, probability: Self.stopProbability))
      }
    }
  }
}
