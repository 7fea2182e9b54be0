import CAV

/// A file of libav's, opened for reading, and the one stream of sound in it.
final class InputFile {
  let source: ByteSource
  private(set) var stream: UnsafeMutablePointer<AVStream>
  private var context: UnsafeMutablePointer<AVFormatContext>?

  init(_ source: ByteSource, _ limits: DecodingLimits) throws(MediaFault) {
    self.source = source
    guard let opening = avformat_alloc_context() else { throw .outOfMemory }
    context = opening
    do throws(MediaFault) {
      try source.attach(to: opening)
      try Self.bound(opening, limits)
    } catch {
      avformat_free_context(opening)
      throw error
    }
    // Frees what it was given when it fails.
    let code = avformat_open_input(&context, nil, nil, nil)
    guard code == 0, let context else { throw Self.fault(opening: code, source) }
    do throws(MediaFault) {
      stream = try Self.sound(in: context, source, limits)
    } catch {
      avformat_close_input(&self.context)
      throw error
    }
  }

  deinit { avformat_close_input(&context) }

  var container: String {
    context.flatMap { $0.pointee.iformat }.map { String(cString: $0.pointee.name) } ?? ""
  }

  /// Reads the next packet, of whichever stream.
  ///
  /// - Returns: libav's code, below zero at the end.
  func read(into packet: UnsafeMutablePointer<AVPacket>) -> Int32 { av_read_frame(context, packet) }

  private static func bound(
    _ context: UnsafeMutablePointer<AVFormatContext>, _ limits: DecodingLimits
  ) throws(MediaFault) {
    context.pointee.flags |= av_flag_own_io()
    context.pointee.max_streams = Int32(limits.streamsMax)
    context.pointee.probesize = Int64(ProbeLimits.probeBytes)
    context.pointee.format_probesize = Int32(ProbeLimits.formatProbeBytes)
    context.pointee.max_analyze_duration = Int64(ProbeLimits.analysedMicroseconds)
    context.pointee.max_probe_packets = Int32(ProbeLimits.probedPackets)
    context.pointee.format_whitelist = av_strdup(ProbeLimits.formats)
    context.pointee.codec_whitelist = av_strdup(ProbeLimits.codecs)
    context.pointee.protocol_whitelist = av_strdup("")
    // A list that could not be copied would let everything in.
    guard context.pointee.format_whitelist != nil, context.pointee.codec_whitelist != nil,
      context.pointee.protocol_whitelist != nil
    else { throw .outOfMemory }
  }

  private static func sound(
    in context: UnsafeMutablePointer<AVFormatContext>, _ source: ByteSource,
    _ limits: DecodingLimits
  ) throws(MediaFault) -> UnsafeMutablePointer<AVStream> {
    silenceOthers(in: context)
    let code = avformat_find_stream_info(context, nil)
    if source.isLate { throw .tookTooLong }
    guard code >= 0 else { throw fault(opening: code, source) }
    guard context.pointee.nb_streams <= UInt32(limits.streamsMax) else { throw .tooManyStreams }
    let index = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, nil, 0)
    guard index >= 0, let stream = context.pointee.streams[Int(index)] else { throw .notAudio }
    silenceOthers(in: context)
    return stream
  }

  /// Pictures are not even looked at.
  private static func silenceOthers(in context: UnsafeMutablePointer<AVFormatContext>) {
    for index in 0..<Int(context.pointee.nb_streams) {
      guard let stream = context.pointee.streams[index],
        stream.pointee.codecpar.pointee.codec_type != AVMEDIA_TYPE_AUDIO
      else { continue }
      stream.pointee.discard = AVDISCARD_ALL
    }
  }

  private static func fault(opening code: Int32, _ source: ByteSource) -> MediaFault {
    if source.isLate { return .tookTooLong }
    switch code {
    case av_code_no_memory(): return .tooManyStreams
    // What the list of formats does not name is an invalid argument to libav.
    case av_code_invalid_argument(): return .unsupported
    case _: return .notAudio
    }
  }
}
