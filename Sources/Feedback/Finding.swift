/// One thing to improve in a learner's text.
package struct Finding: Sendable, Equatable, Codable {
  package enum Category: String, Sendable, Codable, CaseIterable {
    case spelling, agreement, verbForm, article, preposition, pronoun, plural, wordOrder
    case missingWord, extraWord, wordForm, punctuation, capital, spacing, phrase
  }

  package enum Severity: String, Sendable, Codable, CaseIterable {
    case error, suggestion, style
  }

  /// A stable name, for example `third-person-s`; why it is wrong is the phrase `feedback.<rule>`.
  package let rule: String
  /// UTF-16 offsets in the text as it was given.
  package let range: Range<Int>
  package let said: String
  package let replacement: String
  package let category: Category
  package let severity: Severity
  /// From 0 to 1: how sure the rule is, judged by how often it was right on learners' sentences.
  package let confidence: Double
}

/// How bold the check may be.
package enum CheckMode: String, Sendable, CaseIterable {
  /// Cautious: neither commas nor style, and unknown words only where the right one is obvious.
  case chat
  case essay
}

/// What a check found.
package struct TextCheck: Sendable, Equatable {
  /// In the order of the text; they never overlap.
  package let findings: [Finding]
  /// The text with every finding's replacement in place.
  package let corrected: String
  package let profile: VocabularyProfile
}
