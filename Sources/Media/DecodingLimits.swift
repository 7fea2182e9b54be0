/// What one recording may cost. Files come from strangers, and a small one can stand for a day of
/// silence or for thousands of streams.
package struct DecodingLimits: Sendable, Equatable {
  package static let usual = DecodingLimits()

  /// Bots may fetch no more than this from Telegram.
  package var bytesMax = 20 << 20
  /// Longer recordings are cut, not refused.
  package var durationMsMax = 300_000
  /// For the whole of one file; real time, since a hung disk or host counts too.
  package var deadlineMs = 10_000
  /// A cover and a sound, or the picture and the sound of a video note, with some to spare.
  package var streamsMax = 4
  package var channelsMax = 8
  /// In Hz.
  package var sampleRates = 4_000...192_000
  /// Of one packet, before anything is resampled.
  package var packetSamplesMax = 480_000
  package var packetsMax = 200_000
  package var decodingErrorsMax = 200

  package init() {}
}

/// What libav may read and how far it may look before it must know what a file is.
enum ProbeLimits {
  static let formats = "ogg,matroska,webm,mp3,mov,mp4,m4a,3gp,3g2,mj2,amr,wav,aac,flac"
  static let codecs =
    "opus,libopus,vorbis,aac,mp3float,mp3,amrnb,amrwb,flac,"
    + "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_alaw,pcm_mulaw"
  static let probeBytes = 1 << 20
  static let formatProbeBytes = 64 << 10
  static let analysedMicroseconds = 5_000_000
  static let probedPackets = 64
  /// One allocation, in the whole process.
  static let allocationBytesMax = 64 << 20
}
