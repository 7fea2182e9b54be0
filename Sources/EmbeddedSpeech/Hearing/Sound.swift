import Foundation
import Media

/// A recording made ready for the recogniser, with how loud it is from moment to moment.
struct Sound {
  static let windowMs = 10
  /// A voice that never gets louder is none: 100 of 32,768 is -50 dB.
  private static let loudnessMin = 100.0
  /// Quiet recordings are made louder up to this peak, never by more than the gain.
  private static let peakWanted = 12_000.0
  private static let gainMax = 8.0
  /// Exact silence, as of synthetic speech, is heard as a sound of its own; a little noise in it
  /// is what recordings have.
  private static let exactSilenceMs = 10
  private static let noiseRms = 15.0
  private static let noiseSeed: UInt64 = 0x5EED

  /// At 16 kHz.
  let samples: [Int16]
  /// The mean square of each window of the recording as it came.
  let powers: [Double]
  let durationMs: Int

  init(_ audio: PCMAudio) {
    let raw = audio.samples
    durationMs = audio.durationMs
    powers = Self.powers(of: raw)
    let peak = raw.reduce(0) { max($0, abs(Double($1))) }
    let gain = peak > 0 ? min(max(Self.peakWanted / peak, 1), Self.gainMax) : 1
    let rms = Self.hasExactSilence(raw) ? Self.noiseRms : 0
    guard gain > 1 || rms > 0 else {
      samples = raw
      return
    }
    var noise = NoiseGenerator(seed: Self.noiseSeed)
    samples = raw.map { sample in
      let value = Double(sample) * gain + (rms > 0 ? noise.next() * rms : 0)
      return Int16(max(-32_768, min(32_767, value.rounded())))
    }
  }

  /// Nothing in it is as loud as a voice, or it is too short to hold a word.
  var isSilent: Bool {
    let loud = powers.filter { $0 > Self.loudnessMin * Self.loudnessMin }
    return loud.count * Self.windowMs < Limits.speechMsMin
  }

  /// How much louder the voice is than what is heard when it rests, in dB, where `voiced` are the
  /// windows of words. Without rests the quietest windows stand for them.
  func signalToNoise(voiced: IndexSet) -> Double {
    var speech: [Double] = []
    var rest: [Double] = []
    for (index, power) in powers.enumerated() {
      if voiced.contains(index) { speech.append(power) } else { rest.append(power) }
    }
    guard !speech.isEmpty else { return 0 }
    let quietest = powers.sorted().prefix(max(powers.count / 20, 1))
    // The median, so that a click or the end of a word beside a rest does not count as noise.
    let noise =
      rest.count * Self.windowMs >= Limits.restMsMin
      ? rest.sorted()[rest.count / 2] : quietest.reduce(0, +) / Double(quietest.count)
    let voice = speech.reduce(0, +) / Double(speech.count)
    return 10 * log10(max(voice, 1) / max(noise, 1))
  }

  /// How much louder the louder half of the windows is than the quietest tenth, in dB.
  var loudnessRange: Double {
    let sorted = powers.sorted()
    let quiet = sorted.prefix(max(sorted.count / 10, 1))
    let loud = sorted.suffix(max(sorted.count / 2, 1))
    let noise = quiet.reduce(0, +) / Double(max(quiet.count, 1))
    let voice = loud.reduce(0, +) / Double(max(loud.count, 1))
    return 10 * log10(max(voice, 1) / max(noise, 1))
  }

  private static func powers(of samples: [Int16]) -> [Double] {
    let window = PCMAudio.speechRate * windowMs / 1_000
    return stride(from: 0, to: samples.count, by: window).map { start in
      let part = samples[start..<min(start + window, samples.count)]
      return part.reduce(0) { $0 + Double($1) * Double($1) } / Double(part.count)
    }
  }

  private static func hasExactSilence(_ samples: [Int16]) -> Bool {
    let wanted = PCMAudio.speechRate * exactSilenceMs / 1_000
    var run = 0
    for sample in samples {
      run = sample == 0 ? run + 1 : 0
      if run >= wanted { return true }
    }
    return false
  }
}

/// Noise that is the same each time, nearly normal, of mean 0 and deviation 1.
struct NoiseGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The sum of four even parts of one SplitMix64 draw.
  mutating func next() -> Double {
    var bits = draw()
    var sum = -2.0
    for _ in 0..<4 {
      sum += Double(bits & 0xFFFF) / 65_536
      bits >>= 16
    }
    return sum * 3.0.squareRoot()
  }

  private mutating func draw() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
