import Feedback
import Foundation

extension FeedbackBench {
  private static let foldCount: UInt32 = 5

  /// Misspellings whose word was kept back when the costs of edits were learned: first and first
  /// three suggestions.
  func spelling() throws -> [Figure] {
    var first = 0
    var three = 0
    var all = 0
    for line in try lines("toefl-spell/Annotations.tsv").dropFirst() {
      let fields = line.trimmingCharacters(in: .whitespaces).components(separatedBy: "\t")
      guard fields.count == 5, fields[3] == "M" else { continue }
      let (wrong, right) = (fields[2].lowercased(), fields[4].lowercased())
      let isPlain = (wrong + right).utf8.allSatisfy { (0x61...0x7A).contains($0) }
      guard isPlain, Self.fold(right) == 0 else { continue }
      let suggestions = checker.suggestions(for: wrong)
      all += 1
      if suggestions.first?.lowercased() == right { first += 1 }
      if suggestions.prefix(3).contains(where: { $0.lowercased() == right }) { three += 1 }
    }
    return [
      figure(
        "spelling of \(all) kept-back words: first right", Double(first) / Double(all),
        atLeast: 0.80),
      figure("spelling: right among three", Double(three) / Double(all), atLeast: 0.90),
    ]
  }

  /// FNV-1a in 32 bits, as in `Lexicon/make-lexicon.py`.
  private static func fold(_ word: String) -> UInt32 {
    let hash = word.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return hash % foldCount
  }
}
