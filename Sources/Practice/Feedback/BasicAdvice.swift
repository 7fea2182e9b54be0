import Feedback

/// The built-in check as advice.
enum BasicAdvice {
  /// What is less sure is not said to a learner.
  static let confidenceMin = 0.5

  static func advice(
    on words: String, _ check: TextCheck, form: WordsForm, source: Advice.Source = .basic
  ) -> Advice {
    let findings = shown(check, form)
    let chosen = findings.sorted { weight($0) > weight($1) }.prefix(Advice.correctionsMax)
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    return Advice(
      source: source,
      corrections: chosen.map { correction($0, in: words) },
      better: findings.isEmpty || check.corrected == words ? nil : check.corrected)
  }

  /// The findings a learner is told of.
  static func shown(_ check: TextCheck, _ form: WordsForm) -> [Finding] {
    check.findings.filter {
      $0.confidence >= confidenceMin && $0.severity != .style
        && !(form == .spoken && $0.category.isWritten)
    }
  }

  /// A word that is there more than once is shown with the one before it, so that it is clear which
  /// is meant.
  private static func correction(_ finding: Finding, in words: String) -> Correction {
    let lead = isAmbiguous(finding.said, in: words) ? wordBefore(finding, in: words) : ""
    return Correction(
      said: lead + finding.said, right: lead + finding.replacement, reason: .rule(finding.rule))
  }

  private static func isAmbiguous(_ said: String, in words: String) -> Bool {
    let own = PatternWords.of(said)
    guard own.count == 1 else { return false }
    return PatternWords.of(words).count { $0 == own[0] } > 1
  }

  /// With the space that follows it; empty at the beginning of a sentence.
  private static func wordBefore(_ finding: Finding, in words: String) -> String {
    let start = String.Index(utf16Offset: finding.range.lowerBound, in: words)
    let before = words[..<start]
    guard before.last == " " else { return "" }
    let word = before.dropLast().reversed().prefix { $0.isLetter || $0 == "'" || $0 == "’" }
    return word.isEmpty ? "" : String(word.reversed()) + " "
  }

  /// Grammar before mechanics, what is surer first.
  private static func weight(_ finding: Finding) -> Double {
    finding.confidence + (finding.category.isWritten ? 0 : 1)
      + (finding.severity == .error ? 0.5 : 0)
  }
}
