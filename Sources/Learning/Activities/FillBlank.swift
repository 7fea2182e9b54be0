import Conversation
import Language
import Yams

/// A sentence with one gap: chosen from the bank of words, or typed.
struct FillBlank: Activity {
  private static let gap = "___"
  private static let optionLengthMax = 40

  let head: ActivityHead
  let options: [String]
  let answers: [String]
  /// The answers as they are compared.
  private let forms: [String]
  /// The same, each inside the whole sentence.
  private let sentences: [String]
  private let optionForms: [String]
  /// The whole sentence, as markup.
  private let filled: String

  var kind: ActivityKind { .fillBlank }
  var explanation: LocalisedText { head.explanation }
  var typedSolution: String { answers.first ?? "" }
  var partCount: Int { options.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    reader.allow(["type", "prompt", "hint", "options", "answers", "explanation"], in: node)
    head = ActivityHead(node, level: level, &reader)
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
    forms = answers.map(AnswerText.form)
    sentences = answers.map { answer in
      AnswerText.form((answer.hasPrefix("'") ? before.trimmedEnd : before) + answer + after)
    }
    optionForms = options.map(AnswerText.form)
    filled =
      Markup.escape(before) + Markup.escape(answers.first ?? "")
      + Markup.escape(after)
  }

  func solution(in turn: Turn) -> String { filled }

  func isGivenAway(by order: [Int]) -> Bool { false }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(
      head.text(.askFillBlank, turn),
      choices: attempt.order.map { Choice("o\($0)", options[$0]) })
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if case .text(let text) = input, let score = score(AnswerText.form(text)) {
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
  private func score(_ form: String) -> Score? {
    if forms.contains(form) || sentences.contains(form) { return .right }
    if optionForms.contains(form) { return .wrong }
    let isSlip = forms.contains { AnswerText.isSlip(form, of: $0) }
    return isSlip ? .almost : nil
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
