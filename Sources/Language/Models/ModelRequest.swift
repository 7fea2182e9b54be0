package import Conversation
package import Storage

/// What a model is asked for: one file of `Prompts/models/` each, named as the case's text.
package enum ModelTask: String, Sendable, Codable, CaseIterable {
  /// Corrections of something written.
  case feedback
  /// Corrections of something said, as it was recognised.
  case voiceFeedback = "voice-feedback"
  /// Free conversation.
  case partner
  /// A session in a few lines, for the memory of the next.
  case summary
  /// A draft of a lesson, for authors.
  case lesson
}

package struct ModelMessage: Sendable, Equatable, Codable {
  package enum Role: String, Sendable, Codable {
    case system, user, assistant
  }

  package let role: Role
  package let text: String

  package init(role: Role, text: String) {
    self.role = role
    self.text = text
  }
}

package struct ModelRequest: Sendable, Equatable {
  package let task: ModelTask
  package let messages: [ModelMessage]
  /// Of the answer.
  package let tokensMax: Int
  /// For everything together: every provider tried, and trying again.
  package let deadlineMs: Int64
  /// What the answer must look like; nil for plain text.
  package let schema: AnswerSchema?
  /// On whose behalf: their consent, their budget, their log. Nil for nobody's, as for a trial.
  package let person: ID<Person>?
  /// From 0, the same answer again, to 2.
  package let temperature: Double

  package init(
    task: ModelTask, messages: [ModelMessage], tokensMax: Int, deadlineMs: Int64,
    schema: AnswerSchema? = nil, person: ID<Person>?, temperature: Double = 0.3
  ) {
    self.task = task
    self.messages = messages
    self.tokensMax = tokensMax
    self.deadlineMs = deadlineMs
    self.schema = schema
    self.person = person
    self.temperature = temperature
  }
}

package struct ModelAnswer: Sendable, Equatable {
  package let text: String
  /// The answer as data, checked against the schema; nil exactly when none was asked for.
  package let json: JSON?
  /// `ollama` or `openai`.
  package let provider: String
  package let model: String
  /// As the provider counts, or estimated where it does not.
  package let promptTokens: Int
  package let answerTokens: Int

  package init(
    text: String, json: JSON?, provider: String, model: String, promptTokens: Int,
    answerTokens: Int
  ) {
    self.text = text
    self.json = json
    self.provider = provider
    self.model = model
    self.promptTokens = promptTokens
    self.answerTokens = answerTokens
  }
}
