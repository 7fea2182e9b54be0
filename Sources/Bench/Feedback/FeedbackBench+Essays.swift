import Feedback
import Foundation

extension FeedbackBench {
  func essays() throws -> [Figure] {
    let sources = try lines("jfleg/dev/dev.src")
    let references = try (0..<4).map { try lines("jfleg/dev/dev.ref\($0)") }
    let spellchecked = try lines("jfleg/dev/dev.spellchecked.src")
    var figures = [
      figure(
        "GLEU of the source (38.20)",
        Gleu.mean(sources: sources, outputs: sources, references: references)),
      figure(
        "GLEU of the corpus's own spell-check (43.43)",
        Gleu.mean(sources: sources, outputs: spellchecked, references: references)),
    ]
    var times: [Double] = []
    for (mode, goal) in [(CheckMode.essay, 46.5), (.chat, 45.8)] {
      let outputs = sources.map { source in
        let start = ContinuousClock.now
        let corrected = checker.check(source, mode: mode).corrected
        times.append(Self.milliseconds(since: start))
        return TextChecker.words(in: corrected).joined(separator: " ")
      }
      let score = Gleu.mean(sources: sources, outputs: outputs, references: references)
      figures.append(figure("GLEU, \(mode.rawValue)", score, atLeast: goal))
    }
    times.sort()
    figures.append(figure("ms per sentence, median", times[times.count / 2], below: 5))
    figures.append(figure("ms per sentence, p99", times[times.count * 99 / 100], below: 150))
    return figures + detection(sources, references)
  }

  /// Sentences that all four annotators changed against the same number of references (the average
  /// of the four sets).
  private func detection(_ sources: [String], _ references: [[String]]) -> [Figure] {
    let wrong = sources.indices.filter { index in
      references.allSatisfy { normal($0[index]) != normal(sources[index]) }
    }
    let hits = wrong.filter { isFlagged(sources[$0]) }.count
    let recall = Double(hits) / Double(wrong.count)
    let alarms = references.map { set in
      Double(set.filter { isFlagged($0) }.count) / Double(set.count)
    }
    let alarmRate = alarms.reduce(0, +) / Double(alarms.count)
    let unique = Set(references.flatMap { $0.map(normal) })
    let uniqueRate = Double(unique.filter { isFlagged($0) }.count) / Double(unique.count)
    return [
      figure("wrong sentences: precision", recall / (recall + alarmRate), atLeast: 0.92),
      figure("wrong sentences: recall", recall, atLeast: 0.60),
      figure("wrong sentences: alarms on references", uniqueRate, below: 0.05),
    ]
  }

  private func normal(_ line: String) -> String {
    line.split(separator: " ").joined(separator: " ")
  }

  private func isFlagged(_ sentence: String) -> Bool {
    checker.check(sentence, mode: .chat).findings.contains { $0.severity != .style }
  }
}
