/// Which place of a text each heard word belongs to.
struct Alignment {
  /// For each place what was heard there; `nil` where the word was left out.
  let heard: [Segment?]
  let fillers: [Segment]
  /// What was said twice, or while thinking.
  let besides: [Segment]

  /// Words are heard in the order of the text, with places left out; the same word may stand in
  /// several places, so the choice is the one that leaves nothing heard without a place.
  init(_ segments: [Segment], to slots: [Slot]) {
    let words = segments.filter { !$0.isFiller && !$0.isBesides }
    var reachable = Array(
      repeating: Array(repeating: false, count: slots.count + 1), count: words.count + 1)
    reachable[words.count] = Array(repeating: true, count: slots.count + 1)
    for word in words.indices.reversed() {
      for slot in slots.indices.reversed() {
        let fits = slots[slot].admits(words[word]) && reachable[word + 1][slot + 1]
        reachable[word][slot] = fits || reachable[word][slot + 1]
      }
    }
    var heard: [Segment?] = Array(repeating: nil, count: slots.count)
    var word = 0
    for slot in slots.indices where word < words.count {
      guard slots[slot].admits(words[word]), reachable[word + 1][slot + 1] else { continue }
      heard[slot] = words[word]
      word += 1
    }
    self.heard = heard
    fillers = segments.filter(\.isFiller)
    besides = segments.filter(\.isBesides)
  }
}
