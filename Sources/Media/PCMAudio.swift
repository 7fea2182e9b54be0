/// Sound as plain numbers: one channel, 16 bits.
package struct PCMAudio: Sendable, Equatable {
  /// What speech is recognised at, in Hz.
  package static let speechRate = 16_000

  package let samples: [Int16]
  /// In Hz.
  package let sampleRate: Int

  package var durationMs: Int { sampleRate > 0 ? samples.count * 1_000 / sampleRate : 0 }

  package init(samples: [Int16], sampleRate: Int) {
    self.samples = samples
    self.sampleRate = sampleRate
  }
}
