/// How alike two texts are, in figures that others use, too.
package enum TextLikeness {
  /// Longer texts are compared no further than this, in characters.
  static let lengthMax = 1_000
  private static let orders = 1...6
  /// How much more finding everything counts than saying nothing else.
  private static let beta = 2.0

  /// chrF2 from 0 to 100, after Popović 2015: the F-score with β = 2 of the mean precision and
  /// recall of runs of 1 to 6 characters without spaces, over those lengths that both texts have.
  /// With several references the best counts.
  package static func chrF(_ said: String, _ references: [String]) -> Double {
    references.map { chrF(scalars(said), scalars($0)) }.max() ?? 0
  }

  private static func scalars(_ text: String) -> [Unicode.Scalar] {
    Array(text.unicodeScalars.lazy.filter { !$0.properties.isWhitespace }.prefix(lengthMax))
  }

  private static func chrF(_ said: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Double {
    var precision = 0.0
    var recall = 0.0
    var count = 0.0
    for order in orders where order <= said.count && order <= right.count {
      let saidRuns = runs(of: order, said)
      let rightRuns = runs(of: order, right)
      let shared = saidRuns.reduce(0) { $0 + min($1.value, rightRuns[$1.key] ?? 0) }
      precision += Double(shared) / Double(said.count - order + 1)
      recall += Double(shared) / Double(right.count - order + 1)
      count += 1
    }
    guard count > 0, precision + recall > 0 else { return 0 }
    let weight = beta * beta
    return 100 * (1 + weight) * precision * recall / (weight * precision + recall) / count
  }

  private static func runs(
    of order: Int, _ scalars: [Unicode.Scalar]
  ) -> [ArraySlice<Unicode.Scalar>: Int] {
    var runs: [ArraySlice<Unicode.Scalar>: Int] = [:]
    for start in 0...(scalars.count - order) {
      runs[scalars[start..<start + order], default: 0] += 1
    }
    return runs
  }

  /// Characters that have to be changed, added or taken away, per character of what is right.
  package static func characterErrorRate(_ said: String, of right: String) -> Double {
    let saidScalars = Array(said.unicodeScalars.prefix(lengthMax))
    let rightScalars = Array(right.unicodeScalars.prefix(lengthMax))
    guard !rightScalars.isEmpty else { return saidScalars.isEmpty ? 0 : 1 }
    return Double(EditDistance.between(saidScalars, rightScalars)) / Double(rightScalars.count)
  }
}
