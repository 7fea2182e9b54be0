import Language
import Yams

/// Everything that is accepted as an answer, ready to be compared.
struct AcceptedAnswers: Sendable {
  enum Match: Equatable {
    case exact
    /// One slip of spelling.
    case slip
  }

  /// The longest answer that is looked at, in bytes.
  static let bytesMax = 4_000

  let answers: [String]
  private let keys: Set<String>
  private let forms: [String]

  init(_ answers: [String]) {
    self.answers = answers
    keys = Set(answers.flatMap(AnswerText.readings).map(AnswerText.key))
    forms = answers.map(AnswerText.form)
  }

  /// The one that is shown.
  var first: String { answers.first ?? "" }

  func match(_ text: String) -> Match? {
    guard text.utf8.count <= Self.bytesMax else { return nil }
    let said = AnswerText.readings(text).map(AnswerText.key)
    guard said.first?.isEmpty == false else { return nil }
    if said.contains(where: keys.contains) { return .exact }
    let form = AnswerText.form(text)
    return forms.contains { AnswerText.isSlip(form, of: $0) } ? .slip : nil
  }

  /// The answer that is nearest in words, with the way to it.
  func nearest(to text: String) -> (answer: String, alignment: WordAlignment)? {
    let said = AnswerText.words(text)
    return answers.map { ($0, WordAlignment(said: said, right: AnswerText.words($0))) }
      .min { $0.1.distance < $1.1.distance }
  }
}

extension ContentReader {
  /// A list that may be missing.
  mutating func others(
    _ key: String, in node: Node, max: Int, _ lengthMax: Int
  ) -> [String] {
    node[key] == nil ? [] : texts(key, in: node, count: 1...max, lengthMax: lengthMax)
  }
}

extension String {
  /// What lies between the places where `mark` stands.
  func split(around mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }
}
