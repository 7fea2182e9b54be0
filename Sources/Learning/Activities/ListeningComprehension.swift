import Conversation
import Language
import Yams

/// A question about something that is heard. Where there is no sound it is read.
///
/// Points: right or wrong; half for the right option typed with one slip.
struct ListeningComprehension: Activity {
  static let speechLengthMax = 300
  private static let optionLengthMax = 40
  private static let speakerLengthMax = 15

  let head: ActivityHead
  let spoken: String
  private let question: ChoiceQuestion

  var kind: ActivityKind { .listeningComprehension }
  var typedSolution: String { question.right }
  var partCount: Int { question.options.count }
  var speech: String? { spoken }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["speech", "options", "answer"], gloss: .needed(level), &reader)
    spoken = reader.text("speech", in: node, lengthMax: Self.speechLengthMax)
    question = ChoiceQuestion(node, optionLengthMax: Self.optionLengthMax, &reader)
    let names = spoken.split(separator: "\n").compactMap { $0.firstIndex(of: ":").map($0.prefix) }
    if names.contains(where: { $0.count <= Self.speakerLengthMax && !$0.contains(" ") }) {
      reader.fault(node, "`speech` would read out the name of a speaker")
    }
  }

  /// With what was heard.
  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func marks(in language: LanguageCode) -> [String] {
    [Markup.plain(head.prompt)] + question.options
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let instruction =
      attempt.hasSound
      ? turn.phrase(LessonPhrase.askListening)
      : turn.phrase(LessonPhrase.askListeningRead) + "\n_“" + Markup.escape(spoken) + "”_\n"
    return Reply(
      head.text(instruction, shown: head.prompt, turn), choices: question.choices(attempt.order))
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    question.read(input, attempt.order, otherwise: .unclearChoice)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    question.whisper(attempt.order, turn)
  }
}

extension StringProtocol {
  fileprivate func prefix(_ end: Index) -> String { String(self[..<end]) }
}
