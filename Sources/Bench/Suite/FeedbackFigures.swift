import Feedback
import Foundation

/// The figures of the built-in check of English. The corpora lie beside the repository where it is
/// developed; elsewhere this says that they are missing.
struct FeedbackFigures {
  private static let own = "Tests/FeedbackTests/textbook-errors.json"

  let root: String

  func run() throws {
    let root = URL(filePath: root)
    let shared = root.appending(path: "../shared").standardizedFileURL
    let files = FileManager.default
    guard files.fileExists(atPath: shared.appending(path: "data/jfleg/dev/dev.src").path) else {
      print("not measured: the corpora are not beside the repository (../shared/data)")
      return
    }
    let own = root.appending(path: Self.own)
    let checker = try TextChecker(lexicon: root.appending(path: "Lexicon"))
    let bench = FeedbackBench(
      shared: shared, own: files.fileExists(atPath: own.path) ? own : nil,
      checker: checker)
    for figure in try bench.run() { show(figure) }
  }

  private func show(_ figure: FeedbackBench.Figure) {
    guard let goal = figure.goal else {
      print("\(figure.name): \(BenchmarkTable.decimal(figure.value, places: 2))")
      return
    }
    // Three places: precision and recall are judged by the third.
    let value = BenchmarkTable.decimal(figure.value, places: 3)
    let isMet = figure.wantsLess ? figure.value <= goal : figure.value >= goal
    let sign = figure.wantsLess ? "≤" : "≥"
    print("\(figure.name): \(value)  \(sign) \(goal.formatted())  \(isMet ? "met" : "missed")")
  }
}
