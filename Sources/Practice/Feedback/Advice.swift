/// What a learner is told about their words.
package struct Advice: Codable, Sendable, Equatable {
  /// Nobody works on more at once.
  static let correctionsMax = 3

  /// Who looked at it.
  package enum Source: String, Codable, Sendable {
    /// The built-in check alone, since there is no model or it may not be asked.
    case basic
    /// The built-in check alone, since the model did not answer in time or not usefully.
    case basicInstead
    /// The same, since the day's budget is used up.
    case basicOverBudget
    case model
  }

  package var source: Source
  /// What was good, in the learner's language.
  package var praise: String?
  package var corrections: [Correction]
  /// The whole, said better; nil when it is good as it is, or nobody knows.
  package var better: String?
  /// What to try next, in the learner's language.
  package var next: String?

  package init(
    source: Source, praise: String? = nil, corrections: [Correction] = [], better: String? = nil,
    next: String? = nil
  ) {
    self.source = source
    self.praise = praise
    self.corrections = corrections
    self.better = better
    self.next = next
  }
}

/// One thing to say otherwise.
package struct Correction: Codable, Sendable, Equatable {
  package enum Reason: Codable, Sendable, Equatable {
    /// A rule of the built-in check, told by the phrase `feedback.<rule>`.
    case rule(String)
    /// A model's words, in the learner's language.
    case words(String)
  }

  /// As the learner put it.
  package var said: String
  package var right: String
  package var reason: Reason

  package init(said: String, right: String, reason: Reason) {
    self.said = said
    self.right = right
    self.reason = reason
  }
}

/// How the words came: what is only written cannot be wrong in speech.
package enum WordsForm: String, Codable, Sendable {
  case spoken
  case written
}
