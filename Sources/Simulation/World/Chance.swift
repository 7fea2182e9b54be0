import Conversation

/// The one source of chance, and the faults it has let strike.
struct Chance {
  private var random: RandomSource
  private let rates: [Int]
  private(set) var strikes: [Int]
  /// Once the world calms down nothing goes wrong any more.
  var isCalm = false

  init(seed: UInt64, plan: FaultPlan) {
    random = RandomSource(seed: seed)
    rates = plan.inOrder
    strikes = rates.map { _ in 0 }
  }

  mutating func seed() -> UInt64 { random.next() }

  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: random.next() % UInt64(max(1, bound)))
  }

  mutating func between(_ low: Int64, _ high: Int64) -> Int64 {
    low + Int64(truncatingIfNeeded: random.next() % UInt64(max(1, high - low + 1)))
  }

  mutating func pick<Value>(_ values: [Value]) -> Value? {
    values.isEmpty ? nil : values[below(values.count)]
  }

  mutating func strikes(_ fault: Fault) -> Bool {
    guard !isCalm, let index = Self.places[fault], below(FaultPlan.scale) < rates[index] else {
      return false
    }
    strikes[index] += 1
    return true
  }

  private static let places = Dictionary(
    uniqueKeysWithValues: Fault.allCases.enumerated().map { ($1, $0) })
}
