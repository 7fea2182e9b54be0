import Bench
import Testing

struct LatencyHistogramTests {
  @Test func `short durations are kept exactly`() {
    var histogram = LatencyHistogram()
    for value in 1...100 { histogram.record(microseconds: value) }
    #expect(histogram.count == 100)
    #expect(histogram.microseconds(atShare: 0.5) == 50)
    #expect(histogram.microseconds(atShare: 0.99) == 99)
    #expect(histogram.maxMicroseconds == 100)
  }

  @Test(arguments: [63, 64, 127, 128, 1_000, 20_001, 999_999, 60_000_000])
  func `long durations are kept within two percent`(_ value: Int) {
    var histogram = LatencyHistogram()
    histogram.record(microseconds: value)
    histogram.record(microseconds: value * 4)
    let kept = histogram.microseconds(atShare: 0.5)
    #expect(kept >= value)
    #expect(Double(kept) <= Double(value) * 1.02)
  }

  @Test func `the sum of two is as if recorded in one`() {
    var fast = LatencyHistogram()
    var slow = LatencyHistogram()
    for _ in 0..<98 { fast.record(microseconds: 10) }
    for _ in 0..<2 { slow.record(microseconds: 5_000) }
    fast.add(slow)
    #expect(fast.count == 100)
    #expect(fast.microseconds(atShare: 0.98) == 10)
    #expect(fast.microseconds(atShare: 0.99) == 5_000)
  }

  @Test func `nothing recorded and nonsense recorded do no harm`() {
    var histogram = LatencyHistogram()
    #expect(histogram.microseconds(atShare: 0.99) == 0)
    histogram.record(microseconds: -1)
    histogram.record(microseconds: .max)
    #expect(histogram.microseconds(atShare: 0.5) == 0)
    #expect(histogram.maxMicroseconds == .max)
  }

  @Test(arguments: [
    ([Double](), 0.0), ([3.0], 3.0), ([3.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 3.0], 2.5),
  ])
  func `the median is the middle`(values: [Double], middle: Double) {
    #expect(median(values) == middle)
  }
}
