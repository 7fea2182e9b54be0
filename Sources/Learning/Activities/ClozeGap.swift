import Conversation
import Language
import Yams

/// One gap of a passage: its options in the order of the alphabet, and what else may be typed.
struct ClozeGap: Sendable {
  static let optionCountMax = 4
  private static let optionCount = 3...optionCountMax
  private static let optionLengthMax = 24
  private static let answerCount = 1...6
  private static let wordsMax = 4

  /// What an answer that is no option is kept as.
  static let otherRight = optionCountMax
  static let slip = optionCountMax + 1
  static let otherWrong = optionCountMax + 2
  static let pickCount = optionCountMax + 3

  let options: [String]
  let right: String
  private let accepted: AcceptedAnswers

  init(_ node: Node, _ reader: inout ContentReader) {
    reader.allow(["options", "answers"], in: node)
    let options = reader.texts(
      "options", in: node, count: Self.optionCount, lengthMax: Self.optionLengthMax)
    let answers = reader.texts(
      "answers", in: node, count: Self.answerCount, lengthMax: Self.optionLengthMax)
    if Set(options.map(AnswerText.key)).count != options.count {
      reader.fault(node, "two options are the same")
    }
    if let first = answers.first, !options.contains(first) {
      reader.fault(node, "`answers[0]` is not among the options")
    }
    if answers.dropFirst().contains(where: options.contains) {
      reader.fault(node, "two of the options are right")
    }
    self.options = options.sorted { $0.lowercased() < $1.lowercased() }
    right = answers.first ?? ""
    accepted = AcceptedAnswers(answers)
  }

  /// What `input` is kept as; nil when it is no answer.
  func pick(_ input: Input) -> Int? {
    if let place = OptionAnswer.place(input, among: options, ids: Array(options.indices)) {
      return place
    }
    guard case .text(let text) = input else { return nil }
    switch accepted.match(text) {
    case .exact: return Self.otherRight
    case .slip: return Self.slip
    case nil: break
    }
    // A list is meant for several gaps.
    guard AnswerText.isEnglish(text), AnswerText.words(text).count <= Self.wordsMax,
      !text.contains(where: { ",;/\n".contains($0) })
    else {
      return nil
    }
    return Self.otherWrong
  }

  /// In halves: 2 for right, 1 for a slip.
  func halves(_ pick: Int) -> Int {
    switch pick {
    case Self.otherRight: 2
    case Self.slip: 1
    case _: options.indices.contains(pick) && options[pick] == right ? 2 : 0
    }
  }

  /// What stands in the gap after `pick`.
  func shown(_ pick: Int) -> String {
    switch pick {
    case Self.otherRight, Self.slip: right
    case _: options.indices.contains(pick) ? options[pick] : "…"
    }
  }
}
