import Conversation
import Language
import Speech
import Storage

/// A recording, or words in its place, to be looked at: what the job is given.
struct VoiceOrder: Codable, Sendable, Equatable {
  static let kind: JobKind = "practice.voice"
  /// After this long the person is told that it takes longer.
  static let lateAfterMs: Int64 = 10_000
  static let attemptsMax = 3
  static let timeLimitMs: Int64 = 120_000

  /// One attempt of the learner; the same over all tries of the job.
  var attempt: ID<PracticeAttempt>
  var voice: Content.Attachment?
  var channel: Channel
  /// What was written instead.
  var text: String?
  /// What was to be read aloud.
  var target: String?
  /// What was to be answered.
  var question: String?
  var learner: TutorLearner
  var mayAskModel: Bool
  /// How to speak the answer; nil where nothing can be heard.
  var answerAs: SpokenFormat?
}

/// What became of it: the job's result.
struct VoiceOutcome: Codable, Sendable, Equatable {
  enum Problem: String, Codable, Sendable {
    case damaged
    case gone
    case notAudio
    case tooLarge
    case silent
    /// No engine here understands free speech.
    case notUnderstood
    case unclear
    case otherText
    case notEnglish
    /// The person does not let the recogniser have their voice.
    case withheld
  }

  var attempt: ID<PracticeAttempt>
  var problem: Problem?
  /// What was heard, or written.
  var words: String?
  var form: WordsForm = .spoken
  var advice: Advice?
  var reading: Reading?
  var safety: SafetyKind?
  /// Of free speech, where the recogniser says how long it was.
  var durationMs: Int?
  /// The spoken answer.
  var spoken: ID<OutgoingMedia>?
}

/// Something to be spoken: a model to repeat, a voice to try.
struct SpeakOrder: Codable, Sendable, Equatable {
  static let kind: JobKind = "practice.speak"
  static let attemptsMax = 2
  static let timeLimitMs: Int64 = 30_000

  var text: String
  var persona: String
  var level: CEFRLevel
  var format: SpokenFormat
  var confidentiality: Confidentiality
}

extension Turn {
  /// How a channel plays what is spoken; nil where it cannot.
  var spokenFormat: SpokenFormat? {
    switch channel {
    case .telegram, .whatsapp: .voiceNote
    case .webchat: .web
    case .sms, .terminal: nil
    }
  }
}
