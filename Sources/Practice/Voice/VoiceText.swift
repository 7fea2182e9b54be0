import Conversation
import Language
import Speech

/// What practising aloud says.
enum VoiceText {
  /// Pauses this long are worth a word.
  private static let longPauseMs = 1_000
  /// Of shorter recordings a rate says nothing.
  private static let rateDurationMsMin = 4_000

  static func exercise(_ task: VoiceState.Task, _ kit: PracticeKit, _ turn: Turn) -> String {
    switch task {
    case .free: return turn.phrase(PracticePhrase.speakFreely)
    case .topic(let topic, let id):
      guard let question = kit.content.topics[topic]?[question: id] else {
        return turn.phrase(PracticePhrase.speakFreely)
      }
      return turn.phrase(
        PracticePhrase.speakAbout,
        ["question": .text(question.ask), "starter": .text(question.starter)])
    case .item(let id):
      guard let item = kit.content.readings[id] else {
        return turn.phrase(PracticePhrase.speakFreely)
      }
      var parts = [turn.phrase(PracticePhrase.readThis, ["text": .text(item.text)])]
      if let title = item.title {
        parts.insert("**" + Markup.escape(title[.english]) + "**", at: 0)
      }
      if let meaning = item.meaning.exactly(turn.person.language) {
        parts.append("_" + Markup.escape(meaning) + "_")
      }
      if let sound = item.sound { parts.append("👄 " + turn.phrase(SoundPhrase(sound))) }
      return parts.joined(separator: "\n\n")
    }
  }

  static func answer(
    _ outcome: VoiceOutcome, task: VoiceState.Task, xp: Int, _ kit: PracticeKit, _ turn: Turn
  ) -> String {
    var parts: [String] = []
    if let words = outcome.words {
      let phrase = outcome.form == .spoken ? PracticePhrase.heard : .wrote
      parts.append(turn.phrase(phrase, ["text": .text(words)]))
    }
    if let problem = outcome.problem {
      parts.append(turn.phrase(ProblemPhrase(problem)))
      return parts.joined(separator: "\n\n")
    }
    if let reading = outcome.reading { parts += read(reading, turn) }
    if let advice = outcome.advice {
      parts += AdviceText.parts(advice, form: outcome.form, namesSource: true, turn)
    }
    if let pace = pace(outcome, turn) { parts.append(pace) }
    if xp > 0 { parts.append(turn.phrase(PracticePhrase.xp, ["xp": .number(xp)])) }
    return parts.joined(separator: "\n\n")
  }

  // MARK: Reading

  private static func read(_ reading: Reading, _ turn: Turn) -> [String] {
    let words = reading.words
    let line = words.map(marked).joined(separator: " ")
    var parts = [turn.phrase(PracticePhrase.heardReading, ["text": .markup(line)])]
    let unclear = words.filter { $0.state == .unclear || $0.state == .different }
    let missing = words.filter { $0.state == .missing }
    if unclear.isEmpty, missing.isEmpty {
      parts.append(turn.phrase(PracticePhrase.allClear))
    } else {
      let clear = words.count - unclear.count - missing.count
      parts.append(
        turn.phrase(
          PracticePhrase.someClear, ["clear": .number(clear), "all": .number(words.count)]))
    }
    if !unclear.isEmpty {
      parts.append(turn.phrase(PracticePhrase.unclear, ["words": .text(list(unclear))]))
    }
    if !missing.isEmpty {
      parts.append(turn.phrase(PracticePhrase.missing, ["words": .text(list(missing))]))
    }
    return parts + reading.hints.prefix(2).map { hint($0, turn) }
  }

  /// Said words plain, others in marks: `think(?)`, `[is]`.
  private static func marked(_ word: ReadWord) -> String {
    let text = Markup.escape(word.text)
    switch word.state {
    case .said: return text
    case .unclear, .different: return "_\(text)_(?)"
    case .missing: return "[\(text)]"
    }
  }

  private static func list(_ words: [ReadWord]) -> String {
    words.map { $0.text.trimmingSigns }.joined(separator: " · ")
  }

  private static func hint(_ hint: SoundHint, _ turn: Turn) -> String {
    let text = turn.phrase(
      PracticePhrase.soundHint,
      [
        "word": .text(hint.word.trimmingSigns), "heard": .text(hint.heard),
        "expected": .text(hint.expected),
      ])
    guard let tip = SoundTip(rule: hint.rule) else { return text }
    return text + "\n👄 " + turn.phrase(SoundPhrase(tip))
  }

  // MARK: Fluency

  /// Facts about pace, for comparing with oneself.
  private static func pace(_ outcome: VoiceOutcome, _ turn: Turn) -> String? {
    guard let durationMs = outcome.durationMs, durationMs >= rateDurationMsMin else { return nil }
    if let reading = outcome.reading {
      guard let rate = reading.wordsCorrectPerMinute, rate > 0 else { return nil }
      let pauses = reading.pauses.count { $0.durationMs >= longPauseMs }
      let values: [String: PhraseValue] = [
        "rate": .number(rounded(rate)), "pauses": .number(pauses),
      ]
      return turn.phrase(
        pauses == 0 ? PracticePhrase.pace : pauses == 1 ? .paceOnePause : .pacePauses, values)
    }
    guard outcome.form == .spoken, let words = outcome.words else { return nil }
    let rate = Double(PatternWords.of(words).count) * 60_000 / Double(durationMs)
    return turn.phrase(PracticePhrase.paceFree, ["rate": .number(rounded(rate))])
  }

  /// To fives: more would pretend to be exact.
  private static func rounded(_ rate: Double) -> Int { Int((rate / 5).rounded()) * 5 }
}

extension String {
  /// A word without the signs around it.
  fileprivate var trimmingSigns: String {
    var word = self[...]
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    return String(word)
  }
}
