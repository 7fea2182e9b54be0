package import Feedback
package import Foundation

/// Measures the built-in check of English: on essay sentences (JFLEG), textbook errors,
/// misspellings (TOEFL-Spell), time and memory. The corpora are read where they are; nothing of
/// them is kept or printed.
package struct FeedbackBench {
  package struct Figure: Sendable {
    package let name: String
    package let value: Double
    /// The goal; nil where there is none. Times and memory want to be below it, all else at or
    /// above it.
    package let goal: Double?
    package let wantsLess: Bool
  }

  let data: URL
  let vectors: URL
  let own: URL?
  let checker: TextChecker

  /// `shared` holds `data` and `vectors`; `own` is a further file of textbook errors, which the
  /// rules know.
  package init(shared: URL, own: URL?, checker: TextChecker) {
    data = shared.appending(path: "data")
    vectors = shared.appending(path: "vectors")
    self.own = own
    self.checker = checker
  }

  package func run() throws -> [Figure] {
    let before = Self.residentMegabytes()
    let start = ContinuousClock.now
    try checker.load()
    var figures = [
      figure("load, ms", Self.milliseconds(since: start), below: 300)
    ]
    figures += try essays()
    figures += try textbook(vectors.appending(path: "learner-errors.json"), "textbook")
    if let own { figures += try textbook(own, "textbook, own sentences") }
    figures += try spelling()
    figures.append(figure("memory of the engine, MB", Self.residentMegabytes() - before, below: 80))
    return figures
  }

  func figure(_ name: String, _ value: Double, atLeast goal: Double? = nil) -> Figure {
    Figure(name: name, value: value, goal: goal, wantsLess: false)
  }

  func figure(_ name: String, _ value: Double, below goal: Double) -> Figure {
    Figure(name: name, value: value, goal: goal, wantsLess: true)
  }

  func lines(_ path: String) throws -> [String] {
    let text = try String(contentsOf: data.appending(path: path), encoding: .utf8)
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    Double((ContinuousClock.now - start) / .microseconds(1)) / 1_000
  }

  /// What the process holds in memory (Linux; 0 elsewhere).
  private static func residentMegabytes() -> Double {
    // Other systems have no such file, and then the figure is 0.
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    let fields = text.split(separator: " ")
    return fields.count > 1 ? (Double(fields[1]) ?? 0) * 4_096 / 1_048_576 : 0
  }
}
