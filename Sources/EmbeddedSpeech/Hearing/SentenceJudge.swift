import Foundation
import Speech

/// Decides whether the likeliest of several sentences was really said.
struct SentenceJudge {
  private static let chosenLevelMax = 6.7
  private static let sameTextLevelMax = 7.2
  private static let signalToNoiseMin = 10.0
  private static let goodShareMin = 0.7

  private let branches: [[Slot]]
  private let segments: [Segment]
  private let sound: Sound

  init(_ branches: [[Slot]], _ segments: [Segment], _ sound: Sound) {
    self.branches = branches
    self.segments = segments
    self.sound = sound
  }

  func choice() -> SentenceChoice {
    let words = segments.filter { !$0.isFiller }
    let index = branches.firstIndex { slots in
      slots.count == words.count && zip(slots, words).allSatisfy { $0.admits($1) }
    }
    guard let index, !words.isEmpty else { return SentenceChoice(outcome: .none) }
    var voiced = IndexSet()
    for word in words { voiced.insert(integersIn: word.firstFrame...word.lastFrame) }
    if sound.signalToNoise(voiced: voiced) < Self.signalToNoiseMin {
      return SentenceChoice(outcome: .cannotJudge)
    }
    let level = WordCosts.level(of: words)
    let good = words.count {
      WordCosts.strangeness(of: $0, level: level) <= WordCosts.differentMin(level: level)
    }
    let unheard = segments.contains { $0.isFiller && WordCosts.isSpeech($0, level: level) }
    guard level <= Self.sameTextLevelMax, !unheard,
      Double(good) >= Self.goodShareMin * Double(words.count)
    else { return SentenceChoice(outcome: .none) }
    guard level <= Self.chosenLevelMax else { return SentenceChoice(outcome: .cannotJudge) }
    return SentenceChoice(outcome: .chosen, index: index)
  }
}
