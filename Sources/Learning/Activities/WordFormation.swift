import Conversation
import Language
import Yams

/// A word to be put into the form that a sentence needs.
///
/// Points: right, alone or in the whole sentence; half for one slip of spelling.
struct WordFormation: Activity {
  static let gap = "___"
  private static let rootLengthMax = 20
  private static let answerLengthMax = 30
  private static let answerCount = 1...6
  /// A question back or an essay is no attempt at one word.
  private static let wordsMax = 4

  let head: ActivityHead
  private let root: String
  private let accepted: AcceptedAnswers
  private let sentences: AcceptedAnswers
  /// As markup.
  private let filled: String

  var kind: ActivityKind { .wordFormation }
  var typedSolution: String { accepted.first }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["root", "answers"], gloss: .needed(level), &reader)
    root = reader.text("root", in: node, lengthMax: Self.rootLengthMax)
    let answers = reader.texts(
      "answers", in: node, count: Self.answerCount, lengthMax: Self.answerLengthMax)
    accepted = AcceptedAnswers(answers)
    let parts = Markup.plain(head.prompt).split(around: Self.gap)
    if parts.count != 2 { reader.fault(node, "`prompt` must have exactly one ___") }
    if answers.map(AnswerText.key).contains(AnswerText.key(root)) {
      reader.fault(node, "`root` is among the answers")
    }
    sentences = AcceptedAnswers(answers.map { parts.joined(separator: $0) })
    filled = Markup.escape(parts.joined(separator: answers.first ?? ""))
  }

  func solution(in turn: Turn) -> String { filled }

  func marks(in language: LanguageCode) -> [String] { [Markup.plain(head.prompt), root] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let instruction = turn.phrase(LessonPhrase.askWordFormation, ["root": .text(root)])
    return Reply(head.text(instruction, shown: head.prompt, turn), acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) else {
      return .unclear(.unclearBlank)
    }
    if sentences.match(text) == .exact { return .scored(.right) }
    switch accepted.match(text) {
    case .exact: return .scored(.right)
    case .slip where AnswerText.key(text) != AnswerText.key(root): return .scored(.almost)
    case .slip, nil: break
    }
    return AnswerText.words(text).count <= Self.wordsMax
      ? .scored(.wrong) : .unclear(.unclearBlank)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    // What the root does not say already.
    let shown = accepted.first.prefix(max(1, accepted.first.count * 2 / 3))
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(String(shown))])
  }
}
