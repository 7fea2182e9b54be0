import Foundation
import Media

/// Processor time for each second of sound.
struct TrialClock {
  private var spent: [String: (seconds: Double, soundSeconds: Double)] = [:]

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  mutating func add(_ name: String, _ audio: PCMAudio, since begun: Double) {
    let before = spent[name] ?? (0, 0)
    spent[name] = (
      before.seconds + Self.now() - begun,
      before.soundSeconds + Double(audio.samples.count) / Double(audio.sampleRate)
    )
  }

  var lines: [String] {
    spent.sorted { $0.key < $1.key }.map { name, cost in
      "\(name): " + String(format: "%.4f", cost.seconds / max(cost.soundSeconds, 0.001))
        + " seconds of processor time for each second of sound"
    }
  }
}
