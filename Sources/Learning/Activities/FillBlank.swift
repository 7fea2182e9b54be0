import Conversation
import Language
import Yams

/// A sentence with one gap: chosen from the bank of words, or typed.
///
/// Points: right, alone or in the whole sentence; half for one slip of spelling.
struct FillBlank: Activity {
  private static let gap = "___"
  private static let optionLengthMax = 40

  let head: ActivityHead
  let options: [String]
  let answers: [String]
  private let accepted: AcceptedAnswers
  /// The answers inside the whole sentence.
  private let sentences: AcceptedAnswers
  private let optionForms: [String]
  /// The whole sentence, as markup.
  private let filled: String

  var kind: ActivityKind { .fillBlank }
  var typedSolution: String { answers.first ?? "" }
  var partCount: Int { options.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["options", "answers"], gloss: .needed(level), &reader)
    options = reader.texts("options", in: node, count: 3...4, lengthMax: Self.optionLengthMax)
    answers = reader.texts("answers", in: node, count: 1...12, lengthMax: Self.optionLengthMax)
    let prompt = Markup.plain(head.prompt)
    let parts = prompt.split(separator: Self.gap, omittingEmptySubsequences: false)
    if parts.count != 2 { reader.fault(node, "`prompt` must have exactly one ___") }
    if Set(options).count != options.count { reader.fault(node, "two options are the same") }
    if let first = answers.first, !options.contains(first) {
      reader.fault(node, "`answers[0]` is not among the options")
    }
    if answers.dropFirst().contains(where: options.contains) {
      reader.fault(node, "two of the options are right")
    }
    let before = String(parts.first ?? "")
    let after = String(parts.dropFirst().first ?? "")
    accepted = AcceptedAnswers(answers)
    sentences = AcceptedAnswers(
      answers.map { ($0.hasPrefix("'") ? before.trimmedEnd : before) + $0 + after })
    optionForms = options.map(AnswerText.form)
    filled =
      Markup.escape(before) + Markup.escape(answers.first ?? "")
      + Markup.escape(after)
  }

  func solution(in turn: Turn) -> String { filled }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(
      head.text(.askFillBlank, turn),
      choices: attempt.order.map { Choice("o\($0)", options[$0]) })
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if case .text(let text) = input, let score = score(text) {
      return .scored(score)
    }
    let shown = attempt.order.map { options[$0] }
    if let place = OptionAnswer.place(input, among: shown, ids: attempt.order) {
      return .scored(options[attempt.order[place]] == answers.first ? .right : .wrong)
    }
    guard case .text(let text) = input else { return .unclear(.unclearBlank) }
    let form = AnswerText.form(text)
    let words = form.split(separator: " ").count
    let isWords = form.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic }
    // A question back, another language or an essay is no attempt at one word.
    return isWords && words <= Self.wordsMax ? .scored(.wrong) : .unclear(.unclearBlank)
  }

  private static let wordsMax = 4

  /// Nil when the text is not known to be an answer.
  private func score(_ text: String) -> Score? {
    let match = accepted.match(text)
    if match == .exact || sentences.match(text) == .exact { return .right }
    if optionForms.contains(AnswerText.form(text)) { return .wrong }
    return match == .slip ? .almost : nil
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    attempt.order.first { options[$0] != answers.first }.map {
      turn.phrase(LessonPhrase.hintNot, ["option": .text(options[$0])])
    }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
