import Conversation
import Language
import Yams

/// A sentence with a mistake, to be written as it should be.
///
/// Points: right for the whole sentence or the part of it that changes, half for one slip of
/// spelling; otherwise how much of the way from the wrong sentence to the nearest right one has
/// been gone, in words.
struct GrammarCorrection: Activity {
  private static let sentenceLengthMax = 160
  private static let answerCount = 1...8
  private static let mistakesMax = 3
  /// More words than this and the learner is talking about something else.
  private static let extraWordsMax = 12

  let head: ActivityHead
  private let sentence: String
  private let words: [String]
  private let accepted: AcceptedAnswers
  /// For each answer its words and where it differs from the wrong sentence.
  private let changes: [Change]

  private struct Change: Sendable {
    let words: [String]
    let changed: Range<Int>
    let distance: Int
  }

  var kind: ActivityKind { .grammarCorrection }
  var typedSolution: String { accepted.first }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["sentence", "answers"], hasPrompt: false, gloss: .needed(level), &reader)
    sentence = reader.text("sentence", in: node, lengthMax: Self.sentenceLengthMax)
    let answers = reader.texts(
      "answers", in: node, count: Self.answerCount, lengthMax: Self.sentenceLengthMax)
    accepted = AcceptedAnswers(answers)
    let words = AnswerText.words(sentence)
    changes = answers.map { Self.change(from: words, to: AnswerText.words($0)) }
    self.words = words
    if changes.contains(where: { $0.distance == 0 }) {
      reader.fault(node, "an answer has the same words as the sentence")
    }
    if Set(answers.map(AnswerText.key)).count != answers.count {
      reader.fault(node, "two answers are the same")
    }
    let hunks = Self.hunkCount(WordAlignment(said: words, right: changes.first?.words ?? []))
    if hunks > Self.mistakesMax {
      reader.fault(node, "has \(hunks) mistakes, \(Self.mistakesMax) are allowed")
    }
  }

  private static func hunkCount(_ alignment: WordAlignment) -> Int {
    alignment.steps.split { if case .same = $0 { true } else { false } }.count
  }

  private static func change(from wrong: [String], to right: [String]) -> Change {
    let alignment = WordAlignment(said: wrong, right: right)
    let start = zip(wrong, right).prefix { $0 == $1 }.count
    let left = min(wrong.count, right.count) - start
    let end = zip(wrong.reversed(), right.reversed()).prefix { $0 == $1 }.count
    return Change(
      words: right, changed: start..<(right.count - min(end, left)), distance: alignment.distance)
  }

  func solution(in turn: Turn) -> String { Markup.escape(accepted.first) }

  func marks(in language: LanguageCode) -> [String] { [sentence] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(
      head.text(turn.phrase(LessonPhrase.askCorrection), shown: Markup.escape(sentence), turn),
      acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) else {
      return .unclear(.unclearCorrection)
    }
    switch accepted.match(text) {
    case .exact: return .scored(.right)
    case .slip: return .scored(.almost)
    case nil: break
    }
    let said = AnswerText.words(text)
    if changes.contains(where: { isPart(said, of: $0) }) { return .scored(.right) }
    guard said.count <= words.count + Self.extraWordsMax,
      let near = accepted.nearest(to: text)
    else { return .unclear(.unclearCorrection) }
    return .scored(score(near.alignment).with(Difference(near.alignment)))
  }

  private func score(_ alignment: WordAlignment) -> Score {
    let way = changes.map(\.distance).min() ?? 0
    guard way > 0 else { return .wrong }
    return .part(percent: min(99, (way - alignment.distance) * 100 / way))
  }

  /// Whether these words are a run of the right sentence that holds all that changes, and are not
  /// to be found in the wrong one.
  private func isPart(_ said: [String], of change: Change) -> Bool {
    guard !said.isEmpty, said.count <= change.words.count else { return false }
    let holds = WordAlignment.places(of: said, in: change.words).contains { start in
      let end = start + said.count
      return start <= change.changed.lowerBound && end >= change.changed.upperBound
    }
    return holds && WordAlignment.places(of: said, in: words).isEmpty
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    guard let change = changes.first else { return nil }
    let alignment = WordAlignment(said: words, right: change.words)
    for (place, step) in alignment.steps.enumerated() {
      switch step {
      case .same: continue
      case .other(let said, _), .extra(let said):
        return turn.phrase(LessonPhrase.hintLook, ["text": .text(said)])
      case .missing:
        guard place > 0, case .same(let before) = alignment.steps[place - 1] else { return nil }
        return turn.phrase(LessonPhrase.hintAfter, ["text": .text(before)])
      }
    }
    return nil
  }
}
