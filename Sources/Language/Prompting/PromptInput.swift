/// What a task is about: what its prompt is filled with, beside the level, the language and the
/// persona. Every text in it is the learner's, an author's or a recogniser's: data, never
/// instructions.
package enum PromptInput: Sendable, Equatable {
  /// `topic`: what they were asked to write about, when they were asked.
  case feedback(text: String, topic: String?)
  /// `target`: the sentence they meant to say, when there was one.
  case voiceFeedback(heard: String, target: String?, topic: String?)
  /// `said` is the newest line, `talk` those before it, `memory` what is known of earlier sessions.
  case partner(said: String, talk: [TalkLine], memory: [String], style: CorrectionStyle)
  case summary(talk: [TalkLine])
  /// What an author wants a lesson about; `objections`: what was wrong with the first attempt.
  case lesson(title: String, category: String, aims: [String], objections: [String])

  package var task: ModelTask {
    switch self {
    case .feedback: .feedback
    case .voiceFeedback: .voiceFeedback
    case .partner: .partner
    case .summary: .summary
    case .lesson: .lesson
    }
  }
}

/// One line of a talk between a learner and a persona.
package struct TalkLine: Sendable, Equatable, Codable {
  package let isLearner: Bool
  package let text: String

  package init(isLearner: Bool, text: String) {
    self.isLearner = isLearner
    self.text = text
  }
}

/// How a study partner deals with mistakes, as the learner has chosen.
package enum CorrectionStyle: String, Sendable, Codable, CaseIterable {
  /// Only what blocks understanding, by using the right form in the reply.
  case light
  /// One better wording beside each reply.
  case inline
  /// Nothing during the talk; corrections at its end.
  case end
}
