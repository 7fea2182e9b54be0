import Conversation
import Language
import Yams

/// A statement that holds or not.
///
/// Points: right or wrong.
struct TrueFalse: Activity {
  private static let trueID = "true"
  private static let falseID = "false"

  let head: ActivityHead
  let answer: Bool

  var kind: ActivityKind { .trueFalse }
  var typedSolution: String { answer ? "true" : "false" }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["answer"], gloss: .needed(level), &reader)
    answer = reader.boolean("answer", in: node)
  }

  func solution(in turn: Turn) -> String {
    turn.phrase(answer ? LessonPhrase.trueButton : .falseButton)
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    Reply(
      head.text(.askTrueFalse, turn),
      choices: [
        Choice(Self.trueID, turn.phrase(LessonPhrase.trueButton)),
        Choice(Self.falseID, turn.phrase(LessonPhrase.falseButton)),
      ])
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard let said = said(input, turn) else { return .unclear(.unclearBoolean) }
    return .scored(said == answer ? .right : .wrong)
  }

  private func said(_ input: Input, _ turn: Turn) -> Bool? {
    switch input {
    case .choice(Self.trueID): return true
    case .choice(Self.falseID): return false
    case .text(let text):
      let word = TypedAnswer.normalise(text)
      if turn.phrasebook.matches(word, word: "true") { return true }
      return turn.phrasebook.matches(word, word: "false") ? false : nil
    case .choice, .attachment, .location, .contact, .unsupported, .finished, .failed, .timer:
      return nil
    }
  }
}
