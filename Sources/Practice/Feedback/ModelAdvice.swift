/// What a model answers when it is asked about a learner's words, before anybody believes it.
package struct ModelAdvice: Codable, Sendable, Equatable {
  package struct Proposal: Codable, Sendable, Equatable {
    package var said: String
    package var right: String
    package var reason: String
    /// What kind of mistake it is said to be: `spelling`, `punctuation`, `grammar`, …
    package var category: String?

    package init(said: String, right: String, reason: String, category: String? = nil) {
      self.said = said
      self.right = right
      self.reason = reason
      self.category = category
    }
  }

  package var praise: String?
  package var corrections: [Proposal]
  package var better: String?
  package var next: String?

  package init(
    praise: String? = nil, corrections: [Proposal] = [], better: String? = nil,
    next: String? = nil
  ) {
    self.praise = praise
    self.corrections = corrections
    self.better = better
    self.next = next
  }
}
