import Foundation

/// GLEU of a corpus against one reference (Napoles et al. 2015, as in JFLEG's `gleu.py`): n-grams
/// up to 4; what is in the source but not in the reference counts against the output.
struct Gleu {
  private static let orderMax = 4
  private var matches = [Int](repeating: 0, count: orderMax)
  private var totals = [Int](repeating: 0, count: orderMax)
  private var outputLength = 0
  private var referenceLength = 0

  mutating func add(source: [Substring], output: [Substring], reference: [Substring]) {
    outputLength += output.count
    referenceLength += reference.count
    for order in 1...Self.orderMax {
      let wanted = Self.counts(reference, order)
      let had = Self.counts(source, order).filter { wanted[$0.key] == nil }
      let found = Self.counts(output, order)
      var sum = 0
      for (gram, count) in found {
        sum += min(count, wanted[gram] ?? 0) - min(count, had[gram] ?? 0)
      }
      matches[order - 1] += max(0, sum)
      totals[order - 1] += max(0, output.count + 1 - order)
    }
  }

  /// From 0 to 100.
  var score: Double {
    guard outputLength > 0, !matches.contains(0) else { return 0 }
    let logs = zip(matches, totals).map { log(Double($0) / Double($1)) }
    let brevity = min(0, 1 - Double(referenceLength) / Double(outputLength))
    return 100 * exp(brevity + logs.reduce(0, +) / Double(Self.orderMax))
  }

  /// The mean over the references of a whole corpus.
  static func mean(
    sources: [String], outputs: [String], references: [[String]]
  ) -> Double {
    let scores = references.map { reference in
      var gleu = Gleu()
      for index in sources.indices {
        gleu.add(
          source: words(sources[index]), output: words(outputs[index]),
          reference: words(reference[index]))
      }
      return gleu.score
    }
    return scores.reduce(0, +) / Double(scores.count)
  }

  private static func words(_ line: String) -> [Substring] {
    line.split(separator: " ", omittingEmptySubsequences: true)
  }

  private static func counts(_ words: [Substring], _ order: Int) -> [ArraySlice<Substring>: Int] {
    guard words.count >= order else { return [:] }
    return (0...words.count - order).reduce(into: [:]) {
      $0[words[$1..<$1 + order], default: 0] += 1
    }
  }
}
