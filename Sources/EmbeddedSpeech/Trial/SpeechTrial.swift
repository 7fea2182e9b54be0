import Foundation
import Media
package import Speech

/// Measures the recogniser on synthetic voices, and on readers where their recordings are
/// installed: how often it accepts what was read, finds what was not, and what that costs.
///
/// Thresholds were chosen on some sentences; the others were held back, and both are told apart
/// in the report, which ends with all voices together. The same seed gives the same report.
package final class SpeechTrial {
  private let desk = TrialDesk()
  private let every: Int
  private let seed: UInt64
  private let say: (String) -> Void

  /// - Parameter every: 1 takes all sentences, 4 every fourth.
  /// - Parameter say: takes each line of the report.
  package init(every: Int, seed: UInt64, say: @escaping (String) -> Void) {
    self.every = max(every, 1)
    self.seed = seed
    self.say = say
  }

  /// Where not all sentences are taken, another seed takes others.
  private var first: Int { Int(seed % UInt64(every)) }

  package func run() throws(SpeechFault) {
    try confusions()
    var together = TrialTable()
    for voice in TrialAudio.voices {
      let chosenOn = try hear(voice, "chosen on", TrialSentences.chosenOn)
      report("\(voice), sentences that thresholds were chosen on", chosenOn)
      let heldBack = try hear(voice, "held back", TrialSentences.heldBack)
      report("\(voice), sentences held back", heldBack)
      together.add(heldBack)
    }
    report("readers", try readers())
    for level in [30.0, 20, 10] { report("noise at \(Int(level)) dB", try noisy(level)) }
    for voice in TrialAudio.accents { report("accent \(voice)", try accented(voice)) }
    report("all voices, sentences held back", together)
    desk.clock.lines.forEach(say)
  }

  private func report(_ name: String, _ table: TrialTable) {
    guard !table.lines.isEmpty else { return say("\(name): not installed") }
    say(name)
    table.lines.forEach(say)
  }

  private func hear(
    _ voice: String, _ part: String, _ sentences: [String]
  ) throws(SpeechFault) -> TrialTable {
    var table = TrialTable()
    var chance = SeededGenerator(seed: seed)
    for index in stride(from: first, to: sentences.count, by: every) {
      guard let audio = TrialAudio.spoken(sentences[index], voice: voice) else { continue }
      try desk.judgeRight(audio, sentences[index], &table)
      try desk.judgeOther(audio, sentences[(index + 7) % sentences.count], &table)
      try desk.judgeChanged(audio, sentences[index], &table, &chance)
      let more = sentences[(index + 11) % sentences.count].split(separator: " ").prefix(5)
      try desk.judgeEarly(audio, sentences[index], more: more.map(String.init), &table)
      for (what, said) in TrialSentences.withMore(sentences[index], &chance) {
        guard let longer = TrialAudio.spoken(said, voice: voice) else { continue }
        try desk.judgeBesides(what, longer, sentences[index], &table)
      }
      try desk.judgeChoice(
        audio,
        (0..<Limits.sentencesMax).map {
          sentences[(index + $0) % sentences.count]
        }, &table)
    }
    return table
  }

  /// The same sentence said well and said with three sounds wrong.
  private func confusions() throws(SpeechFault) {
    say("\"\(TrialSentences.mispronounced)\" for \"\(TrialSentences.target)\"")
    for voice in TrialAudio.voices {
      guard let wrong = TrialAudio.spoken(TrialSentences.mispronounced, voice: voice),
        let right = TrialAudio.spoken(TrialSentences.target, voice: voice)
      else { continue }
      let hints = try desk.read(wrong, TrialSentences.target).hints
      let isTrue = hints.allSatisfy { TrialSentences.faults[$0.wordIndex] == $0.rule }
      let named = hints.map { "\($0.word) \($0.expected)→\($0.heard)" }.joined(separator: ", ")
      let clean = try desk.read(right, TrialSentences.target)
      say(
        "  \(voice): \(named.isEmpty ? "nothing" : named)\(isTrue ? "" : " (WRONG)"); "
          + "said well: \(clean.verdict.rawValue), \(clean.hints.count) hints")
    }
  }

  private func noisy(_ level: Double) throws(SpeechFault) -> TrialTable {
    var table = TrialTable()
    var chance = SeededGenerator(seed: seed)
    let sentences = TrialSentences.heldBack
    for index in stride(from: first, to: sentences.count, by: every * 3) {
      for voice in ["rms", "slt"] {
        guard let clean = TrialAudio.spoken(sentences[index], voice: voice) else { continue }
        let audio = TrialAudio.noisy(clean, signalToNoise: level, seed: seed &+ UInt64(index))
        try judgeAll(audio, sentences, index, &table, &chance)
      }
    }
    return table
  }

  private func accented(_ voice: String) throws(SpeechFault) -> TrialTable {
    var table = TrialTable()
    var chance = SeededGenerator(seed: seed)
    let sentences = TrialSentences.heldBack
    for index in stride(from: first, to: sentences.count, by: every * 3) {
      guard let audio = TrialAudio.accented(sentences[index], voice: voice) else { continue }
      try judgeAll(audio, sentences, index, &table, &chance)
    }
    return table
  }

  private func readers() throws(SpeechFault) -> TrialTable {
    var table = TrialTable()
    var chance = SeededGenerator(seed: seed)
    for (index, reading) in TrialAudio.humanReadings().enumerated() {
      try desk.judgeRight(reading.audio, reading.text, &table)
      try desk.judgeOther(reading.audio, TrialSentences.heldBack[index * 3], &table)
      try desk.judgeChanged(reading.audio, reading.text, &table, &chance)
    }
    return table
  }

  private func judgeAll(
    _ audio: PCMAudio, _ sentences: [String], _ index: Int, _ table: inout TrialTable,
    _ chance: inout SeededGenerator
  ) throws(SpeechFault) {
    try desk.judgeRight(audio, sentences[index], &table)
    try desk.judgeOther(audio, sentences[(index + 7) % sentences.count], &table)
    try desk.judgeChanged(audio, sentences[index], &table, &chance)
  }
}
