import Conversation
import Language
import Yams

/// A conversation with one line, or a part of it, left out: chosen, or typed.
///
/// Points: right or wrong; half for a right line typed with one slip.
struct DialogueCompletion: Activity {
  private static let lineCount = 2...6
  private static let speakerLengthMax = 20
  private static let textLengthMax = 120
  private static let optionLengthMax = 60
  private static let acceptsMax = 8
  static let gap = "___"

  let head: ActivityHead
  private let question: ChoiceQuestion
  private let accepted: AcceptedAnswers
  /// As markup.
  private let lines: String

  var kind: ActivityKind { .dialogueCompletion }
  var typedSolution: String { question.right }
  var partCount: Int { question.options.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["lines", "options", "answer", "accepts"], hasPrompt: false,
      gloss: .needed(level), &reader)
    let nodes = reader.list("lines", in: node, count: Self.lineCount)
    let lines = nodes.map { line in
      reader.allow(["speaker", "text"], in: line)
      return (
        speaker: reader.text("speaker", in: line, lengthMax: Self.speakerLengthMax),
        text: reader.text("text", in: line, lengthMax: Self.textLengthMax)
      )
    }
    let gaps = lines.reduce(0) { $0 + $1.text.split(around: Self.gap).count - 1 }
    if gaps != 1 { reader.fault(node, "`lines` must have exactly one ___") }
    question = ChoiceQuestion(node, optionLengthMax: Self.optionLengthMax, &reader)
    let others = reader.others("accepts", in: node, max: Self.acceptsMax, Self.optionLengthMax)
    accepted = AcceptedAnswers([question.right] + others)
    if others.contains(where: question.options.contains) {
      reader.fault(node, "two of the options are right")
    }
    self.lines = lines.map {
      "**\(Markup.escape($0.speaker))**: \(Markup.escape($0.text))"
    }.joined(separator: "\n")
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func marks(in language: LanguageCode) -> [String] { [Markup.plain(lines)] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let text = turn.phrase(LessonPhrase.askDialogue) + "\n" + lines
    return Reply(
      head.text(text, shown: "", turn), choices: question.choices(attempt.order))
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if case .text(let text) = input, accepted.match(text) == .exact { return .scored(.right) }
    let reading = question.read(input, attempt.order, otherwise: .unclearChoice)
    guard case .unclear = reading, case .text(let text) = input else { return reading }
    if accepted.match(text) == .slip { return .scored(.almost) }
    return reading
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    question.whisper(attempt.order, turn)
  }
}
