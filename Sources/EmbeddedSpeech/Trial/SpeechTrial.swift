import Foundation
import Media
package import Speech

/// Measures the recogniser on synthetic voices, and on readers where their recordings are
/// installed: how often it accepts what was read, finds what was not, and what that costs.
///
/// Thresholds were chosen on the sentences with even numbers; those with odd numbers were held
/// back, and both are told apart in the report.
package final class SpeechTrial {
  private let speech = EmbeddedSpeech()
  private let every: Int
  private let say: (String) -> Void
  private var chance: SeededGenerator
  private var clock = TrialClock()

  /// - Parameter every: 1 takes all sentences, 4 every fourth.
  /// - Parameter say: takes each line of the report.
  package init(every: Int, seed: UInt64, say: @escaping (String) -> Void) {
    self.every = max(every, 1)
    self.say = say
    chance = SeededGenerator(seed: seed)
  }

  package func run() throws(SpeechFault) {
    for voice in TrialAudio.voices { try hear(voice) { TrialAudio.spoken($0, voice: voice) } }
    try confusions()
    try noises()
    for voice in TrialAudio.accents {
      try hear("accent \(voice)") { TrialAudio.accented($0, voice: voice) }
    }
    try readers()
    clock.lines.forEach(say)
  }

  private func hear(_ name: String, _ audio: (String) -> PCMAudio?) throws(SpeechFault) {
    var tables = [TrialTable(), TrialTable()]
    var missing = 0
    for index in TrialSentences.all.indices where (index / 2) % every == 0 {
      guard let recording = audio(TrialSentences.all[index]) else {
        missing += 1
        continue
      }
      try judge(recording, index, &tables[index % 2])
    }
    for (part, table) in zip(["chosen on", "held back"], tables) where !table.lines.isEmpty {
      say("\(name), \(part)")
      table.lines.forEach(say)
    }
    if missing > 0 { say("\(name): \(missing) sentences could not be spoken") }
  }

  private func judge(
    _ audio: PCMAudio, _ index: Int, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let sentences = TrialSentences.all
    try judgeRight(audio, sentences[index], &table)
    let other = sentences[(index + 7) % sentences.count]
    table.count("another text refused", try read(audio, other).verdict != .accepted)
    try judgeChanged(audio, sentences[index], &table)
    let more = sentences[(index + 11) % sentences.count].split(separator: " ").prefix(5)
    let early = try read(audio, sentences[index] + " " + more.joined(separator: " "))
    table.count("early stop: the rest missing", early.words.suffix(5).allSatisfy { Self.isOff($0) })
    try judgeChoice(audio, index, &table)
  }

  private func judgeRight(
    _ audio: PCMAudio, _ text: String, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let reading = try read(audio, text)
    table.count("right text accepted", reading.verdict == .accepted)
    table.count("right text: taken for another", reading.verdict == .otherText)
    guard reading.verdict == .accepted else { return }
    for word in reading.words { table.count("words blamed wrongly", Self.isOff(word)) }
    for index in reading.words.indices {
      table.count("false hints by word", reading.hints.contains { $0.wordIndex == index })
    }
  }

  private func judgeChanged(
    _ audio: PCMAudio, _ text: String, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let words = text.split(separator: " ").map(String.init)
    var target = words
    let place = Int.random(in: 0..<words.count, using: &chance)
    target[place] = anotherWord(than: words[place])
    let substituted = try read(audio, target.joined(separator: " "))
    table.count("substituted word found", Self.isFound(place, substituted))
    if substituted.verdict == .accepted {
      for (index, word) in substituted.words.enumerated() where index != place {
        table.count("words beside it blamed wrongly", Self.isOff(word))
      }
    }
    target = words
    let gap = Int.random(in: 0...words.count, using: &chance)
    target.insert(anotherWord(than: ""), at: gap)
    table.count(
      "omitted word found", Self.isFound(gap, try read(audio, target.joined(separator: " "))))
  }

  private func judgeChoice(
    _ audio: PCMAudio, _ index: Int, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let sentences = TrialSentences.all
    let offered = (0..<Limits.sentencesMax).map { sentences[(index + $0) % sentences.count] }
    let begun = TrialClock.now()
    let choice = try speech.choose(audio, among: offered)
    clock.add("one of \(Limits.sentencesMax)", audio, since: begun)
    table.count("one of 32: chosen rightly", choice.index == 0)
    table.count("one of 32: chosen wrongly", choice.index ?? 0 != 0)
    let others = try speech.choose(audio, among: Array(offered.dropFirst()))
    table.count("one of 31 others: none chosen", others.index == nil)
  }

  /// The same sentence said well and said with three sounds wrong.
  private func confusions() throws(SpeechFault) {
    say("\"\(TrialSentences.mispronounced)\" for \"\(TrialSentences.target)\"")
    for voice in TrialAudio.voices {
      guard let wrong = TrialAudio.spoken(TrialSentences.mispronounced, voice: voice),
        let right = TrialAudio.spoken(TrialSentences.target, voice: voice)
      else { continue }
      let hints = try read(wrong, TrialSentences.target).hints
      let isTrue = hints.allSatisfy { TrialSentences.faults[$0.wordIndex] == $0.rule }
      let named = hints.map { "\($0.word) \($0.expected)→\($0.heard)" }.joined(separator: ", ")
      let clean = try read(right, TrialSentences.target)
      say(
        "  \(voice): \(named.isEmpty ? "nothing" : named)\(isTrue ? "" : " (WRONG)"); "
          + "said well: \(clean.verdict.rawValue), \(clean.hints.count) hints")
    }
  }

  private func noises() throws(SpeechFault) {
    for level in [30.0, 20, 10] {
      for voice in ["rms", "slt"] {
        var seed: UInt64 = 0
        try hear("\(voice) with noise at \(Int(level)) dB") { text in
          seed += 1
          guard seed % 3 == 1 else { return nil }
          return TrialAudio.spoken(text, voice: voice).map {
            TrialAudio.noisy($0, signalToNoise: level, seed: seed)
          }
        }
      }
    }
  }

  private func readers() throws(SpeechFault) {
    var table = TrialTable()
    let readings = TrialAudio.humanReadings()
    for (index, reading) in readings.enumerated() {
      try judgeRight(reading.audio, reading.text, &table)
      let other = TrialSentences.all[index * 3]
      table.count("another text refused", try read(reading.audio, other).verdict != .accepted)
      try judgeChanged(reading.audio, reading.text, &table)
    }
    say("people, \(readings.count) recordings")
    table.lines.forEach(say)
  }

  private func read(_ audio: PCMAudio, _ text: String) throws(SpeechFault) -> Reading {
    let begun = TrialClock.now()
    let reading = try speech.read(audio, against: text)
    clock.add("reading", audio, since: begun)
    return reading
  }

  private func anotherWord(than word: String) -> String {
    let words = TrialSentences.all.flatMap { $0.split(separator: " ") }.filter { $0.count > 2 }
    let other = words.filter { $0 != word }.randomElement(using: &chance) ?? "window"
    return String(other)
  }

  private static func isOff(_ word: ReadWord) -> Bool {
    word.state == .missing || word.state == .different
  }

  private static func isFound(_ place: Int, _ reading: Reading) -> Bool {
    reading.verdict != .accepted || isOff(reading.words[place])
  }
}

/// Processor time for each second of sound.
private struct TrialClock {
  private var spent: [String: (seconds: Double, soundSeconds: Double)] = [:]

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  mutating func add(_ name: String, _ audio: PCMAudio, since begun: Double) {
    let before = spent[name] ?? (0, 0)
    spent[name] = (
      before.seconds + Self.now() - begun,
      before.soundSeconds + Double(audio.samples.count) / Double(audio.sampleRate)
    )
  }

  var lines: [String] {
    spent.sorted { $0.key < $1.key }.map { name, cost in
      "\(name): " + String(format: "%.4f", cost.seconds / max(cost.soundSeconds, 0.001))
        + " seconds of processor time for each second of sound"
    }
  }
}
