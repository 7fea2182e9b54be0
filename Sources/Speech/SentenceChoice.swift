/// Which of several sentences somebody said.
package struct SentenceChoice: Sendable, Equatable, Codable {
  package enum Outcome: String, Sendable, Equatable, Codable, CaseIterable {
    case chosen
    /// None of them, or a sentence with a word that nobody can pronounce.
    case none
    /// Noise, or an accent the models do not know.
    case cannotJudge
    case silent
  }

  package var outcome: Outcome
  /// The place of the sentence among those that were given, when one was chosen.
  package var index: Int?

  package init(outcome: Outcome, index: Int? = nil) {
    self.outcome = outcome
    self.index = index
  }
}
