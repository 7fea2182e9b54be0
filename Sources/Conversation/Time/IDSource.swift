package import Storage
import Synchronization

/// Makes identifiers that sort by the time they were made: 48 bits of milliseconds, then 80 that
/// count up within one millisecond and are random otherwise (the layout of a ULID).
package final class IDSource: Sendable {
  private struct State {
    var random: RandomSource
    var milliseconds: UInt64 = 0
    var high: UInt16 = 0
    var low: UInt64 = 0
  }

  private let state: Mutex<State>

  package init(seed: UInt64) { state = Mutex(State(random: RandomSource(seed: seed))) }

  package func next<Subject>(_ now: Timestamp) -> ID<Subject> {
    let parts = state.withLock { state in
      // A clock set back must not undo the order of what was made before.
      let milliseconds = UInt64(max(0, now.milliseconds))
      if milliseconds > state.milliseconds {
        state.milliseconds = milliseconds
        state.high = UInt16(truncatingIfNeeded: state.random.next())
        state.low = state.random.next() >> 1
      } else {
        state.low &+= 1
      }
      return (state.milliseconds, state.high, state.low)
    }
    return ID(Self.encode(parts.0, parts.1, parts.2))
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// Crockford's base 32, most significant digit first: 10 digits of time, 16 of the rest.
  private static func encode(_ milliseconds: UInt64, _ high: UInt16, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: 26) { buffer in
      for digit in 0..<10 {
        buffer[digit] = alphabet[Int((milliseconds >> UInt64(45 - 5 * digit)) & 31)]
      }
      for digit in 0..<16 {
        let shift = 75 - 5 * digit
        buffer[10 + digit] = alphabet[Int(bits(high, low, from: shift) & 31)]
      }
      return 26
    }
  }

  private static func bits(_ high: UInt16, _ low: UInt64, from shift: Int) -> UInt64 {
    if shift >= 64 { return UInt64(high) >> UInt64(shift - 64) }
    let below = low >> UInt64(shift)
    return shift == 0 ? below : below | (UInt64(high) << UInt64(64 - shift))
  }
}
