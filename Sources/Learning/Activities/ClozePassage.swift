import Conversation
import Language
import Yams

/// A passage with several gaps: filled one after another, or all at once as `1b 2a 3c`, or as
/// words with commas between them.
///
/// Points: gaps that are right, of all gaps; a slip of spelling is half a gap. Slips alone are
/// almost right.
struct ClozePassage: Activity {
  private static let passageLengthMax = 500
  private static let gapCount = 3...6

  let head: ActivityHead
  private let gaps: [ClozeGap]
  /// What stands before each gap, and after the last.
  private let parts: [String]

  var kind: ActivityKind { .clozePassage }
  var partCount: Int { 0 }
  var pickCount: Int { ClozeGap.pickCount }
  var typedSolution: String { gaps.map(\.right).joined(separator: ", ") }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["passage", "gaps"], hasPrompt: false, gloss: .needed(level), &reader)
    let passage = reader.text("passage", in: node, lengthMax: Self.passageLengthMax)
    gaps = reader.list("gaps", in: node, count: Self.gapCount).map { ClozeGap($0, &reader) }
    var parts: [String] = []
    var rest = passage
    for number in 1...max(gaps.count, 1) {
      let pieces = rest.split(around: "{\(number)}")
      if pieces.count != 2 { reader.fault(node, "`passage` must have {\(number)} once, in order") }
      parts.append(pieces.first ?? "")
      rest = pieces.dropFirst().joined()
    }
    if rest.contains("{") { reader.fault(node, "`passage` has more marks than `gaps`") }
    self.parts = parts + [rest]
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func marks(in language: LanguageCode) -> [String] { parts }

  func answer(in language: LanguageCode) -> Exercise.Answer {
    .parts(gaps.map(\.right), separator: ", ")
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let open = min(attempt.picked.count, gaps.count - 1)
    var text = ""
    if attempt.picked.isEmpty {
      text = head.text(turn.phrase(LessonPhrase.askCloze), shown: "", turn) + "\n"
    }
    for (index, part) in parts.enumerated() {
      text += Markup.escape(part)
      guard index < gaps.count else { break }
      if index < attempt.picked.count {
        text += "**" + Markup.escape(gaps[index].shown(attempt.picked[index])) + "**"
      } else {
        text += "(\(index + 1)) \\_\\_\\_"
      }
    }
    text += "\n\n" + turn.phrase(LessonPhrase.clozeNext, ["number": .number(open + 1)])
    return Reply(
      text, choices: gaps[open].options.enumerated().map { Choice("o\($0.offset)", $0.element) })
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if attempt.picked.isEmpty, case .text(let text) = input, let all = all(text) {
      return score(all)
    }
    guard attempt.picked.count < gaps.count,
      let pick = gaps[attempt.picked.count].pick(input)
    else { return .unclear(.unclearCloze) }
    let picked = attempt.picked + [pick]
    return picked.count < gaps.count ? .more(picked) : score(picked)
  }

  /// All gaps in one message; nil when it is something else.
  private func all(_ text: String) -> [Int]? {
    if let places = LetteredAnswer.places(
      text, count: gaps.count, below: ClozeGap.optionCountMax)
    {
      return places
    }
    let words = text.split { ",،;؛/\n".contains($0) }.map(String.init)
    guard words.count == gaps.count else { return nil }
    let picks = zip(gaps, words).compactMap { $0.pick(.text($1)) }
    return picks.count == gaps.count ? picks : nil
  }

  private func score(_ picked: [Int]) -> Reading {
    let halves = zip(gaps, picked).map { $0.halves($1) }
    let percent = halves.reduce(0, +) * 50 / gaps.count
    if percent < 100, !halves.contains(0) {
      return .scored(Score(outcome: .almost, percent: percent))
    }
    return .scored(.part(percent: percent))
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let open = gaps[min(attempt.picked.count, gaps.count - 1)]
    return open.options.first { $0 != open.right }.map {
      turn.phrase(LessonPhrase.hintNot, ["option": .text($0)])
    }
  }
}
