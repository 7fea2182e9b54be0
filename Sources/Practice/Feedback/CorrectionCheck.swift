package import Conversation
package import Feedback

/// Holds a model's answer against the learner's own words and against the built-in check, before
/// anything of it is shown. What does not stand is dropped without a word.
package struct CorrectionCheck: Sendable {
  static let wordsLengthMax = 200
  static let reasonLengthMax = 400
  static let remarkLengthMax = 400
  static let betterGrowthMax = 80
  /// Of the longer words of a better version, so many have to be the learner's; otherwise it is an
  /// answer or another text.
  static let ownWordsShareMin = 0.34
  /// Fewer words may be put in the place of others though none of them is the learner's.
  static let freeWordsMax = 3
  static let proposalsMax = 12
  private static let mechanics: Set<String> = [
    "spelling", "punctuation", "capital", "capitalisation", "capitalization", "spacing", "typo",
  ]

  /// What a reason says that is about letters and signs.
  private static let mechanicalWords: Set<String> = [
    "spelling", "spelled", "spelt", "misspelled", "misspelt", "typo", "comma", "capital",
    "capitalise", "capitalize", "apostrophe", "املا", "املای", "املایی", "غلطاملایی", "ویرگول",
    "إملاء", "إملائي", "الإملاء", "فاصلة",
  ]

  /// Why something was dropped, for the log.
  package enum Drop: String, Sendable {
    case anotherText
    case changesNothing
    case contradictsBuiltIn
    case duplicate
    case length
    case mechanicsOfSpeech
    case notSaid
    case reasonLanguage
    case suspicious
    case tooMany
    case worse
  }

  /// The learner's words.
  let words: String
  let form: WordsForm
  let language: LanguageCode
  let suspicion: TextSuspicion
  /// The built-in check; blocking.
  let check: @Sendable (String) -> TextCheck

  package struct Outcome: Sendable {
    /// Nil when nothing of the answer is left.
    package let advice: Advice?
    package let drops: [Drop]
  }

  package init(
    words: String, form: WordsForm, language: LanguageCode, suspicion: TextSuspicion,
    check: @escaping @Sendable (String) -> TextCheck
  ) {
    self.words = words
    self.form = form
    self.language = language
    self.suspicion = suspicion
    self.check = check
  }

  /// Blocks for as long as the built-in check does, some times.
  package func examine(_ answer: ModelAdvice) -> Outcome {
    let own = check(words)
    var kept: [Correction] = []
    var taken: [Range<String.Index>] = []
    var drops: [Drop] = []
    for proposal in answer.corrections.prefix(Self.proposalsMax) {
      switch examine(proposal, own, taken: taken) {
      case .failure(let drop): drops.append(drop.reason)
      case .success(let range) where kept.count < Advice.correctionsMax:
        taken.append(range)
        kept.append(
          Correction(
            said: String(words[range]), right: proposal.right.trimmed,
            reason: .words(proposal.reason.trimmed)))
      case .success: drops.append(.tooMany)
      }
    }
    let better = answer.better.flatMap { self.better($0, own, &drops) }
    let praise = answer.praise.flatMap { remark($0, &drops) }
    let next = answer.next.flatMap { remark($0, &drops) }
    // Words of praise alone are worth showing only when the model had nothing to correct.
    let isUseful = !kept.isEmpty || better != nil || (praise != nil && answer.corrections.isEmpty)
    let advice = Advice(
      source: .model, praise: praise, corrections: kept, better: better, next: next)
    return Outcome(advice: isUseful ? advice : nil, drops: drops)
  }

  // MARK: One correction

  private struct Refusal: Error { let reason: Drop }

  private func examine(
    _ proposal: ModelAdvice.Proposal, _ own: TextCheck, taken: [Range<String.Index>]
  ) -> Result<Range<String.Index>, Refusal> {
    let said = proposal.said.trimmed
    let right = proposal.right.trimmed
    let reason = proposal.reason.trimmed
    let lengths = [said.count, right.count]
    guard lengths.allSatisfy({ (1...Self.wordsLengthMax).contains($0) }),
      (1...Self.reasonLengthMax).contains(reason.count)
    else { return .failure(Refusal(reason: .length)) }
    guard ![said, right, reason].contains(where: suspicion.suspects),
      LanguageOfText.isEnglish(right)
    else { return .failure(Refusal(reason: .suspicious)) }
    guard LanguageOfText.isIn(language, reason) else {
      return .failure(Refusal(reason: .reasonLanguage))
    }
    guard let range = Occurrence.range(of: said, in: words) else {
      return .failure(Refusal(reason: .notSaid))
    }
    guard !taken.contains(where: { $0.overlaps(range) }) else {
      return .failure(Refusal(reason: .duplicate))
    }
    let before = String(words[range])
    guard before != right else { return .failure(Refusal(reason: .changesNothing)) }
    guard PatternWords.of(right).count <= Self.freeWordsMax || sharesWords(right) else {
      return .failure(Refusal(reason: .anotherText))
    }
    if let drop = examineFacts(proposal, before, right, at: range, own) {
      return .failure(Refusal(reason: drop))
    }
    return .success(range)
  }

  /// What the built-in check can tell of it.
  private func examineFacts(
    _ proposal: ModelAdvice.Proposal, _ said: String, _ right: String,
    at range: Range<String.Index>, _ own: TextCheck
  ) -> Drop? {
    let isMechanical = PatternWords.of(said) == PatternWords.of(right)
    if isMechanical, form == .spoken { return .mechanicsOfSpeech }
    let claimsMechanics =
      isMechanical || Self.mechanics.contains(TypedAnswer.normalise(proposal.category ?? ""))
      || Self.isAboutMechanics(proposal.reason)
    if claimsMechanics {
      if form == .spoken { return .mechanicsOfSpeech }
      let span = utf16(range)
      guard own.findings.contains(where: { $0.range.overlaps(span) || $0.range == span }) else {
        return .contradictsBuiltIn
      }
    }
    var corrected = words
    corrected.replaceSubrange(range, with: right)
    let after = check(corrected)
    let start = range.lowerBound.utf16Offset(in: words)
    let left = errorCount(after, within: start..<(start + right.utf16.count))
    // What is put in the place of one mistake must not be another.
    let isNoBetter = left > 0 && left >= errorCount(own, within: utf16(range))
    return isNoBetter || errorCount(after) > errorCount(own) ? .worse : nil
  }

  private static func isAboutMechanics(_ reason: String) -> Bool {
    PatternWords.of(reason).contains(where: mechanicalWords.contains)
  }

  private func utf16(_ range: Range<String.Index>) -> Range<Int> {
    let start = range.lowerBound.utf16Offset(in: words)
    return start..<range.upperBound.utf16Offset(in: words)
  }

  private func errorCount(_ check: TextCheck, within span: Range<Int>? = nil) -> Int {
    check.findings.count { finding in
      finding.severity == .error && (form == .written || !finding.category.isWritten)
        && (span?.overlaps(finding.range) ?? true)
    }
  }

  // MARK: The whole

  private func better(_ text: String, _ own: TextCheck, _ drops: inout [Drop]) -> String? {
    let text = text.trimmed
    guard !text.isEmpty else { return nil }
    guard text.count <= words.count * 2 + Self.betterGrowthMax else {
      drops.append(.length)
      return nil
    }
    guard LanguageOfText.isEnglish(text), !suspicion.suspects(text) else {
      drops.append(.suspicious)
      return nil
    }
    guard PatternWords.of(text) != PatternWords.of(words) || (form == .written && text != words)
    else {
      drops.append(.changesNothing)
      return nil
    }
    guard sharesWords(text), errorCount(check(text)) <= errorCount(own) else {
      drops.append(.worse)
      return nil
    }
    return text
  }

  private func sharesWords(_ text: String) -> Bool {
    let own = Set(PatternWords.of(words).map(Self.stem))
    let others = PatternWords.of(text).filter { $0.count > 3 }.map(Self.stem)
    guard !others.isEmpty else { return true }
    let shared = others.count { own.contains($0) }
    return Double(shared) >= Self.ownWordsShareMin * Double(others.count)
  }

  /// Near enough to see that "goes" and "going" are the same word.
  private static func stem(_ word: String) -> String { String(word.prefix(4)) }

  private func remark(_ text: String, _ drops: inout [Drop]) -> String? {
    let text = text.trimmed
    guard !text.isEmpty else { return nil }
    guard text.count <= Self.remarkLengthMax else {
      drops.append(.length)
      return nil
    }
    guard !suspicion.suspects(text) else {
      drops.append(.suspicious)
      return nil
    }
    guard LanguageOfText.isIn(language, text) else {
      drops.append(.reasonLanguage)
      return nil
    }
    return text
  }
}

extension Finding.Category {
  /// What nobody hears.
  var isWritten: Bool {
    switch self {
    case .spelling, .punctuation, .capital, .spacing: true
    case .agreement, .verbForm, .article, .preposition, .pronoun, .plural, .wordOrder,
      .missingWord, .extraWord, .wordForm, .phrase:
      false
    }
  }
}
