import Language
import Yams

/// Everything that is accepted as an answer. It is brought into the form that is compared when
/// somebody answers: done beforehand, for all lessons, it would be a tenth of the start.
struct AcceptedAnswers: Sendable {
  enum Match: Equatable {
    case exact
    /// One slip of spelling.
    case slip
  }

  /// The longest answer that is looked at, in bytes.
  static let bytesMax = 4_000

  let answers: [String]

  init(_ answers: [String]) { self.answers = answers }

  /// The one that is shown.
  var first: String { answers.first ?? "" }

  func match(_ text: String) -> Match? {
    guard text.utf8.count <= Self.bytesMax else { return nil }
    let said = AnswerText.readings(text).map(AnswerText.key)
    guard said.first?.isEmpty == false else { return nil }
    let isExact = answers.contains { answer in
      AnswerText.readings(answer).contains { said.contains(AnswerText.key($0)) }
    }
    if isExact { return .exact }
    let form = AnswerText.form(text)
    return answers.contains { AnswerText.isSlip(form, of: AnswerText.form($0)) } ? .slip : nil
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
