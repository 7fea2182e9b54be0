import Foundation

/// How loud a recording is, where somebody speaks in it, and how far the voice stands out.
///
/// Loudness is measured in windows of 10 ms and told in decibels below full scale. The quietest
/// tenth of the windows is taken for the background; what stands out from it by a third of the
/// way to the loudest, and by 6 dB at least, is speech. Sound that hardly changes (a hum, a tone,
/// noise) therefore holds no speech.
package struct AudioLevels: Sendable, Equatable {
  /// A stretch without speech between two with it, in milliseconds from the beginning.
  package struct Gap: Sendable, Equatable {
    package let startMs: Int
    package let endMs: Int

    package init(startMs: Int, endMs: Int) {
      self.startMs = startMs
      self.endMs = endMs
    }
  }

  /// What silence of nothing but zeros is counted as.
  package static let floorDecibels = -96.0
  /// More than this is not told apart from perfect.
  package static let signalToNoiseDecibelsMax = 60.0
  package static let pauseMsMin = 250

  static let windowMs = 10
  /// A voice this low is not one that was meant to be heard.
  static let speechDecibelsMin = -55.0
  static let standsOutDecibelsMin = 6.0
  private static let standsOutShare = 0.35
  private static let backgroundShare = 0.1
  private static let loudShare = 0.95
  /// Shorter sounds are clicks.
  private static let speechMsMin = 40
  /// Shorter gaps are within a word: the stop before a p or a t.
  private static let gapMsMin = 120

  package let rmsDecibels: Double
  package let peakDecibels: Double
  package let speechMs: Int
  package let silenceMs: Int
  /// 250 ms or longer; not the silence before and after everything.
  package let pauses: [Gap]
  /// From the power of the windows with speech and of the quietest ones without. 0 when there is
  /// no speech.
  package let signalToNoiseDecibels: Double

  package init(_ audio: PCMAudio) {
    let windowSamples = max(audio.sampleRate * Self.windowMs / 1_000, 1)
    let powers = Self.powers(audio.samples, windowSamples)
    rmsDecibels = Self.decibels(power: Self.mean(powers))
    peakDecibels = Self.decibels(
      power: audio.samples.reduce(0) { peak, sample in
        let value = Double(sample) / 32_768
        return max(peak, value * value)
      })
    let levels = powers.map(Self.decibels(power:))
    let speech = Self.speech(in: levels)
    speechMs = min(
      speech.reduce(0) { $0 + $1.count } * Self.windowMs, audio.durationMs)
    silenceMs = audio.durationMs - speechMs
    pauses = zip(speech, speech.dropFirst()).compactMap { before, after in
      let gap = Gap(
        startMs: before.upperBound * Self.windowMs, endMs: after.lowerBound * Self.windowMs)
      return gap.endMs - gap.startMs >= Self.pauseMsMin ? gap : nil
    }
    signalToNoiseDecibels = Self.signalToNoise(powers, speech)
  }

  private static func powers(_ samples: [Int16], _ windowSamples: Int) -> [Double] {
    stride(from: 0, to: samples.count, by: windowSamples).map { start in
      let window = samples[start..<min(start + windowSamples, samples.count)]
      // A microphone may add a constant, which nobody hears.
      var sum = 0
      var squares = 0
      for sample in window {
        sum += Int(sample)
        squares += Int(sample) * Int(sample)
      }
      let mean = Double(sum) / Double(window.count)
      let power = Double(squares) / Double(window.count) - mean * mean
      return max(power, 0) / (32_768 * 32_768)
    }
  }

  /// The windows in which somebody speaks.
  private static func speech(in levels: [Double]) -> [Range<Int>] {
    let sorted = levels.sorted()
    guard !sorted.isEmpty else { return [] }
    let background = sorted[Int(Double(sorted.count - 1) * backgroundShare)]
    let loud = sorted[Int(Double(sorted.count - 1) * loudShare)]
    let distance = max((loud - background) * standsOutShare, standsOutDecibelsMin)
    let threshold = max(background + distance, speechDecibelsMin)
    var runs: [Range<Int>] = []
    for (index, level) in levels.enumerated() where level >= threshold {
      if let last = runs.last, (index - last.upperBound) * windowMs < gapMsMin {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs.filter { $0.count * windowMs >= speechMsMin }
  }

  private static func signalToNoise(_ powers: [Double], _ speech: [Range<Int>]) -> Double {
    guard !speech.isEmpty else { return 0 }
    let voiced = mean(speech.flatMap { powers[$0] })
    let quiet = powers.sorted().prefix(max(Int(Double(powers.count) * backgroundShare), 1))
    let noise = max(mean(Array(quiet)), pow(10, floorDecibels / 10))
    let ratio = max(voiced - noise, 0) / noise
    guard ratio > 0 else { return 0 }
    return min(max(10 * log10(ratio), 0), signalToNoiseDecibelsMax)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  private static func decibels(power: Double) -> Double {
    power > 0 ? max(10 * log10(power), floorDecibels) : floorDecibels
  }
}
