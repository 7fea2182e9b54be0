/// What kind of file is made of a sound, by libav's names.
package struct SoundRecipe: Sendable, Equatable {
  package var container: String
  package var codec: String
  /// In Hz.
  package var sampleRate: Int
  /// A second; 0 where the codec does not ask.
  package var bits: Int
  /// Whether the encoder takes floating point numbers instead of 16 bits.
  package var isFloating: Bool
  package var codecOptions: [String: String]
  package var containerOptions: [String: String]

  package init(
    container: String, codec: String, sampleRate: Int, bits: Int = 0, isFloating: Bool = false,
    codecOptions: [String: String] = [:], containerOptions: [String: String] = [:]
  ) {
    self.container = container
    self.codec = codec
    self.sampleRate = sampleRate
    self.bits = bits
    self.isFloating = isFloating
    self.codecOptions = codecOptions
    self.containerOptions = containerOptions
  }

  /// A messenger's voice note. More effort than 5 of 10 doubles the time and nobody hears it.
  package static let voiceNote = opus(in: "ogg")

  /// Plays in every browser, Safari on older phones included.
  package static let web = SoundRecipe(
    container: "ipod", codec: "aac", sampleRate: 16_000, bits: 48_000, isFloating: true,
    codecOptions: ["aac_coder": "fast"])

  static func opus(in container: String) -> SoundRecipe {
    SoundRecipe(
      container: container, codec: "libopus", sampleRate: 16_000, bits: 24_000,
      codecOptions: ["application": "voip", "frame_duration": "20", "compression_level": "5"])
  }
}
