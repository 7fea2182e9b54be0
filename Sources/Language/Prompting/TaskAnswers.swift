/// One thing to say or write differently, as a model sees it: not yet checked against what the
/// learner really wrote.
package struct ModelCorrection: Sendable, Equatable {
  package let said: String
  package let right: String
  package let reason: String

  package init?(_ json: JSON) {
    guard let said = json["said"]?.text, let right = json["right"]?.text,
      let reason = json["reason"]?.text
    else { return nil }
    self.said = said
    self.right = right
    self.reason = reason
  }
}

/// The answer to `feedback` and `voiceFeedback`.
package struct ModelFeedback: Sendable, Equatable {
  /// What was good, exactly.
  package let praise: String
  /// At most three.
  package let corrections: [ModelCorrection]
  /// The whole text, better.
  package let better: String
  package let nextStep: String

  /// - Returns: nil for an answer that was not checked against the task's schema.
  package init?(_ answer: ModelAnswer) {
    guard let json = answer.json, let praise = json["praise"]?.text,
      let better = json["better"]?.text, let nextStep = json["next_step"]?.text,
      let corrections = json["corrections"]?.array
    else { return nil }
    self.praise = praise
    self.corrections = corrections.compactMap(ModelCorrection.init)
    self.better = better
    self.nextStep = nextStep
  }
}

/// The answer to `partner`.
package struct PartnerReply: Sendable, Equatable {
  package let reply: String
  package let correction: ModelCorrection?

  /// - Returns: nil for an answer that was not checked against the task's schema.
  package init?(_ answer: ModelAnswer) {
    guard let json = answer.json, let reply = json["reply"]?.text else { return nil }
    self.reply = reply
    correction = json["correction"].flatMap(ModelCorrection.init)
  }
}

/// The answer to `summary`.
package struct SessionSummary: Sendable, Equatable {
  /// In a few sentences, in English: what was talked about.
  package let memory: String
  /// What they did well, what they should practise.
  package let strengths: [String]
  package let toPractise: [String]

  /// - Returns: nil for an answer that was not checked against the task's schema.
  package init?(_ answer: ModelAnswer) {
    guard let json = answer.json, let memory = json["memory"]?.text else { return nil }
    self.memory = memory
    strengths = json["strengths"]?.array?.compactMap(\.text) ?? []
    toPractise = json["to_practise"]?.array?.compactMap(\.text) ?? []
  }
}
