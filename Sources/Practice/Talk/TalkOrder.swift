import Conversation
import Speech
import Storage

/// A learner's line in a talk, to be answered.
struct TalkOrder: Codable, Sendable, Equatable {
  static let kind: JobKind = "practice.talk"
  static let attemptsMax = 2
  static let timeLimitMs: Int64 = 150_000
  static let lateAfterMs: Int64 = 12_000

  var attempt: ID<PracticeAttempt>
  var session: ID<TalkSession>
  var text: String?
  var voice: Content.Attachment?
  var channel: Channel
  var learner: TutorLearner
  var style: CorrectionTime
  var asksModel: Bool
  /// How to speak the answer; nil where nothing is to be heard.
  var answerAs: SpokenFormat?
}

struct TalkOutcome: Codable, Sendable, Equatable {
  /// Why the partner says nothing.
  enum Silence: String, Codable, Sendable {
    case failed
    case overBudget
  }

  var attempt: ID<PracticeAttempt>
  /// What the learner wrote, or was heard to say.
  var words: String?
  var problem: VoiceOutcome.Problem?
  var safety: SafetyKind?
  var corrections: [Correction] = []
  /// What the partner answers; nil when nobody but the guide is asked, and when it failed.
  var answer: String?
  var silence: Silence?
  var spoken: ID<OutgoingMedia>?
}

/// A talk to be summed up, so that the next one can go on from it.
struct SummaryOrder: Codable, Sendable, Equatable {
  static let kind: JobKind = "practice.summary"
  static let attemptsMax = 2
  static let timeLimitMs: Int64 = 90_000

  var session: ID<TalkSession>
  var learner: TutorLearner
}
