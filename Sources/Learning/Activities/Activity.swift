import Conversation
import Language

/// One thing to do in a lesson: what it shows, how it understands an answer, and what that is
/// worth. Each type is one file of this folder, and its docstring states the rule of its points.
protocol Activity: Sendable {
  var kind: ActivityKind { get }
  /// What most of them share, the reason why the answer is right above all.
  var head: ActivityHead { get }
  /// The right answer, as markup.
  func solution(in turn: Turn) -> String
  /// How many parts can be shown in a changed order; 0 for none.
  var partCount: Int { get }
  /// How many different things can be chosen in each step of an answer of several messages.
  var pickCount: Int { get }
  /// What is spoken to the learner; nil where nothing is.
  var speech: String? { get }
  /// How a voice message is scored; nil where the answer cannot be spoken.
  var voiceTask: VoiceTask? { get }

  /// Whether that order would give the answer away.
  func isGivenAway(by order: [Int]) -> Bool
  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply
  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading
  /// What a teacher would whisper when the author wrote no clue, as markup; nil for nothing.
  func whisper(_ attempt: Attempt, _ turn: Turn) -> String?
  /// A right answer as it can be typed.
  var typedSolution: String { get }
  /// What its question shows wherever it is asked, as plain text.
  func marks(in language: LanguageCode) -> [String]
  func answer(in language: LanguageCode) -> Exercise.Answer
}

extension Activity {
  var partCount: Int { 0 }
  var pickCount: Int { partCount }
  var speech: String? { nil }
  var voiceTask: VoiceTask? { nil }
  var explanation: LocalisedText { head.explanation }
  func marks(in language: LanguageCode) -> [String] { [Markup.plain(head.prompt)] }
  func answer(in language: LanguageCode) -> Exercise.Answer { .whole(typedSolution) }

  func isGivenAway(by order: [Int]) -> Bool { false }
  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? { nil }

  /// What is whispered on request; nil when there is nothing to say.
  func clue(_ attempt: Attempt, _ turn: Turn) -> String? {
    head.clue?[turn.person.language] ?? whisper(attempt, turn)
  }
}

/// Where a person stands in one activity.
struct Attempt: Codable, Sendable, Equatable {
  /// The parts as they are shown; the same until the activity is over.
  var order: [Int]
  /// What has been chosen so far, where an answer takes several messages.
  var picked: [Int] = []
  /// Whether the clue has been asked for.
  var isHinted = false
  /// Whether what is spoken can be heard where it is asked now.
  var hasSound = false
  /// Whether a voice message would be listened to where it is asked now.
  var hearsVoice = false

  init(order: [Int], picked: [Int] = []) {
    self.order = order
    self.picked = picked
  }

  /// Draws an order that does not give the answer away.
  init(_ activity: any Activity, using random: inout RandomSource) {
    order = Array(0..<activity.partCount).shuffled(using: &random)
    for _ in 0..<order.count where activity.isGivenAway(by: order) {
      order.append(order.removeFirst())
    }
  }

  /// Whether it belongs to `activity` as the curriculum has it now.
  func fits(_ activity: any Activity) -> Bool {
    order.sorted() == Array(0..<activity.partCount)
      && picked.allSatisfy((0..<max(activity.pickCount, 1)).contains)
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
  /// A hint takes a quarter.
  static let hintedPercent = 75

  let outcome: Outcome
  let percent: Int
  /// Where the answer differs from the right one.
  var difference = Difference()

  static let right = Score(outcome: .right, percent: 100)
  static let almost = Score(outcome: .almost, percent: almostPercent)
  static let wrong = Score(outcome: .wrong, percent: 0)
  static let skipped = Score(outcome: .skipped, percent: 0)

  static func part(_ right: Int, of all: Int) -> Score {
    part(percent: all > 0 ? right * 100 / all : 0)
  }

  /// Right from 100 on, wrong up to 0.
  static func part(percent: Int) -> Score {
    if percent >= 100 { return .right }
    return percent <= 0 ? .wrong : Score(outcome: .partial, percent: percent)
  }

  func with(_ difference: Difference) -> Score {
    Score(outcome: outcome, percent: percent, difference: difference)
  }

  /// What is left of it after a hint.
  var hinted: Score {
    Score(
      outcome: outcome, percent: percent * Self.hintedPercent / 100, difference: difference)
  }
}
