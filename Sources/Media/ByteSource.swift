import CAV

/// Lets libav read a file that is in memory, until a deadline.
///
/// libav holds an unretained reference: whoever makes a source keeps it alive until the reading is
/// over, and the bytes with it.
final class ByteSource {
  private static let bufferBytes = 16_384

  let deadline: ContinuousClock.Instant
  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var context: UnsafeMutablePointer<AVIOContext>?

  init(_ bytes: UnsafeRawBufferPointer, until deadline: ContinuousClock.Instant) {
    self.bytes = bytes
    self.deadline = deadline
  }

  deinit {
    // libav may have put another buffer in the place of the first one.
    if let context { av_freep(&context.pointee.buffer) }
    avio_context_free(&context)
  }

  var isLate: Bool { ContinuousClock.now >= deadline }

  /// Makes `file` read from here.
  func attach(to file: UnsafeMutablePointer<AVFormatContext>) throws(MediaFault) {
    guard let buffer = av_malloc(Self.bufferBytes) else { throw .outOfMemory }
    let this = Unmanaged.passUnretained(self).toOpaque()
    context = avio_alloc_context(
      buffer.assumingMemoryBound(to: UInt8.self), Int32(Self.bufferBytes), 0, this,
      { source, target, count in
        guard let source, let target else { return av_code_end() }
        return Unmanaged<ByteSource>.fromOpaque(source).takeUnretainedValue()
          .read(into: target, count)
      }, nil,
      { source, offset, whence in
        guard let source else { return -1 }
        return Unmanaged<ByteSource>.fromOpaque(source).takeUnretainedValue()
          .seek(to: offset, whence)
      })
    guard let context else {
      av_free(buffer)
      throw .outOfMemory
    }
    file.pointee.pb = context
    file.pointee.interrupt_callback = AVIOInterruptCB(
      callback: { source in
        guard let source else { return 1 }
        return Unmanaged<ByteSource>.fromOpaque(source).takeUnretainedValue().isLate ? 1 : 0
      }, opaque: this)
  }

  private func read(into target: UnsafeMutablePointer<UInt8>, _ count: Int32) -> Int32 {
    if isLate { return av_code_interrupted() }
    let rest = bytes[position...].prefix(Int(max(count, 0)))
    guard let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty else {
      return av_code_end()
    }
    UnsafeMutableRawPointer(target).copyMemory(from: start, byteCount: rest.count)
    position += rest.count
    return Int32(rest.count)
  }

  private func seek(to offset: Int64, _ whence: Int32) -> Int64 {
    let wanted: (Int64, overflow: Bool)
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return Int64(bytes.count)
    case SEEK_SET: wanted = (offset, false)
    case SEEK_CUR: wanted = offset.addingReportingOverflow(Int64(position))
    case SEEK_END: wanted = offset.addingReportingOverflow(Int64(bytes.count))
    case _: return Int64(av_code_invalid_argument())
    }
    guard !wanted.overflow, (0...Int64(bytes.count)).contains(wanted.0) else {
      return Int64(av_code_invalid_argument())
    }
    position = Int(wanted.0)
    return wanted.0
  }
}
