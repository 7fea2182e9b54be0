import CAV

/// The decoder of one stream.
final class SoundDecoder {
  private var context: UnsafeMutablePointer<AVCodecContext>?

  init(
    _ stream: UnsafeMutablePointer<AVStream>, _ limits: DecodingLimits
  ) throws(MediaFault) {
    let parameters: UnsafeMutablePointer<AVCodecParameters> = stream.pointee.codecpar
    try Self.check(
      channels: parameters.pointee.ch_layout.nb_channels, rate: parameters.pointee.sample_rate,
      limits)
    guard let codec = avcodec_find_decoder(parameters.pointee.codec_id) else {
      throw .unsupported
    }
    guard let context = avcodec_alloc_context3(codec) else { throw .outOfMemory }
    self.context = context
    context.pointee.codec_whitelist = av_strdup(ProbeLimits.codecs)
    context.pointee.max_samples = Int64(limits.packetSamplesMax)
    context.pointee.thread_count = 1
    context.pointee.pkt_timebase = stream.pointee.time_base
    guard context.pointee.codec_whitelist != nil,
      avcodec_parameters_to_context(context, parameters) >= 0
    else { throw .outOfMemory }
    switch avcodec_open2(context, codec, nil) {
    case 0: break
    case av_code_invalid_argument(): throw .unsupported
    case av_code_no_memory(): throw .outOfMemory
    case _: throw .damaged
    }
  }

  deinit { avcodec_free_context(&context) }

  var codec: String {
    context.flatMap { $0.pointee.codec }.map { String(cString: $0.pointee.name) } ?? ""
  }

  /// - Parameter packet: nil when there is none left.
  func send(_ packet: Packet?) -> Int32 { avcodec_send_packet(context, packet?.pointer) }

  func receive(into frame: Frame) -> Int32 { avcodec_receive_frame(context, frame.pointer) }

  /// Numbers outside these are lies or attacks: resampling from 1 Hz makes 16,000 of each sample.
  static func check(channels: Int32, rate: Int32, _ limits: DecodingLimits) throws(MediaFault) {
    guard (1...limits.channelsMax).contains(Int(channels)),
      limits.sampleRates.contains(Int(rate))
    else { throw .unsupported }
  }
}
