import Conversation
import Storage
import Testing

struct PaceTests {
  private let start = Timestamp(milliseconds: 1_000_000)
  private let limits = SendLimits(
    perSecond: 5, chatSpacingMs: 1_000, chatBurst: 3, concurrencyMax: 9)

  private func at(_ milliseconds: Int64) -> Timestamp { start.adding(milliseconds: milliseconds) }

  @Test func `no second holds more calls than allowed, wherever it begins`() {
    var pace = Pace(limits, now: start)
    var taken: [Int64] = []
    for now in stride(from: Int64(0), to: 5_000, by: 37) {
      let count = pace.available(at: at(now))
      pace.take(count, at: at(now))
      taken += repeatElement(now, count: count)
    }
    for first in taken {
      #expect(taken.count { $0 >= first && $0 < first + 1_000 } <= 5)
    }
    #expect(taken.count >= 5 * 5)
  }

  @Test func `a chat gets its burst and then one message a spacing`() {
    var pace = Pace(limits, now: start)
    #expect(pace.spacingMs(afterMessageTo: "a", at: at(0)) == 0)
    #expect(pace.spacingMs(afterMessageTo: "a", at: at(0)) == 0)
    #expect(pace.spacingMs(afterMessageTo: "a", at: at(0)) == 1_000)
    #expect(pace.earliest(forChat: "a", at: at(0)) == at(1_000))
    #expect(pace.earliest(forChat: "b", at: at(0)) == nil)
    #expect(pace.spacingMs(afterMessageTo: "a", at: at(1_000)) == 1_000)
    #expect(pace.spacingMs(afterMessageTo: "a", at: at(60_000)) == 0)
  }

  @Test func `a clock set back silences nobody`() {
    var pace = Pace(limits, now: start)
    pace.take(5, at: at(0))
    for _ in 0..<3 { _ = pace.spacingMs(afterMessageTo: "a", at: at(0)) }
    let back: Int64 = -3_600_000
    #expect(pace.available(at: at(back)) == 0)
    #expect(pace.available(at: at(back + 1_000)) == 5)
    let earliest = pace.earliest(forChat: "a", at: at(back))
    #expect(earliest.map { $0 <= at(back + 1_000) } == true)
  }

  @Test(arguments: [UInt64](1...20))
  func `a backoff doubles, is spread and has bounds`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    for attempt in [-1, 0, 1, 2, 5, 10, 11, 50, 1_000, Int.max] {
      let delay = Backoff.delayMs(attempt: attempt, random: &random)
      let exponent = min(max(attempt, 1) - 1, 20)
      let full = min(Backoff.delayMsMax, Backoff.delayMsMin << Int64(exponent))
      #expect(delay >= full / 2 && delay <= full)
    }
  }
}
