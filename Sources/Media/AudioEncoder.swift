import CAV

/// Makes files of sound. Blocks: never call it on the cooperative pool.
package enum AudioEncoder {
  /// More than this is never spoken at once.
  private static let durationMsMax = 600_000
  private static let frameSamplesDefault = 1_024

  /// A voice note: OGG with Opus, 24 kbit/s.
  package static func oggOpus(_ audio: PCMAudio) throws(MediaFault) -> [UInt8] {
    try encode(audio, as: .voiceNote)
  }

  /// For browsers: M4A with AAC, 48 kbit/s.
  package static func m4a(_ audio: PCMAudio) throws(MediaFault) -> [UInt8] {
    try encode(audio, as: .web)
  }

  /// RIFF WAVE, 16 bits, at the rate the sound has.
  package static func wav(_ audio: PCMAudio) -> [UInt8] { WaveFile.bytes(of: audio) }

  /// Any kind of file libav can write.
  package static func encode(
    _ audio: PCMAudio, as recipe: SoundRecipe
  ) throws(MediaFault) -> [UInt8] {
    Library.prepared
    guard !audio.samples.isEmpty else { throw .empty }
    guard audio.durationMs <= durationMsMax else { throw .tooLarge }
    let file = try OutputFile(recipe)
    if recipe.isFloating {
      let samples: [Float] = try audio.converted(
        to: .floating(rate: recipe.sampleRate), empty: 0)
      try write(samples, to: file)
    } else {
      try write(try audio.resampled(to: recipe.sampleRate).samples, to: file)
    }
    return try file.finish()
  }

  private static func write<Sample>(
    _ samples: [Sample], to file: OutputFile
  ) throws(MediaFault) {
    let packet = try Packet()
    let frame = try Frame()
    let usual = Int(file.encoder.pointee.frame_size)
    let size = usual > 0 ? usual : frameSamplesDefault
    for start in stride(from: 0, to: samples.count, by: size) {
      let part = samples[start..<min(start + size, samples.count)]
      try fill(frame, part, file.encoder)
      frame.pointer.pointee.pts = Int64(start)
      try file.encode(frame, with: packet)
      frame.clear()
    }
    try file.encode(nil, with: packet)
  }

  private static func fill<Sample>(
    _ frame: Frame, _ samples: ArraySlice<Sample>, _ encoder: UnsafeMutablePointer<AVCodecContext>
  ) throws(MediaFault) {
    frame.pointer.pointee.nb_samples = Int32(samples.count)
    frame.pointer.pointee.format = encoder.pointee.sample_fmt.rawValue
    frame.pointer.pointee.sample_rate = encoder.pointee.sample_rate
    guard av_channel_layout_copy(&frame.pointer.pointee.ch_layout, &encoder.pointee.ch_layout) >= 0,
      av_frame_get_buffer(frame.pointer, 0) >= 0, let target = frame.pointer.pointee.data.0
    else { throw .outOfMemory }
    samples.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: target, count: bytes.count).copyMemory(from: bytes)
    }
  }
}
