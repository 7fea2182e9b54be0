import Conversation
import Language
import Yams

/// Some options of which one is right. A typed option with one slip of spelling is almost right,
/// when it cannot mean another one.
struct ChoiceQuestion: Sendable {
  let options: [String]
  let answer: Int

  var right: String { options.indices.contains(answer) ? options[answer] : "" }

  init(options: [String], right: String, at node: Node, _ reader: inout ContentReader) {
    self.options = options
    answer = options.firstIndex(of: right) ?? 0
    if !options.contains(right) { reader.fault(node, "`answer` is not among the options") }
    if Set(options.map(AnswerText.key)).count != options.count {
      reader.fault(node, "two options are the same")
    }
  }

  init(_ node: Node, optionLengthMax: Int, _ reader: inout ContentReader) {
    let options = reader.texts("options", in: node, count: 3...4, lengthMax: optionLengthMax)
    let right = reader.text("answer", in: node, lengthMax: optionLengthMax)
    self.init(options: options, right: right, at: node, &reader)
  }

  func choices(_ order: [Int]) -> [Choice] {
    order.filter(options.indices.contains).map { Choice("o\($0)", options[$0]) }
  }

  /// - Parameter otherwise: what to say when the input is none of the options.
  func read(_ input: Input, _ order: [Int], otherwise: LessonPhrase) -> Reading {
    let shown = order.map { options[$0] }
    if let place = OptionAnswer.place(input, among: shown, ids: order) {
      return .scored(order[place] == answer ? .right : .wrong)
    }
    guard case .text(let text) = input, text.utf8.count <= Self.typedBytesMax else {
      return .unclear(otherwise)
    }
    let form = AnswerText.form(text)
    let near = order.filter { AnswerText.isSlip(form, of: AnswerText.form(options[$0])) }
    guard near.count == 1 else { return .unclear(otherwise) }
    return .scored(near[0] == answer ? .almost : .wrong)
  }

  /// Longer than any option.
  private static let typedBytesMax = 400

  /// A hint that takes one wrong option away.
  func whisper(_ order: [Int], _ turn: Turn) -> String? {
    order.first { $0 != answer }.map {
      turn.phrase(LessonPhrase.hintNot, ["option": .text(options[$0])])
    }
  }
}

/// A question for those who cannot do what the activity asks where they are.
struct InsteadQuestion: Sendable {
  private static let promptLengthMax = 160
  private static let optionLengthMax = 40

  /// As markup.
  let prompt: String
  let question: ChoiceQuestion

  init(_ node: Node, _ reader: inout ContentReader) {
    reader.allow(["prompt", "options", "answer"], in: node)
    prompt = Markup.escape(reader.text("prompt", in: node, lengthMax: Self.promptLengthMax))
    question = ChoiceQuestion(node, optionLengthMax: Self.optionLengthMax, &reader)
  }
}
