/// Counts durations in buckets that are exact below 128 µs and within 1.6 % above. Its size is
/// fixed, however many are recorded.
package struct LatencyHistogram: Sendable {
  private static let exactBits = 6
  private static let perPower = 1 << exactBits
  /// Up to 2³⁶ µs, which is 19 hours: longer than any run.
  private static let powers = 30

  private var buckets = [Int](repeating: 0, count: perPower * (powers + 1))
  package private(set) var count = 0
  package private(set) var maxMicroseconds = 0

  package init() {}

  package mutating func record(microseconds: Int) {
    let value = max(0, microseconds)
    buckets[min(Self.index(of: value), buckets.count - 1)] += 1
    count += 1
    maxMicroseconds = max(maxMicroseconds, value)
  }

  package mutating func add(_ other: LatencyHistogram) {
    for index in buckets.indices { buckets[index] += other.buckets[index] }
    count += other.count
    maxMicroseconds = max(maxMicroseconds, other.maxMicroseconds)
  }

  /// The duration that this share of all stayed within; 0 when nothing was recorded.
  package func microseconds(atShare share: Double) -> Int {
    let rank = max(1, Int((Double(count) * share).rounded(.up)))
    var seen = 0
    for (index, bucket) in buckets.enumerated() {
      seen += bucket
      if seen >= rank { return min(Self.upperBound(of: index), maxMicroseconds) }
    }
    return maxMicroseconds
  }

  private static func index(of value: Int) -> Int {
    let bits = Int.bitWidth - value.leadingZeroBitCount
    let shift = max(0, bits - exactBits - 1)
    return shift * perPower + (value >> shift)
  }

  private static func upperBound(of index: Int) -> Int {
    if index < 2 * perPower { return index }
    let shift = index / perPower - 1
    let mantissa = index - shift * perPower
    return (mantissa + 1) << shift - 1
  }
}
