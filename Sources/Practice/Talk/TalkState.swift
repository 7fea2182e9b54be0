import Conversation
import Storage

/// Where somebody stands in a talk.
struct TalkState: Codable, Sendable, Equatable {
  static let waitingMax = 4
  /// What is told at the end at most.
  static let keptCorrectionsMax = 8

  enum Mode: String, Codable, Sendable {
    /// Nothing has been said yet: a question about consent may come first.
    case opening
    /// A model speaks.
    case partner
    /// A subject has to be chosen.
    case choosing
    /// Questions from a file.
    case guided
  }

  var mode = Mode.opening
  var session: ID<TalkSession>?
  var topic: String?
  /// The question that is open, by its id.
  var question: String?
  /// Whether the open question is the one that follows it.
  var isFollowUp = false
  /// The words of the open question.
  var asked: String?
  var done: [String] = []
  var answers = 0
  var xp = 0
  /// For the end, when that is the style.
  var corrections: [Correction] = []
  /// The line that is being answered.
  var attempt: ID<PracticeAttempt>?
  var said: VoiceState.Said?
  /// A recording that waits for the person's word that it may be given to others.
  var held: VoiceState.Said?
  /// What came meanwhile, in its order.
  var waiting: [VoiceState.Said] = []
}
