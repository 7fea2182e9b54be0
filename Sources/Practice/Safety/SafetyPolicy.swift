import Storage

/// What a learner's words can tell that no exercise may answer.
package enum SafetyKind: String, Sendable, Codable, CaseIterable, SQLConvertible {
  /// Somebody hurts them, or has hurt them.
  case abuse
  /// Sexual content with children.
  case minors
  /// They may want to hurt themselves or to die.
  case selfHarm
  /// Sexual content that has no place here.
  case sexual
}

/// Looks at a learner's words before anything else does, a model above all.
///
/// It is a list of phrases, with those that only sound alike taken out again. It will miss much;
/// what it finds is answered kindly, with a way to people who can help.
package enum SafetyPolicy {
  /// The gravest thing the words tell; nil for nearly everything anybody says.
  package static func find(in text: String) -> SafetyKind? {
    let words = PatternWords.of(text)
    guard !words.isEmpty else { return nil }
    return SafetyPhrases.all.first { $0.isFound(in: words) }?.kind
  }
}

/// Phrases of one kind, and those that only look like them.
struct SafetyPhrases: Sendable {
  let kind: SafetyKind
  let alarming: [WordPattern]
  let harmless: [WordPattern]

  init(_ kind: SafetyKind, _ alarming: [String], except harmless: [String] = []) {
    self.kind = kind
    self.alarming = alarming.map(WordPattern.init)
    self.harmless = harmless.map(WordPattern.init)
  }

  /// Whether an alarming phrase stands where no harmless one does.
  func isFound(in words: [String]) -> Bool {
    let found = alarming.flatMap { $0.ends(in: words) }
    guard !found.isEmpty else { return false }
    let excused = harmless.flatMap { $0.ends(in: words) }
    return found.contains { range in !excused.contains { $0.overlaps(range) } }
  }

  /// The gravest first.
  static let all: [SafetyPhrases] = [
    selfHarm, arabicSelfHarm, minors, arabicMinors, abuse, arabicAbuse, sexual, arabicSexual,
  ]
}
