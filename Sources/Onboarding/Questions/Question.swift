import Conversation
import Language

/// The questions of the first conversation, in their order.
enum OnboardingStep: String, Codable, Sendable, CaseIterable {
  case language
  case name
  case goals
  case interests
  case minutes
  case reminder
  case zone
  case estimate
  case placement

  var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  var next: OnboardingStep? {
    let following = Self.allCases.drop { $0 != self }.dropFirst()
    return following.first
  }

  var previous: OnboardingStep? { Self.allCases.prefix { $0 != self }.last }

  /// The command that corrects this answer alone.
  var changeCommand: String { "change_" + rawValue }
}

/// One question: asked in turn by the first conversation, and alone when its answer is corrected.
protocol Question: Sendable {
  /// Whether the person may go on without answering.
  var isSkippable: Bool { get }
  /// What the question starts from.
  func draft(_ asking: Asking) -> Draft
  func ask(_ asking: inout Asking) throws -> Reply
  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer
}

extension Question {
  var isSkippable: Bool { true }
  func draft(_ asking: Asking) -> Draft { Draft() }
}

/// What a question works with.
struct Asking {
  var draft: Draft
  var profile: Profile
  let turn: Turn
}

/// What lies between two messages of one question.
struct Draft: Codable, Sendable, Equatable {
  var selected: [String]?
  var staircase: Staircase?
}

enum Answer: Equatable {
  case taken
  /// Asked once more, with a word why; the words are markup.
  case unclear(String)
  /// Part of an answer: the question goes on.
  case more
}

struct QuestionSet: Sendable {
  private let questions: [OnboardingStep: any Question]
  private let language = LanguageQuestion()

  init(_ content: OnboardingContent) {
    questions = [
      .name: NameQuestion(),
      .goals: ListQuestion(options: content.goals, kind: .goals),
      .interests: ListQuestion(options: content.interests, kind: .interests),
      .minutes: MinutesQuestion(),
      .reminder: ReminderQuestion(),
      .zone: ZoneQuestion(),
      .estimate: EstimateQuestion(),
      .placement: PlacementQuestion(bank: content.placement),
    ]
  }

  subscript(step: OnboardingStep) -> any Question { questions[step] ?? language }
}
