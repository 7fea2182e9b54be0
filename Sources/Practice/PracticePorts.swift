package import Conversation
package import Feedback
package import Language
package import Speech
package import Storage

/// The outside world as practising needs it. Whatever is missing is done without, and said.
package struct PracticePorts: Sendable {
  package typealias MaySendVoice = @Sendable (ID<Person>) async throws -> Bool
  /// The built-in check of English. It blocks, and is never called on the cooperative pool.
  package typealias Check = @Sendable (String, CheckMode) -> TextCheck

  package var files: (any IncomingFiles)?
  package var recogniser: (any Recogniser)?
  /// Whether a person lets the recogniser have their voice; nil where it is the operator's own.
  package var maySendVoice: MaySendVoice?
  package var reader: (any Reader)?
  /// Speaks what is made for one person, as far as they let services of others see their words.
  package var synthesiser: (any Synthesiser)?
  /// Speaks what is made for anybody else, and gives it to nobody but the operator's own services.
  package var ownSynthesiser: (any Synthesiser)?
  /// Speaks texts that are the same for everybody, and may keep them.
  package var sharedSynthesiser: (any Synthesiser)?
  package var check: Check
  package var model: TutorModel?
  /// Shows an answer that is still being written.
  package var liveText: (any LiveText)?

  package init(
    files: (any IncomingFiles)? = nil, recogniser: (any Recogniser)? = nil,
    maySendVoice: MaySendVoice? = nil,
    reader: (any Reader)? = nil, synthesiser: (any Synthesiser)? = nil,
    ownSynthesiser: (any Synthesiser)? = nil, sharedSynthesiser: (any Synthesiser)? = nil,
    check: @escaping Check,
    model: TutorModel? = nil, liveText: (any LiveText)? = nil
  ) {
    self.files = files
    self.recogniser = recogniser
    self.maySendVoice = maySendVoice
    self.reader = reader
    self.synthesiser = synthesiser
    self.ownSynthesiser = ownSynthesiser ?? synthesiser
    self.sharedSynthesiser = sharedSynthesiser ?? synthesiser
    self.check = check
    self.model = model
    self.liveText = liveText
  }

  func synthesiser(for confidentiality: Confidentiality) -> (any Synthesiser)? {
    switch confidentiality {
    case .open: sharedSynthesiser
    case .shareable: synthesiser
    case .personal: ownSynthesiser
    }
  }

  package var abilities: PracticeAbilities {
    PracticeAbilities(
      recognises: files != nil && recogniser != nil, reads: files != nil && reader != nil,
      speaks: synthesiser != nil, hasModel: model != nil,
      sendsVoice: recogniser != nil && maySendVoice != nil)
  }
}

/// What can be done with what is configured: all that flows know of the outside world.
package struct PracticeAbilities: Sendable, Equatable {
  /// Free speech is understood.
  package var recognises: Bool
  /// A known text that is read aloud is listened to.
  package var reads: Bool
  package var speaks: Bool
  package var hasModel: Bool
  /// Whether free speech is understood by a service of somebody else.
  package var sendsVoice: Bool
  /// Whether answers are spoken by a service of somebody else, for those who let it.
  package var sendsAnswers: Bool

  package init(
    recognises: Bool = false, reads: Bool = false, speaks: Bool = false, hasModel: Bool = false,
    sendsVoice: Bool = false, sendsAnswers: Bool = false
  ) {
    self.recognises = recognises
    self.reads = reads
    self.speaks = speaks
    self.hasModel = hasModel
    self.sendsVoice = sendsVoice
    self.sendsAnswers = sendsAnswers
  }
}

/// A language model in the role of a tutor. What it answers is not to be believed unexamined.
package struct TutorModel: Sendable {
  package typealias Advise =
    @Sendable (AdviceQuestion) async throws(TutorFault) -> TutorAnswer<ModelAdvice>
  package typealias Converse =
    @Sendable (TalkQuestion, @escaping @Sendable (String) async -> Void)
    async throws(TutorFault) -> TutorAnswer<PartnerLine>
  package typealias Summarise = @Sendable (TalkQuestion) async throws(TutorFault) -> String

  package var advise: Advise
  /// The second argument is called with the answer as it grows.
  package var converse: Converse
  package var summarise: Summarise

  package init(
    advise: @escaping Advise, converse: @escaping Converse, summarise: @escaping Summarise
  ) {
    self.advise = advise
    self.converse = converse
    self.summarise = summarise
  }
}

/// What a partner says, and what it would have the learner say otherwise.
package struct PartnerLine: Sendable, Equatable {
  package var text: String
  package var correction: ModelAdvice.Proposal?

  package init(_ text: String, correction: ModelAdvice.Proposal? = nil) {
    self.text = text
    self.correction = correction
  }
}

/// An answer, and what the model was told to get it, so that a leak is recognised.
package struct TutorAnswer<Value: Sendable>: Sendable {
  package let value: Value
  package let instructions: [String]

  package init(_ value: Value, instructions: [String] = []) {
    self.value = value
    self.instructions = instructions
  }
}

/// Why there is no answer.
package enum TutorFault: Error, Sendable, Equatable {
  case notConfigured
  /// The person has not agreed.
  case withheld
  case overBudget
  case tookTooLong
  case unreachable
  case refused
  /// It answered, with something nobody can use.
  case unusable
  /// The answer broke off; what came of it.
  case interrupted(String)
}

/// Words to look at.
package struct AdviceQuestion: Codable, Sendable, Equatable {
  package var words: String
  package var form: WordsForm
  /// What they answer, where that is known.
  package var question: String?
  package var learner: TutorLearner
}

/// A talk to go on with, or to sum up.
package struct TalkQuestion: Codable, Sendable, Equatable {
  /// The learner's newest line is the last.
  package var lines: [TalkLine]
  /// What earlier talks were about, the newest first.
  package var memories: [String]
  package var style: CorrectionStyle
  package var learner: TutorLearner
}

/// For whom a model answers.
package struct TutorLearner: Codable, Sendable, Equatable {
  package var person: ID<Person>
  package var level: CEFRLevel
  package var language: LanguageCode
  package var persona: String
}
