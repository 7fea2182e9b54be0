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
      corrections: chosen.map {
        Correction(said: $0.said, right: $0.replacement, reason: .rule($0.rule))
      },
      better: findings.isEmpty || check.corrected == words ? nil : check.corrected)
  }

  /// The findings a learner is told of.
  static func shown(_ check: TextCheck, _ form: WordsForm) -> [Finding] {
    check.findings.filter {
      $0.confidence >= confidenceMin && $0.severity != .style
        && !(form == .spoken && $0.category.isWritten)
    }
  }

  /// Grammar before mechanics, what is surer first.
  private static func weight(_ finding: Finding) -> Double {
    finding.confidence + (finding.category.isWritten ? 0 : 1)
      + (finding.severity == .error ? 0.5 : 0)
  }
}
