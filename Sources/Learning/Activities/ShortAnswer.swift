import Conversation
import Language
import Yams

/// A question answered in one's own words.
///
/// Points: right for an accepted answer, alone or inside a sentence, half for one slip of it. With
/// key points the share of them that was mentioned.
struct ShortAnswer: Activity {
  private static let answerLengthMax = 80
  private static let answerCount = 1...12
  private static let keyPointCount = 1...4
  /// How many words may stand around an accepted answer.
  private static let aroundMax = 8
  private static let answerWordsMax = 60
  /// Words that turn an answer into its opposite.
  private static let denials: Set<String> = ["not", "no", "never", "nobody", "nothing", "without"]

  let head: ActivityHead
  private let accepted: AcceptedAnswers
  private let answerWords: [[String]]
  private let keyPoints: KeyPoints?

  var kind: ActivityKind { .shortAnswer }
  var typedSolution: String { accepted.first }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["answers", "key_points"], gloss: .needed(level), &reader)
    let answers = reader.texts(
      "answers", in: node, count: Self.answerCount, lengthMax: Self.answerLengthMax)
    accepted = AcceptedAnswers(answers)
    answerWords = answers.map(Self.words)
    keyPoints =
      node["key_points"] == nil
      ? nil
      : KeyPoints(reader.list("key_points", in: node, count: Self.keyPointCount), &reader)
    if Set(answers.map(AnswerText.key)).count != answers.count {
      reader.fault(node, "two answers are the same")
    }
    if let keyPoints, let first = answers.first, keyPoints.found(in: first) < keyPoints.count {
      reader.fault(node, "`answers[0]` lacks a key point")
    }
  }

  /// Articles may be left out.
  private static func words(_ text: String) -> [String] {
    AnswerText.words(text).filter { !["a", "an", "the"].contains($0) }
  }

  func solution(in turn: Turn) -> String { Markup.escape(accepted.first) }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(head.text(.askShortAnswer, turn), acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) || AnswerText.hasDigit(text),
      text.split(separator: " ").count <= Self.answerWordsMax
    else { return .unclear(.unclearEnglish) }
    let match = accepted.match(text)
    if match == .exact { return .scored(.right) }
    let said = Self.words(text)
    if answerWords.contains(where: { isInside($0, said) }) { return .scored(.right) }
    if let keyPoints {
      return .scored(.part(keyPoints.found(in: text), of: keyPoints.count))
    }
    return .scored(match == .slip ? .almost : .wrong)
  }

  private func isInside(_ answer: [String], _ said: [String]) -> Bool {
    guard said.count <= answer.count + Self.aroundMax,
      Self.denials.intersection(said).isSubset(of: answer)
    else { return false }
    return !WordAlignment.places(of: answer, in: said).isEmpty
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let words = accepted.first.split(separator: " ")
    let first = words.first.map(String.init) ?? ""
    let shown = words.count > 1 ? first : String(first.prefix(max(1, first.count / 3)))
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(shown)])
  }
}
