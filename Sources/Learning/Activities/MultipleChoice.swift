import Conversation
import Language
import Yams

/// One of three or four options is right.
///
/// Points: right or wrong; half for the right option typed with one slip.
struct MultipleChoice: Activity {
  private static let optionLengthMax = 40

  let head: ActivityHead
  private let question: ChoiceQuestion

  var kind: ActivityKind { .multipleChoice }
  var typedSolution: String { question.right }
  var partCount: Int { question.options.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["options", "answer"], gloss: .needed(level), &reader)
    question = ChoiceQuestion(node, optionLengthMax: Self.optionLengthMax, &reader)
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func marks(in language: LanguageCode) -> [String] {
    [Markup.plain(head.prompt)] + question.options
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(head.text(.askMultipleChoice, turn), choices: question.choices(attempt.order))
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    question.read(input, attempt.order, otherwise: .unclearChoice)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    question.whisper(attempt.order, turn)
  }
}
