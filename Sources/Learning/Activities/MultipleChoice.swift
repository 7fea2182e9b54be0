import Conversation
import Language
import Yams

/// One of three or four options is right.
struct MultipleChoice: Activity {
  private static let optionLengthMax = 40

  let head: ActivityHead
  let options: [String]
  let answer: Int

  var kind: ActivityKind { .multipleChoice }
  var explanation: LocalisedText { head.explanation }
  var typedSolution: String { options.indices.contains(answer) ? options[answer] : "" }
  var partCount: Int { options.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    reader.allow(["type", "prompt", "hint", "options", "answer", "explanation"], in: node)
    head = ActivityHead(node, level: level, &reader)
    options = reader.texts("options", in: node, count: 3...4, lengthMax: Self.optionLengthMax)
    let right = reader.text("answer", in: node, lengthMax: Self.optionLengthMax)
    answer = options.firstIndex(of: right) ?? 0
    if !options.contains(right) { reader.fault(node, "`answer` is not among the options") }
    if Set(options).count != options.count { reader.fault(node, "two options are the same") }
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func isGivenAway(by order: [Int]) -> Bool { false }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(
      head.text(.askMultipleChoice, turn),
      choices: attempt.order.map { Choice("o\($0)", options[$0]) })
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    let shown = attempt.order.map { options[$0] }
    guard let place = OptionAnswer.place(input, among: shown, ids: attempt.order) else {
      return .unclear(.unclearChoice)
    }
    return .scored(attempt.order[place] == answer ? .right : .wrong)
  }
}
