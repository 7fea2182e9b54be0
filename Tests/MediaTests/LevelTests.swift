import Media
import Testing

@Suite struct LevelTests {
  @Test func `speech and pauses are told apart`() {
    // Twice five syllables of 200 ms, a pause of 400 ms after each five.
    let levels = AudioLevels(SampleFiles.voiceLike(lengthMs: 2_800))
    #expect(levels.pauses.count == 1)
    for pause in levels.pauses {
      #expect(abs(pause.startMs - 1_000) <= 60)
      #expect(abs(pause.endMs - 1_400) <= 60)
    }
    #expect(abs(levels.speechMs - 2_000) <= 150)
    #expect(levels.speechMs + levels.silenceMs == 2_800)
  }

  @Test(arguments: [30.0, 20, 10]) func `noise is measured against the voice`(decibels: Double) {
    let voice = SampleFiles.voiceLike(lengthMs: 7_000)
    let noise = Sounds.noise(lengthMs: 7_000, amplitude: 100, seed: 9)
    let voiced = voice.samples.filter { $0 != 0 }
    let voicePower = voiced.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(voiced.count)
    let noisePower = noise.reduce(0.0) { $0 + Double($1 * $1) } / Double(noise.count)
    let wanted = voicePower / Self.power(decibels)
    let factor = (wanted / noisePower).squareRoot()
    let mixed = zip(voice.samples, noise).map { sample, noise in
      Int16(clamping: Int(sample) + Int((Double(noise) * factor).rounded()))
    }
    let levels = AudioLevels(PCMAudio(samples: mixed, sampleRate: 16_000))
    #expect(abs(levels.signalToNoiseDecibels - decibels) < 3)
  }

  @Test func `silence holds no speech`() {
    let levels = AudioLevels(
      PCMAudio(samples: Array(repeating: 0, count: 16_000), sampleRate: 16_000))
    #expect(levels.speechMs == 0)
    #expect(levels.silenceMs == 1_000)
    #expect(levels.pauses.isEmpty)
    #expect(levels.rmsDecibels == AudioLevels.floorDecibels)
    #expect(levels.peakDecibels == AudioLevels.floorDecibels)
    #expect(levels.signalToNoiseDecibels == 0)
  }

  @Test func `steady noise, however loud, is not speech`() {
    for amplitude in [3, 300, 8_000] {
      let noise = Sounds.noise(lengthMs: 3_000, amplitude: amplitude, seed: 3)
      let levels = AudioLevels(
        PCMAudio(samples: noise.map { Int16(clamping: $0) }, sampleRate: 16_000))
      #expect(levels.speechMs == 0, "amplitude \(amplitude)")
    }
  }

  @Test func `a recording shorter than a window, or none, can be measured`() {
    #expect(AudioLevels(PCMAudio(samples: [], sampleRate: 16_000)).speechMs == 0)
    #expect(AudioLevels(PCMAudio(samples: [.min], sampleRate: 16_000)).peakDecibels == 0)
  }

  @Test func `full scale is zero decibels`() {
    let square = (0..<16_000).map { $0 % 40 < 20 ? Int16.max : -Int16.max }
    let levels = AudioLevels(PCMAudio(samples: square, sampleRate: 16_000))
    #expect(abs(levels.rmsDecibels) < 0.1)
    #expect(abs(levels.peakDecibels) < 0.1)
  }

  /// Ten to the tenth of it.
  private static func power(_ decibels: Double) -> Double {
    switch decibels {
    case 30: 1_000
    case 20: 100
    case _: 10
    }
  }
}
