import Foundation

/// How often something turned out as it should.
struct TrialTally {
  private(set) var hits = 0
  private(set) var total = 0

  mutating func count(_ isHit: Bool) {
    hits += isHit ? 1 : 0
    total += 1
  }

  mutating func add(_ other: TrialTally) {
    hits += other.hits
    total += other.total
  }

  var text: String {
    let share = total > 0 ? Double(hits) / Double(total) * 100 : 0
    return "\(hits)/\(total) " + String(format: "%.1f %%", share)
  }
}

/// Results of one kind of audio, by the name of what was asked of it.
struct TrialTable {
  private var order: [String] = []
  private var tallies: [String: TrialTally] = [:]

  mutating func count(_ name: String, _ isHit: Bool) {
    if tallies[name] == nil { order.append(name) }
    tallies[name, default: TrialTally()].count(isHit)
  }

  mutating func add(_ other: TrialTable) {
    for name in other.order {
      if tallies[name] == nil { order.append(name) }
      tallies[name, default: TrialTally()].add(other.tallies[name] ?? TrialTally())
    }
  }

  var lines: [String] {
    order.map { name in
      "  " + name.padding(toLength: 46, withPad: " ", startingAt: 0) + (tallies[name]?.text ?? "")
    }
  }
}
