/// What was heard when somebody read a known text aloud.
///
/// Times are milliseconds from the beginning of the clip; rates are words per minute.
package struct Reading: Codable, Sendable, Equatable {
  package enum Verdict: String, Codable, Sendable, CaseIterable {
    case accepted
    /// Something else was said.
    case otherText
    /// Noise or an accent the models do not know: no judgement is better than a wrong one.
    case cannotJudge
    case silent
    /// The text holds a word whose pronunciation is not known.
    case notScorable
  }

  package var verdict: Verdict
  /// One for each word of the text, in its order; empty where nothing could be placed.
  package var words: [ReadWord]
  /// Two at most, the surest first.
  package var hints: [SoundHint]
  package var durationMs: Int
  /// Without the silence before, between and after.
  package var speakingMs: Int
  /// Between words, 250 ms or longer.
  package var pauses: [Pause]
  package var wordsCorrectPerMinute: Double?
  package var wordsPerMinute: Double?

  package init(
    verdict: Verdict, words: [ReadWord] = [], hints: [SoundHint] = [], durationMs: Int = 0,
    speakingMs: Int = 0, pauses: [Pause] = [], wordsCorrectPerMinute: Double? = nil,
    wordsPerMinute: Double? = nil
  ) {
    self.verdict = verdict
    self.words = words
    self.hints = hints
    self.durationMs = durationMs
    self.speakingMs = speakingMs
    self.pauses = pauses
    self.wordsCorrectPerMinute = wordsCorrectPerMinute
    self.wordsPerMinute = wordsPerMinute
  }
}

/// One word of the text that was to be read.
package struct ReadWord: Codable, Sendable, Equatable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case said
    case unclear
    /// Another word was heard in its place.
    case different
    case missing
  }

  /// As it stands in the text.
  package var text: String
  package var startMs: Int
  package var endMs: Int
  package var state: State

  package init(text: String, startMs: Int, endMs: Int, state: State) {
    self.text = text
    self.startMs = startMs
    self.endMs = endMs
    self.state = state
  }
}

/// A sound that was probably heard in place of another.
package struct SoundHint: Codable, Sendable, Equatable {
  /// The place in `Reading.words`, from 0.
  package var wordIndex: Int
  package var word: String
  /// In the International Phonetic Alphabet: `θ`.
  package var expected: String
  package var heard: String
  /// Which confusion it is, by the names of the pronunciation dictionary: `TH>S`.
  package var rule: String

  package init(wordIndex: Int, word: String, expected: String, heard: String, rule: String) {
    self.wordIndex = wordIndex
    self.word = word
    self.expected = expected
    self.heard = heard
    self.rule = rule
  }
}

/// A stretch in which nothing is said, in milliseconds from the beginning of the clip.
package struct Pause: Codable, Sendable, Equatable {
  package var startMs: Int
  package var endMs: Int

  package var durationMs: Int { endMs - startMs }

  package init(startMs: Int, endMs: Int) {
    self.startMs = startMs
    self.endMs = endMs
  }
}
