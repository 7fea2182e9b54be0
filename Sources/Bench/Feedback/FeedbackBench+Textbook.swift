import Feedback
import Foundation

extension FeedbackBench {
  private struct Items: Decodable {
    let items: [Item]
  }
  private struct Item: Decodable {
    let category: String
    let wrong: String
    let right: [String]
  }

  /// Sentences corrected exactly, the worst category, and false alarms on the right sentences.
  func textbook(_ file: URL, _ name: String) throws -> [Figure] {
    let items = try JSONDecoder().decode(Items.self, from: Data(contentsOf: file)).items
    var found: [String: (right: Int, all: Int)] = [:]
    for item in items {
      let corrected = collapsed(checker.check(item.wrong, mode: .chat).corrected)
      let isRight = item.right.contains { collapsed($0) == corrected }
      found[item.category, default: (0, 0)].all += 1
      if isRight { found[item.category, default: (0, 0)].right += 1 }
    }
    let right = found.values.map(\.right).reduce(0, +)
    let worst = found.values.map { Double($0.right) / Double($0.all) }.min() ?? 0
    let alarms = Set(items.flatMap(\.right)).filter {
      !checker.check($0, mode: .chat).findings.isEmpty
    }
    return [
      figure(
        "\(name): exact of \(items.count)", Double(right) / Double(items.count), atLeast: 0.90),
      figure("\(name): worst category", worst, atLeast: 0.60),
      figure("\(name): false alarms on controls", Double(alarms.count), below: 0),
    ]
  }

  private func collapsed(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ")
  }
}
