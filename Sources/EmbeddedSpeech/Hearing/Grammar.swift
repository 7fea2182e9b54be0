import Glibc

/// What may be heard: words between numbered states, from one state to another.
struct Grammar {
  struct Arc {
    let from: Int
    let to: Int
    let word: String
    let probability: Double
  }

  struct Skip {
    let from: Int
    let to: Int
    let probability: Double
  }

  var stateCount: Int
  let start = 0
  var end: Int
  var arcs: [Arc] = []
  var skips: [Skip] = []
}

extension Grammar {
  /// A word is left out this often.
  static let skipProbability = 1e-12
  /// The reading ends early this often, however much is left.
  static let stopProbability = 1e-16
  /// A word is said again, or somebody says "um", this often at each place.
  static let besidesProbability = 1e-8
  /// So many words in a row may be left out before the end.
  static let skippedWordsMax = 4

  /// One text, of which any words may be left out or said twice.
  init(reading slots: [Slot], hesitations: [String]) {
    stateCount = slots.count + 1
    end = slots.count
    for (state, slot) in slots.enumerated() {
      arcs.append(Arc(from: state, to: state + 1, word: slot.name, probability: 1))
      for (name, variant) in slot.variants.sorted(by: { $0.key < $1.key }) {
        arcs.append(
          Arc(from: state, to: state + 1, word: name, probability: variant.probability))
      }
      let besides = hesitations + (state > 0 ? slots[state - 1].again : [])
      for name in besides {
        arcs.append(Arc(from: state, to: state, word: name, probability: Self.besidesProbability))
      }
      for skipped in 1...Self.skippedWordsMax where state + skipped <= end {
        let probability = pow(Self.skipProbability, Double(skipped))
        skips.append(Skip(from: state, to: state + skipped, probability: probability))
      }
      if state > 0, state + 1 < end {
        skips.append(Skip(from: state, to: end, probability: Self.stopProbability))
      }
    }
  }

  /// One of several texts, each in its own way from the beginning to the end.
  init(choosing branches: [[Slot]]) {
    stateCount = 2
    end = 1
    for slots in branches {
      var state = start
      for (index, slot) in slots.enumerated() {
        let isLast = index == slots.count - 1
        let next = isLast ? end : stateCount
        if !isLast { stateCount += 1 }
        arcs.append(Arc(from: state, to: next, word: slot.name, probability: 1))
        state = next
      }
    }
  }
}
