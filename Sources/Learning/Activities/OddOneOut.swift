import Conversation
import Language
import Yams

/// One of some words lacks what the others share.
///
/// Points: right or wrong; half for the right word typed with one slip.
struct OddOneOut: Activity {
  private static let wordCount = 4...5
  private static let wordLengthMax = 24

  let head: ActivityHead
  private let question: ChoiceQuestion

  var kind: ActivityKind { .oddOneOut }
  var typedSolution: String { question.right }
  var partCount: Int { question.options.count }

  init(_ node: Node, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["words", "answer"], hasPrompt: false, gloss: .optional, &reader)
    let words = reader.texts(
      "words", in: node, count: Self.wordCount, lengthMax: Self.wordLengthMax)
    let right = reader.text("answer", in: node, lengthMax: Self.wordLengthMax)
    question = ChoiceQuestion(options: words, right: right, at: node, &reader)
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func marks(in language: LanguageCode) -> [String] { question.options }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(head.text(.askOddOneOut, turn), choices: question.choices(attempt.order))
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    question.read(input, attempt.order, otherwise: .unclearChoice)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    question.whisper(attempt.order, turn)
  }
}
