/// The shortest way from what was said to what is right, word by word. Of two equally short ways
/// the one that keeps most words is taken.
package struct WordAlignment: Equatable, Sendable {
  package enum Step: Equatable, Sendable {
    case same(String)
    case other(said: String, right: String)
    /// Missing in what was said.
    case missing(String)
    /// Too much in what was said.
    case extra(String)
  }

  /// Longer texts are compared no further than this.
  static let wordsMax = 400

  package let steps: [Step]
  let rightCount: Int

  package var distance: Int { steps.count { if case .same = $0 { false } else { true } } }
  package var hits: Int { steps.count - distance }
  var extras: Int { steps.count { if case .extra = $0 { true } else { false } } }

  /// The word error rate: substitutions, deletions and insertions per word of what is right. It
  /// can exceed 1. With nothing right it is 0 for nothing said and 1 for anything.
  package var errorRate: Double {
    rightCount > 0 ? Double(distance) / Double(rightCount) : (steps.isEmpty ? 0 : 1)
  }

  package init(said: [String], right: [String]) {
    let said = said.prefix(Self.wordsMax)
    let right = right.prefix(Self.wordsMax)
    rightCount = right.count
    let costs = Self.costs(Array(said), Array(right))
    var steps: [Step] = []
    var row = said.count
    var column = right.count
    while row > 0 || column > 0 {
      let here = costs[row][column]
      if row > 0, column > 0, said[row - 1] == right[column - 1],
        here == costs[row - 1][column - 1] - 1
      {
        steps.append(.same(right[column - 1]))
        (row, column) = (row - 1, column - 1)
      } else if row > 0, column > 0, here == costs[row - 1][column - 1] + Self.change {
        steps.append(.other(said: said[row - 1], right: right[column - 1]))
        (row, column) = (row - 1, column - 1)
      } else if column > 0, here == costs[row][column - 1] + Self.change {
        steps.append(.missing(right[column - 1]))
        column -= 1
      } else {
        steps.append(.extra(said[row - 1]))
        row -= 1
      }
    }
    self.steps = steps.reversed()
  }

  /// Where these words begin to stand one after another.
  static func places(of words: [String], in text: [String]) -> [Int] {
    guard !words.isEmpty, words.count <= text.count else { return [] }
    return (0...(text.count - words.count)).filter { start in
      text[start..<(start + words.count)].elementsEqual(words)
    }
  }

  /// So much more than all the words that can be kept that only equally short ways are told
  /// apart by those.
  private static let change = wordsMax + 1

  /// How far each beginning of one is from each beginning of the other, less what is kept.
  private static func costs<Part: Equatable>(_ said: [Part], _ right: [Part]) -> [[Int]] {
    var costs = [(0...right.count).map { $0 * change }]
    for row in 0..<said.count {
      var line = [(row + 1) * change]
      line.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        let pair = costs[row][column] + (said[row] == right[column] ? -1 : change)
        line.append(min(pair, costs[row][column + 1] + change, line[column] + change))
      }
      costs.append(line)
    }
    return costs
  }
}
