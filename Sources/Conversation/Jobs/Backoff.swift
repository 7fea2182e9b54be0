/// How long to wait before the next try.
package enum Backoff {
  package static let delayMsMin: Int64 = 1_000
  package static let delayMsMax: Int64 = 15 * 60_000

  /// Doubles from one second to a quarter of an hour; half of it is random, so that what failed
  /// together does not come back together.
  package static func delayMs(attempt: Int, random: inout RandomSource) -> Int64 {
    let exponent = min(max(attempt, 1) - 1, 20)
    let full = min(delayMsMax, delayMsMin << Int64(exponent))
    return full / 2 + Int64.random(in: 0...(full / 2), using: &random)
  }
}
