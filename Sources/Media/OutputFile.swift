import CAV

/// A file of libav's that is written into memory.
final class OutputFile {
  let encoder: UnsafeMutablePointer<AVCodecContext>
  private let context: UnsafeMutablePointer<AVFormatContext>
  private let stream: UnsafeMutablePointer<AVStream>
  private var isWriting = false

  init(_ recipe: SoundRecipe) throws(MediaFault) {
    guard let codec = avcodec_find_encoder_by_name(recipe.codec) else { throw .unsupported }
    var made: UnsafeMutablePointer<AVFormatContext>?
    avformat_alloc_output_context2(&made, nil, recipe.container, nil)
    guard let made else { throw .unsupported }
    guard let stream = avformat_new_stream(made, nil),
      let encoder = avcodec_alloc_context3(codec)
    else {
      avformat_free_context(made)
      throw .outOfMemory
    }
    context = made
    self.stream = stream
    self.encoder = encoder
    try open(codec, recipe)
  }

  deinit {
    if isWriting {
      var bytes: UnsafeMutablePointer<UInt8>?
      avio_close_dyn_buf(context.pointee.pb, &bytes)
      av_free(bytes)
      context.pointee.pb = nil
    }
    var encoder: UnsafeMutablePointer<AVCodecContext>? = encoder
    avcodec_free_context(&encoder)
    avformat_free_context(context)
  }

  /// Encodes one frame, nil for the end, and writes what comes of it.
  func encode(_ frame: Frame?, with packet: Packet) throws(MediaFault) {
    guard avcodec_send_frame(encoder, frame?.pointer) >= 0 else { throw .damaged }
    while true {
      let code = avcodec_receive_packet(encoder, packet.pointer)
      if code == av_code_again() || code == av_code_end() { return }
      guard code >= 0 else { throw .damaged }
      packet.pointer.pointee.stream_index = stream.pointee.index
      av_packet_rescale_ts(packet.pointer, encoder.pointee.time_base, stream.pointee.time_base)
      // Takes what the packet holds, also when it fails.
      guard av_interleaved_write_frame(context, packet.pointer) >= 0 else { throw .damaged }
    }
  }

  func finish() throws(MediaFault) -> [UInt8] {
    guard av_write_trailer(context) >= 0 else { throw .damaged }
    var bytes: UnsafeMutablePointer<UInt8>?
    let count = avio_close_dyn_buf(context.pointee.pb, &bytes)
    context.pointee.pb = nil
    isWriting = false
    defer { av_free(bytes) }
    guard count > 0, let bytes else { throw .outOfMemory }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  private func open(
    _ codec: UnsafePointer<AVCodec>, _ recipe: SoundRecipe
  ) throws(MediaFault) {
    encoder.pointee.sample_fmt = recipe.isFloating ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16
    encoder.pointee.sample_rate = Int32(recipe.sampleRate)
    encoder.pointee.bit_rate = Int64(recipe.bits)
    encoder.pointee.time_base = AVRational(num: 1, den: Int32(recipe.sampleRate))
    encoder.pointee.thread_count = 1
    av_channel_layout_default(&encoder.pointee.ch_layout, 1)
    if context.pointee.oformat.pointee.flags & av_flag_global_header() != 0 {
      encoder.pointee.flags |= av_codec_flag_global_header()
    }
    // The same sound gives the same bytes, whatever the version of the library.
    context.pointee.flags |= AVFMT_FLAG_BITEXACT
    encoder.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    try Self.withOptions(recipe.codecOptions) { options in
      avcodec_open2(encoder, codec, &options)
    }
    stream.pointee.time_base = encoder.pointee.time_base
    guard avcodec_parameters_from_context(stream.pointee.codecpar, encoder) >= 0,
      avio_open_dyn_buf(&context.pointee.pb) >= 0
    else { throw .outOfMemory }
    isWriting = true
    try Self.withOptions(recipe.containerOptions) { options in
      avformat_write_header(context, &options)
    }
  }

  private static func withOptions(
    _ options: [String: String], _ use: (inout OpaquePointer?) -> Int32
  ) throws(MediaFault) {
    var dictionary: OpaquePointer?
    defer { av_dict_free(&dictionary) }
    for (name, value) in options { av_dict_set(&dictionary, name, value, 0) }
    // What is left over was not understood.
    guard use(&dictionary) >= 0, av_dict_count(dictionary) == 0 else { throw .unsupported }
  }
}
