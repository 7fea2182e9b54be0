import CAV

/// A recording as numbers, with what it was.
package struct DecodedAudio: Sendable, Equatable {
  package let audio: PCMAudio
  /// As libav names it: `ogg`, `mov,mp4,m4a,3gp,3g2,mj2`.
  package let container: String
  package let codec: String
  /// It was longer than the limit; only the beginning is here.
  package let isCut: Bool

  package init(audio: PCMAudio, container: String, codec: String, isCut: Bool) {
    self.audio = audio
    self.container = container
    self.codec = codec
    self.isCut = isCut
  }
}

/// Reads recordings of every kind that channels bring: OGG (Opus, Vorbis), WebM, MP3, M4A and MP4
/// (of a video note the sound), AAC, AMR, WAV and FLAC.
///
/// What a file says of itself (type, duration, number of samples) is believed nowhere.
package enum AudioDecoder {
  /// From memory to 16 kHz, one channel. Blocks: never call it on the cooperative pool.
  package static func decode(
    _ bytes: [UInt8], limits: DecodingLimits = .usual
  ) throws(MediaFault) -> DecodedAudio {
    Library.prepared
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limits.bytesMax else { throw .tooLarge }
    let deadline = ContinuousClock.now + .milliseconds(limits.deadlineMs)
    let outcome: Result<DecodedAudio, MediaFault> = bytes.withUnsafeBytes { bytes in
      Result { () throws(MediaFault) in
        let file = try InputFile(ByteSource(bytes, until: deadline), limits)
        var decoding = try Decoding(file, limits)
        try decoding.run()
        return try decoding.result()
      }
    }
    return try outcome.get()
  }
}

/// One file on its way from packets to samples.
private struct Decoding {
  private let file: InputFile
  private let limits: DecodingLimits
  private let decoder: SoundDecoder
  private let packet: Packet
  private let frame: Frame
  private let samplesMax: Int

  private var resampler: Resampler<Int16>?
  private var samples: [Int16] = []
  private var packets = 0
  private var errors = 0

  init(_ file: InputFile, _ limits: DecodingLimits) throws(MediaFault) {
    self.file = file
    self.limits = limits
    decoder = try SoundDecoder(file.stream, limits)
    packet = try Packet()
    frame = try Frame()
    samplesMax = limits.durationMsMax * PCMAudio.speechRate / 1_000
  }

  private var isFull: Bool { samples.count > samplesMax }

  mutating func run() throws(MediaFault) {
    while !isFull, file.read(into: packet.pointer) >= 0 {
      defer { packet.clear() }
      try checkTime()
      packets += 1
      guard packets <= limits.packetsMax else { throw .damaged }
      guard packet.pointer.pointee.stream_index == file.stream.pointee.index else { continue }
      try give(packet)
    }
    try checkTime()
    try give(nil)
    try rest()
  }

  func result() throws(MediaFault) -> DecodedAudio {
    // Damage mostly decodes to noise. Where most of it did not, nothing of it is to be trusted.
    guard errors * 2 <= packets else { throw .damaged }
    guard !samples.isEmpty else { throw errors > 0 ? .damaged : .empty }
    return DecodedAudio(
      audio: PCMAudio(
        samples: isFull ? Array(samples.prefix(samplesMax)) : samples,
        sampleRate: PCMAudio.speechRate),
      container: file.container, codec: decoder.codec, isCut: isFull)
  }

  private mutating func give(_ packet: Packet?) throws(MediaFault) {
    var code = decoder.send(packet)
    if code == av_code_no_memory() { throw .outOfMemory }
    if code < 0, code != av_code_end() { try countError() }
    while !isFull {
      code = decoder.receive(into: frame)
      if code == av_code_again() || code == av_code_end() { return }
      guard code >= 0 else {
        if code == av_code_no_memory() { throw .outOfMemory }
        return try countError()
      }
      defer { frame.clear() }
      try checkTime()
      try take(frame)
    }
  }

  private mutating func take(_ frame: Frame) throws(MediaFault) {
    let content = frame.pointer.pointee
    try SoundDecoder.check(
      channels: content.ch_layout.nb_channels, rate: content.sample_rate, limits)
    let shape = SampleShape(
      format: content.format, rate: content.sample_rate, channels: content.ch_layout.nb_channels)
    // A chain of recordings may change its shape in the middle.
    if resampler?.source != shape {
      try rest()
      resampler = try Resampler(
        from: shape, to: .whole(rate: PCMAudio.speechRate), empty: 0)
    }
    guard let planes = content.extended_data else { throw .damaged }
    let count = Int(content.nb_samples)
    let outcome = planes.withMemoryRebound(
      to: UnsafePointer<UInt8>?.self, capacity: Int(content.ch_layout.nb_channels)
    ) { planes in
      Result { () throws(MediaFault) in
        try resampler?.convert(planes, count: count, into: &samples, max: samplesMax + 1)
      }
    }
    try outcome.get()
  }

  /// What the resampler still holds.
  private mutating func rest() throws(MediaFault) {
    guard !isFull else { return }
    try resampler?.convert(nil, count: 0, into: &samples, max: samplesMax + 1)
  }

  private mutating func countError() throws(MediaFault) {
    errors += 1
    guard errors <= limits.decodingErrorsMax else { throw .damaged }
  }

  private func checkTime() throws(MediaFault) {
    if file.source.isLate { throw .tookTooLong }
  }
}
