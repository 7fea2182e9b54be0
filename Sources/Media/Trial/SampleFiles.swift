/// Files of every kind that is read here, made on the spot: a sound that rises, falls and pauses
/// as speech does.
package enum SampleFiles {
  package struct File: Sendable, Equatable {
    package let name: String
    package let bytes: [UInt8]
  }

  static let recipes: [(name: String, recipe: SoundRecipe)] = [
    ("ogg-opus", .voiceNote),
    ("m4a-aac", .web),
    ("webm-opus", .opus(in: "webm")),
    (
      "ogg-vorbis",
      SoundRecipe(
        container: "ogg", codec: "libvorbis", sampleRate: 44_100, bits: 64_000, isFloating: true)
    ),
    (
      "mp3",
      SoundRecipe(
        container: "mp3", codec: "libmp3lame", sampleRate: 44_100, bits: 64_000, isFloating: true)
    ),
    (
      "mp4-aac-fragments",
      SoundRecipe(
        container: "mp4", codec: "aac", sampleRate: 44_100, bits: 64_000, isFloating: true,
        containerOptions: ["movflags": "frag_keyframe+empty_moov"])
    ),
    (
      "adts-aac",
      SoundRecipe(
        container: "adts", codec: "aac", sampleRate: 16_000, bits: 32_000, isFloating: true)
    ),
    ("flac", SoundRecipe(container: "flac", codec: "flac", sampleRate: 16_000)),
    ("wav-44100", SoundRecipe(container: "wav", codec: "pcm_s16le", sampleRate: 44_100)),
    ("wav-alaw", SoundRecipe(container: "wav", codec: "pcm_alaw", sampleRate: 8_000)),
  ]

  /// All of them. Kinds this machine has no encoder for are left out, but for AMR, which nobody
  /// can encode here: its frames are made of chance.
  package static func all(lengthMs: Int = 2_000) -> [File] {
    let sound = voiceLike(lengthMs: lengthMs)
    let encoded = recipes.compactMap { name, recipe in
      // A missing encoder is the machine's affair; tests say which must be there.
      (try? AudioEncoder.encode(sound, as: recipe)).map { File(name: name, bytes: $0) }
    }
    return encoded + [
      File(name: "amr-narrow", bytes: amr("#!AMR\n", head: 0x3C, frameBytes: 31, lengthMs)),
      File(name: "amr-wide", bytes: amr("#!AMR-WB\n", head: 0x44, frameBytes: 60, lengthMs)),
    ]
  }

  /// A buzz with a few overtones, in syllables of 200 ms, with a pause of 400 ms after every fifth.
  package static func voiceLike(lengthMs: Int, sampleRate: Int = 16_000) -> PCMAudio {
    let count = lengthMs * sampleRate / 1_000
    let periodMs = 5 * 200 + 400
    var phase = 0
    let samples = (0..<count).map { index -> Int16 in
      let ms = (index * 1_000 / sampleRate) % periodMs
      guard ms < 5 * 200 else { return 0 }
      phase = (phase + 1) % (sampleRate / 120)
      // A triangle that opens and closes with the syllable.
      let opened = ms % 200 < 100 ? ms % 100 : 99 - ms % 100
      let wave = 2 * phase * 8_000 / (sampleRate / 120) - 8_000
      return Int16(wave * (opened + 20) / 119)
    }
    return PCMAudio(samples: samples, sampleRate: sampleRate)
  }

  /// Frames of 20 ms in the highest mode (RFC 4867, section 5.3).
  private static func amr(
    _ magic: String, head: UInt8, frameBytes: Int, _ lengthMs: Int
  ) -> [UInt8] {
    var chance = SeededGenerator(seed: UInt64(frameBytes))
    return Array(magic.utf8)
      + (0..<lengthMs / 20).flatMap { _ in
        [head] + (0..<frameBytes).map { _ in UInt8.random(in: 0...255, using: &chance) }
      }
  }
}
