import Conversation
import Language
import Yams

/// One thing to do in a lesson: what it shows, how it understands an answer, and what that is
/// worth. Each type is one file of this folder.
protocol Activity: Sendable {
  var kind: ActivityKind { get }
  /// Why the answer is right, as markup.
  var explanation: LocalisedText { get }
  /// The right answer, as markup.
  func solution(in turn: Turn) -> String
  /// How many parts can be shown in a changed order; 0 for none.
  var partCount: Int { get }

  /// Whether that order would give the answer away.
  func isGivenAway(by order: [Int]) -> Bool
  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply
  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading
  /// A right answer as it can be typed.
  var typedSolution: String { get }
}

/// The types of activity, by the name an author writes.
enum ActivityKind: String, Sendable, CaseIterable {
  case multipleChoice = "multiple_choice"
  case trueFalse = "true_false"
  case fillBlank = "fill_blank"
  case sentenceReordering = "sentence_reordering"
  case vocabularyMatching = "vocabulary_matching"

  func read(
    _ node: Node, level: CEFRLevel, _ reader: inout ContentReader
  ) -> any Activity {
    switch self {
    case .multipleChoice: MultipleChoice(node, level: level, &reader)
    case .trueFalse: TrueFalse(node, level: level, &reader)
    case .fillBlank: FillBlank(node, level: level, &reader)
    case .sentenceReordering: SentenceReordering(node, &reader)
    case .vocabularyMatching: VocabularyMatching(node, &reader)
    }
  }
}

/// Where a person stands in one activity.
struct Attempt: Codable, Sendable, Equatable {
  /// The parts as they are shown; the same until the activity is over.
  var order: [Int]
  /// What has been chosen so far, where an answer takes several messages.
  var picked: [Int] = []

  /// Draws an order that does not give the answer away.
  init(_ activity: any Activity, using random: inout RandomSource) {
    var order = Array(0..<activity.partCount).shuffled(using: &random)
    for _ in 0..<order.count where activity.isGivenAway(by: order) {
      order.append(order.removeFirst())
    }
    self.order = order
  }

  /// Whether it belongs to `activity` as the curriculum has it now.
  func fits(_ activity: any Activity) -> Bool {
    order.sorted() == Array(0..<activity.partCount) && picked.allSatisfy(order.contains)
  }
}

/// What an answer was found to mean.
enum Reading: Equatable {
  /// Neither right nor wrong: say what would be understood, and ask again.
  case unclear(LessonPhrase)
  /// A part of the answer.
  case more([Int])
  case scored(Score)
}

/// What an answer is worth.
struct Score: Equatable, Sendable {
  enum Outcome: String, Sendable {
    case right
    /// One slip of spelling.
    case almost
    case partial
    case wrong
    case skipped
  }

  /// A slip of spelling is worth half (practice, not an exam).
  static let almostPercent = 50

  let outcome: Outcome
  let percent: Int

  static let right = Score(outcome: .right, percent: 100)
  static let almost = Score(outcome: .almost, percent: almostPercent)
  static let wrong = Score(outcome: .wrong, percent: 0)
  static let skipped = Score(outcome: .skipped, percent: 0)

  static func part(_ right: Int, of all: Int) -> Score {
    if right >= all { return .right }
    return right <= 0 ? .wrong : Score(outcome: .partial, percent: right * 100 / all)
  }
}

/// The head that most activities share: a prompt, its gloss for those who need one, the reason.
struct ActivityHead: Sendable {
  /// As markup.
  let prompt: String
  let hint: LocalisedText
  let explanation: LocalisedText

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    prompt = Markup.escape(
      reader.text("prompt", in: node, lengthMax: LessonReader.promptLengthMax))
    if node["hint"] == nil {
      hint = LocalisedText([:])
      if level <= .a1 { reader.fault(node, "needs a `hint` at \(level.rawValue)") }
    } else {
      hint = reader.translated(
        "hint", in: node, required: [.persian], lengthMax: LessonReader.promptLengthMax
      ).map(Markup.escape)
    }
    explanation = Self.explanation(node, &reader)
  }

  static func explanation(_ node: Node, _ reader: inout ContentReader) -> LocalisedText {
    reader.translated(
      "explanation", in: node, required: LessonReader.both,
      lengthMax: LessonReader.explanationLengthMax
    ).map(Markup.escape)
  }

  /// The prompt in bold under `instruction`, with the gloss below it.
  func text(_ instruction: LessonPhrase, _ turn: Turn) -> String {
    var text = turn.phrase(instruction) + "\n**" + prompt + "**"
    if let hint = hint.exactly(turn.person.language) { text += "\n" + hint }
    return text
  }
}
