import Storage

/// What one learner knows: some from before, more from every answer, less with every day.
struct Memory {
  private static let dayMs = 86_400_000.0
  /// Known from before, at the lowest level and at each one above.
  private static let levelStep = 0.05
  private static let knownMin = 0.15
  /// For how many days a first sight lasts, and how much longer each one makes it last.
  private static let daysFirst = 1.5
  private static let growth = 2.2
  private static let daysMax = 400.0

  private struct Trace {
    var seenAt: Timestamp
    var days: Double
  }

  /// The share that was known from before.
  private let ability: Double
  private var traces: [String: Trace] = [:]

  init(ability: Double) { self.ability = ability }

  /// How likely the answer comes to mind.
  func chance(of id: String, rank: Int, at now: Timestamp) -> Double {
    let known = max(Self.knownMin, ability - Self.levelStep * Double(rank))
    guard let trace = traces[id] else { return known }
    let days = Double(now.milliseconds - trace.seenAt.milliseconds) / Self.dayMs
    return known + (1 - known) * (-max(0, days) / trace.days).exponential
  }

  /// The answer was seen, after it came to mind or not.
  mutating func note(_ id: String, wasKnown: Bool, at now: Timestamp) {
    let days = traces[id]?.days ?? Self.daysFirst
    traces[id] = Trace(
      seenAt: now, days: wasKnown ? min(Self.daysMax, days * Self.growth) : Self.daysFirst)
  }
}

extension Double {
  /// e to this power, for powers up to 0, to four digits: enough for a simulated mind, and the
  /// same on every machine.
  fileprivate var exponential: Double {
    var half = 1 + self / 1_024
    guard half > 0 else { return 0 }
    for _ in 0..<10 { half *= half }
    return half
  }
}
