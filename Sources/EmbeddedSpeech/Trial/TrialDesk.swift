import Foundation
import Media
import Speech

/// Puts recordings before the recogniser and counts how it judged them.
final class TrialDesk {
  private let speech = EmbeddedSpeech()
  private(set) var clock = TrialClock()

  func read(_ audio: PCMAudio, _ text: String) throws(SpeechFault) -> Reading {
    let begun = TrialClock.now()
    let reading = try speech.read(audio, against: text)
    clock.add("reading", audio, since: begun)
    return reading
  }

  func judgeRight(
    _ audio: PCMAudio, _ text: String, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let reading = try read(audio, text)
    table.count("right text accepted", reading.verdict == .accepted)
    table.count("right text taken for another", reading.verdict == .otherText)
    guard reading.verdict == .accepted else { return }
    for word in reading.words { table.count("words blamed wrongly", Self.isOff(word)) }
    for index in reading.words.indices {
      table.count("false hints, of words", reading.hints.contains { $0.wordIndex == index })
    }
  }

  func judgeOther(
    _ audio: PCMAudio, _ other: String, _ table: inout TrialTable
  ) throws(SpeechFault) {
    table.count("another text refused", try read(audio, other).verdict != .accepted)
  }

  /// The text with one word replaced by another, and with one word more than was said.
  func judgeChanged(
    _ audio: PCMAudio, _ text: String, _ table: inout TrialTable,
    _ chance: inout SeededGenerator
  ) throws(SpeechFault) {
    let words = text.split(separator: " ").map(String.init)
    let place = Int.random(in: 0..<words.count, using: &chance)
    var changed = words
    changed[place] = TrialSentences.word(otherThan: [words[place]], &chance)
    try judgeOff("substituted", place, try read(audio, changed.joined(separator: " ")), &table)
    let gap = Int.random(in: 0...words.count, using: &chance)
    changed = words
    changed.insert(
      TrialSentences.word(
        otherThan: Array(words[max(gap - 1, 0)..<min(gap + 1, words.count)]),
        &chance), at: gap)
    try judgeOff("omitted", gap, try read(audio, changed.joined(separator: " ")), &table)
  }

  /// A reading that is not judged tells neither that the word was found nor that it was not.
  private func judgeOff(
    _ what: String, _ place: Int, _ reading: Reading, _ table: inout TrialTable
  ) throws(SpeechFault) {
    table.count("\(what) word: not judged", reading.verdict == .cannotJudge)
    guard reading.verdict != .cannotJudge else { return }
    guard reading.verdict == .accepted else {
      return table.count("\(what) word found", reading.verdict == .otherText)
    }
    table.count("\(what) word found", Self.isOff(reading.words[place]))
    for (index, word) in reading.words.enumerated() where index != place {
      table.count("words beside a \(what) one blamed", Self.isOff(word))
    }
  }

  /// Who stops before the last words of the text.
  func judgeEarly(
    _ audio: PCMAudio, _ text: String, more: [String], _ table: inout TrialTable
  ) throws(SpeechFault) {
    let reading = try read(audio, text + " " + more.joined(separator: " "))
    let rest = reading.words.suffix(more.count)
    table.count("early stop: the rest is missing", rest.allSatisfy { Self.isOff($0) })
  }

  /// Who says more than the text.
  func judgeBesides(
    _ what: String, _ audio: PCMAudio, _ text: String, _ table: inout TrialTable
  ) throws(SpeechFault) {
    let reading = try read(audio, text)
    table.count("\(what): accepted", reading.verdict == .accepted)
    guard reading.verdict == .accepted else { return }
    for word in reading.words { table.count("\(what): words blamed", Self.isOff(word)) }
  }

  /// - Parameter offered: first the one that is said.
  func judgeChoice(
    _ audio: PCMAudio, _ offered: [String], _ table: inout TrialTable
  ) throws(SpeechFault) {
    let begun = TrialClock.now()
    let choice = try speech.choose(audio, among: offered)
    clock.add("one of \(offered.count)", audio, since: begun)
    table.count("one of \(offered.count): chosen rightly", choice.index == 0)
    table.count("one of \(offered.count): chosen wrongly", choice.index ?? 0 != 0)
    let others = try speech.choose(audio, among: Array(offered.dropFirst()))
    table.count("one of \(offered.count - 1) others: none chosen", others.index == nil)
  }

  private static func isOff(_ word: ReadWord) -> Bool {
    word.state == .missing || word.state == .different
  }
}
