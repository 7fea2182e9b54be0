import CAV

/// A packet of libav's, freed with its owner.
final class Packet {
  let pointer: UnsafeMutablePointer<AVPacket>

  init() throws(MediaFault) {
    guard let pointer = av_packet_alloc() else { throw .outOfMemory }
    self.pointer = pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&pointer)
  }

  /// Lets go of what the packet holds, so that it can be filled again.
  func clear() { av_packet_unref(pointer) }
}

/// A frame of libav's, freed with its owner.
final class Frame {
  let pointer: UnsafeMutablePointer<AVFrame>

  init() throws(MediaFault) {
    guard let pointer = av_frame_alloc() else { throw .outOfMemory }
    self.pointer = pointer
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVFrame>? = pointer
    av_frame_free(&pointer)
  }

  func clear() { av_frame_unref(pointer) }
}

/// What is set for the whole process, once.
enum Library {
  /// Quiet, and with one allocation bounded.
  static let prepared: Void = {
    av_log_set_level(AV_LOG_QUIET)
    av_max_alloc(ProbeLimits.allocationBytesMax)
  }()
}
