/// What a sentence is worth that was heard and written, or read and said.
///
/// Points: the words that are right of all words; an extra word takes one away, a slip of spelling
/// is half a word. One slip and nothing else is almost right. Of several accepted ways to write it
/// the one that brings most counts.
enum Transcription {
  static func score(_ text: String, of accepted: AcceptedAnswers) -> Score {
    if accepted.match(text) == .exact { return .right }
    let said = AnswerText.words(text)
    let scores = accepted.answers.map { score(said, AnswerText.words($0)) }
    return scores.max { $0.percent < $1.percent } ?? .wrong
  }

  private static func score(_ said: [String], _ right: [String]) -> Score {
    let alignment = WordAlignment(said: said, right: right)
    guard alignment.distance > 0, !right.isEmpty else { return .right }
    let slips = alignment.steps.count { step in
      guard case .other(let said, let right) = step else { return false }
      return AnswerText.isSlip(said, of: right)
    }
    let difference = Difference(alignment)
    if slips == 1, alignment.distance == 1 { return Score.almost.with(difference) }
    let halves = alignment.hits * 2 + slips - alignment.extras * 2
    return Score.part(percent: halves * 50 / right.count).with(difference)
  }
}
