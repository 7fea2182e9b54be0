import Media
import Testing

@Suite struct DecodingTests {
  @Test func `this machine can make every kind of file`() {
    #expect(
      SampleFiles.all().map(\.name) == [
        "ogg-opus", "m4a-aac", "webm-opus", "ogg-vorbis", "mp3", "mp4-aac-fragments", "adts-aac",
        "flac", "wav-44100", "wav-alaw", "amr-narrow", "amr-wide",
      ])
  }

  @Test(arguments: [
    ("ogg-opus", "ogg", "opus"), ("webm-opus", "matroska,webm", "opus"),
    ("ogg-vorbis", "ogg", "vorbis"), ("mp3", "mp3", "mp3float"),
    ("m4a-aac", "mov,mp4,m4a,3gp,3g2,mj2", "aac"),
    ("mp4-aac-fragments", "mov,mp4,m4a,3gp,3g2,mj2", "aac"), ("adts-aac", "aac", "aac"),
    ("flac", "flac", "flac"), ("wav-44100", "wav", "pcm_s16le"), ("wav-alaw", "wav", "pcm_alaw"),
    ("amr-narrow", "amr", "amrnb"), ("amr-wide", "amr", "amrwb"),
  ])
  func `every kind of file becomes 16 kHz of one channel`(
    name: String, container: String, codec: String
  ) throws {
    let file = try #require(SampleFiles.all().first { $0.name == name })
    let decoded = try AudioDecoder.decode(file.bytes)
    #expect(decoded.container == container)
    #expect(decoded.codec == codec)
    #expect(decoded.audio.sampleRate == 16_000)
    // MP3 and AAC without a container round to whole frames and say nothing of their delay.
    #expect(abs(decoded.audio.durationMs - 2_000) <= 140)
    #expect(!decoded.isCut)
    #expect(AudioLevels(decoded.audio).rmsDecibels > -40)
  }

  @Test(arguments: [SoundRecipe.voiceNote, .web])
  func `what we make ourselves comes back in full length`(recipe: SoundRecipe) throws {
    let sound = SampleFiles.voiceLike(lengthMs: 3_210)
    let decoded = try AudioDecoder.decode(try AudioEncoder.encode(sound, as: recipe))
    // M4A does not say where in the last frame of 1,024 the sound ends.
    let spare = recipe == .web ? 1_024 : 16
    #expect((0...spare).contains(decoded.audio.samples.count - sound.samples.count))
    #expect(Sounds.likeness(of: decoded.audio, to: sound) > 0.9)
  }

  @Test func `what is not compressed comes back sample by sample`() throws {
    let sound = SampleFiles.voiceLike(lengthMs: 500)
    #expect(try AudioDecoder.decode(AudioEncoder.wav(sound)).audio == sound)
  }

  @Test func `a recording that is too long is cut, not refused`() throws {
    var limits = DecodingLimits.usual
    limits.durationMsMax = 1_500
    let file = try AudioEncoder.oggOpus(SampleFiles.voiceLike(lengthMs: 4_000))
    let decoded = try AudioDecoder.decode(file, limits: limits)
    #expect(decoded.isCut)
    #expect(decoded.audio.durationMs == 1_500)
    limits.durationMsMax = 4_000
    #expect(try !AudioDecoder.decode(file, limits: limits).isCut)
  }

  @Test func `a recording of a whole chain of files is read to its end`() throws {
    let one = try AudioEncoder.oggOpus(SampleFiles.voiceLike(lengthMs: 1_000))
    let other = try AudioEncoder.encode(
      SampleFiles.voiceLike(lengthMs: 1_000), as: .voiceNote)
    let decoded = try AudioDecoder.decode(one + other)
    #expect(decoded.audio.durationMs > 1_000)
  }

  @Test func `several channels become one`() throws {
    let left = SampleFiles.voiceLike(lengthMs: 1_000, sampleRate: 44_100)
    let decoded = try AudioDecoder.decode(
      Sounds.wav(channels: 2, rate: 44_100, samples: left.samples.flatMap { [$0, $0] }))
    #expect(decoded.audio.durationMs == 1_000)
    #expect(
      Sounds.likeness(of: decoded.audio, to: try left.resampled(to: 16_000)) > 0.95)
  }

  @Test func `a sound keeps its length and its shape at another rate`() throws {
    let sound = SampleFiles.voiceLike(lengthMs: 1_000, sampleRate: 22_050)
    let speech = try sound.resampled(to: 16_000)
    #expect(speech.durationMs == 1_000)
    let back = try speech.resampled(to: 22_050)
    #expect(Sounds.likeness(of: back, to: sound) > 0.95)
    #expect(throws: MediaFault.unsupported) { try sound.resampled(to: 1) }
  }

  @Test func `nothing cannot be encoded`() {
    #expect(throws: MediaFault.empty) {
      try AudioEncoder.oggOpus(PCMAudio(samples: [], sampleRate: 16_000))
    }
    #expect(throws: MediaFault.unsupported) {
      try AudioEncoder.oggOpus(PCMAudio(samples: [1, 2], sampleRate: 3))
    }
    #expect(throws: MediaFault.unsupported) {
      try AudioEncoder.encode(
        SampleFiles.voiceLike(lengthMs: 100),
        as: SoundRecipe(container: "ogg", codec: "none", sampleRate: 16_000))
    }
  }
}
