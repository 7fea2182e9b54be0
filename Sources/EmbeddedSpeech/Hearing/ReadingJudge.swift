import Foundation
import Speech

/// Makes a judgement of what the recogniser found. All thresholds are measured on synthetic voices
/// and on a few readers whose first language is English; `SpeechTrial` measures them again.
struct ReadingJudge {
  /// What costs are usual, in natural units a frame: a clear reading 3 to 5.5, an accent the model
  /// does not know 5 to 7, another text 7 to 12.
  private static let clearLevelMax = 6.2
  private static let acceptedLevelMax = 6.7
  /// Of a text of which nothing fits it would be so much less: an unclear voice is believed to have
  /// read the text when it has read all of it.
  private static let acceptedLevelFall = 3.0
  private static let sameTextLevelMax = 7.2
  /// Quieter voices than this above the noise are not judged, or only as a whole.
  private static let signalToNoiseMin = 13.0
  /// The same where nobody knows which part of the sound is the voice.
  private static let loudnessRangeMin = 17.0
  private static let signalToNoiseForHintsMin = 22.0
  /// Of the words before the reading ends, so many must be there and good.
  private static let goodShareMin = 0.6
  private static let goodWordsMin = 0.34

  private let text: SpokenText
  private let slots: [Slot]
  private let alignment: Alignment
  private let sound: Sound
  private let level: Double
  /// Of each place of the text, how badly what was heard there fits; where nothing was, infinite.
  private let strangeness: [Double]

  init(_ text: SpokenText, _ slots: [Slot], _ alignment: Alignment, _ sound: Sound) {
    self.text = text
    self.slots = slots
    self.alignment = alignment
    self.sound = sound
    let level = WordCosts.level(of: alignment.heard.compactMap(\.self))
    self.level = level
    strangeness = alignment.heard.map { heard in
      heard.map { WordCosts.strangeness(of: $0, level: level) } ?? .infinity
    }
  }

  func reading() -> Reading {
    var reading = Reading(verdict: .otherText, durationMs: sound.durationMs)
    reading.words = words()
    reading.verdict = verdict()
    reading.pauses = pauses()
    fillTimes(&reading)
    if reading.verdict == .accepted { reading.hints = hints(reading.words) }
    return reading
  }

  private func words() -> [ReadWord] {
    var next = 0
    var endMs = 0
    return text.words.map { word in
      let range = next..<(next + word.spoken.count)
      next = range.upperBound
      let heard = alignment.heard[range].compactMap(\.self)
      let startMs = heard.first.map { $0.firstFrame * Self.frameMs } ?? endMs
      endMs = heard.last.map { ($0.lastFrame + 1) * Self.frameMs } ?? startMs
      return ReadWord(text: word.text, startMs: startMs, endMs: endMs, state: state(of: range))
    }
  }

  private func state(of range: Range<Int>) -> ReadWord.State {
    if range.contains(where: isBlamed) {
      let isGone = range.allSatisfy { alignment.heard[$0] == nil }
      return isGone && !isReplaced(range) ? .missing : .different
    }
    return range.contains { strangeness[$0] > WordCosts.unclearMin } ? .unclear : .said
  }

  private func isBlamed(_ slot: Int) -> Bool {
    guard isDifferent(slot) else { return false }
    if strangeness[slot] > WordCosts.differentBesideMin { return true }
    let beside = [slot - 1, slot + 1].filter(strangeness.indices.contains)
    return !beside.contains { isSpared(slot, beside: $0) }
  }

  private func isDifferent(_ slot: Int) -> Bool {
    let isVariant = alignment.heard[slot].map { slots[slot].variants[$0.plainWord] != nil }
    return strangeness[slot] > WordCosts.differentMin(level: level, isVariant: isVariant ?? false)
  }

  /// A word in another's place takes something from its neighbours, so of two the worse one is
  /// blamed; a longer one is, too, since it is the cause rather than what was left of it.
  private func isSpared(_ slot: Int, beside other: Int) -> Bool {
    isDifferent(other) && strangeness[other] > strangeness[slot]
      && slots[other].phoneCount >= slots[slot].phoneCount
  }

  /// Something was said where these words belong, and it was taken for a silence.
  private func isReplaced(_ range: Range<Int>) -> Bool {
    let before = alignment.heard[..<range.lowerBound].compactMap(\.self).last?.lastFrame ?? -1
    let after =
      alignment.heard[range.upperBound...].compactMap(\.self).first?.firstFrame ?? Int.max
    return alignment.fillers.contains {
      $0.firstFrame > before && $0.lastFrame < after && WordCosts.isSpeech($0, level: level)
    }
  }

  private func verdict() -> Reading.Verdict {
    let signalToNoise = sound.signalToNoise(voiced: voicedWindows)
    if level > Self.sameTextLevelMax {
      return sound.loudnessRange < Self.loudnessRangeMin ? .cannotJudge : .otherText
    }
    if signalToNoise < Self.signalToNoiseMin { return .cannotJudge }
    let read = strangeness[...(alignment.heard.lastIndex { $0 != nil } ?? 0)]
    let good = read.count { $0 <= WordCosts.differentMin(level: level) }
    guard Double(good) >= Self.goodShareMin * Double(read.count),
      Double(good) >= Self.goodWordsMin * Double(slots.count)
    else { return .otherText }
    let wrongShare = 1 - Double(good) / Double(slots.count)
    return level > Self.acceptedLevelMax - Self.acceptedLevelFall * wrongShare
      ? .cannotJudge : .accepted
  }

  /// What was said beside the text is no rest either.
  private var voicedWindows: IndexSet {
    var windows = IndexSet()
    let more = alignment.besides + alignment.fillers.filter { !$0.isSilence }
    for word in alignment.heard.compactMap(\.self) + more {
      windows.insert(integersIn: word.firstFrame...word.lastFrame)
    }
    return windows
  }

  /// Rests between words; what lies before the first and after the last is none.
  private func pauses() -> [Pause] {
    let heard = alignment.heard.compactMap(\.self)
    return zip(heard, heard.dropFirst()).compactMap { before, after in
      let rest = alignment.fillers.filter {
        $0.firstFrame > before.lastFrame && $0.lastFrame < after.firstFrame
          && !WordCosts.isSpeech($0, level: level)
      }
      guard let first = rest.first, let last = rest.last else { return nil }
      let pause = Pause(
        startMs: first.firstFrame * Self.frameMs, endMs: (last.lastFrame + 1) * Self.frameMs)
      return pause.durationMs >= Limits.pauseMsMin ? pause : nil
    }
  }

  private func fillTimes(_ reading: inout Reading) {
    let heard = alignment.heard.compactMap(\.self)
    guard let first = heard.first, let last = heard.last else { return }
    reading.speakingMs = heard.reduce(0) { $0 + $1.frames } * Self.frameMs
    guard reading.verdict == .accepted else { return }
    let minutes = Double((last.lastFrame + 1 - first.firstFrame) * Self.frameMs) / 60_000
    let read = reading.words.count { $0.state != .missing }
    let correct = reading.words.count { $0.state == .said || $0.state == .unclear }
    reading.wordsPerMinute = Double(read) / minutes
    reading.wordsCorrectPerMinute = Double(correct) / minutes
  }

  /// The surest rules first; only of words that are otherwise as clear as the rest.
  private func hints(_ words: [ReadWord]) -> [SoundHint] {
    guard level <= Self.clearLevelMax,
      sound.signalToNoise(voiced: voicedWindows) >= Self.signalToNoiseForHintsMin
    else { return [] }
    var found: [(rank: Int, hint: SoundHint)] = []
    var next = 0
    for (index, word) in text.words.enumerated() {
      let range = next..<(next + word.spoken.count)
      next = range.upperBound
      guard words[index].state == .said || words[index].state == .unclear else { continue }
      for slot in range {
        guard let heard = alignment.heard[slot],
          let confusion = slots[slot].variants[heard.plainWord],
          let rank = Mispronunciation.all.firstIndex(of: confusion)
        else { continue }
        let hint = SoundHint(
          wordIndex: index, word: word.text,
          expected: PhoneSymbols.international(confusion.expected),
          heard: PhoneSymbols.international(confusion.heard), rule: confusion.rule)
        found.append((rank, hint))
      }
    }
    // Two sounds to practise are worth more than one sound twice.
    let sorted = found.sorted { $0.rank < $1.rank }
    let first = sorted.indices.filter { index in
      !sorted[..<index].contains { $0.rank == sorted[index].rank }
    }
    let rest = sorted.indices.filter { !first.contains($0) }
    return (first + rest).prefix(Limits.hintsMax).map { sorted[$0].hint }
  }

  private static let frameMs = 1_000 / Decoder.framesPerSecond
}
