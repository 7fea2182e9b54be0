import Conversation

/// Where an answer differs from the right one, to be shown.
struct Difference: Equatable, Sendable {
  /// More would be a second text.
  private static let shownMax = 4

  private(set) var steps: [WordAlignment.Step] = []

  init() {}

  /// - Parameter alignment: between what was said and what is right.
  init(_ alignment: WordAlignment) {
    steps = alignment.steps.filter { if case .same = $0 { false } else { true } }
  }

  /// One line as markup; nil when there is nothing to show, or so much that the whole answer is
  /// easier to read.
  func text(in turn: Turn) -> String? {
    guard !steps.isEmpty, steps.count <= Self.shownMax else { return nil }
    return steps.compactMap { step in
      switch step {
      case .same: nil
      case .other(let said, let right):
        turn.phrase(LessonPhrase.differenceOther, ["said": .text(said), "right": .text(right)])
      case .missing(let right):
        turn.phrase(LessonPhrase.differenceMissing, ["right": .text(right)])
      case .extra(let said):
        turn.phrase(LessonPhrase.differenceExtra, ["said": .text(said)])
      }
    }.joined(separator: " ")
  }
}
