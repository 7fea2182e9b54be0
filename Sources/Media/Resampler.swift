import CAV

/// How samples lie in memory, and how many there are a second.
struct SampleShape: Equatable {
  /// libav's number for the kind of sample.
  var format: Int32
  var rate: Int32
  var channels: Int32

  static func whole(rate: Int) -> SampleShape {
    SampleShape(format: AV_SAMPLE_FMT_S16.rawValue, rate: Int32(rate), channels: 1)
  }

  static func floating(rate: Int) -> SampleShape {
    SampleShape(format: AV_SAMPLE_FMT_FLTP.rawValue, rate: Int32(rate), channels: 1)
  }
}

/// Turns sound of one shape into one channel of another rate. `Sample` is `Int16` or `Float`, as
/// the shape it makes says.
final class Resampler<Sample> {
  let source: SampleShape
  private var context: OpaquePointer?
  private var scratch: [Sample] = []
  private let empty: Sample

  init(from source: SampleShape, to target: SampleShape, empty: Sample) throws(MediaFault) {
    self.source = source
    self.empty = empty
    var input = AVChannelLayout()
    var output = AVChannelLayout()
    // Files may leave the order of their channels open; this is what players then take.
    av_channel_layout_default(&input, source.channels)
    av_channel_layout_default(&output, 1)
    defer {
      av_channel_layout_uninit(&input)
      av_channel_layout_uninit(&output)
    }
    let code = swr_alloc_set_opts2(
      &context, &output, AVSampleFormat(target.format), target.rate, &input,
      AVSampleFormat(source.format), source.rate, 0, nil)
    guard code >= 0, let context else { throw .outOfMemory }
    guard swr_init(context) >= 0 else { throw .unsupported }
  }

  deinit { swr_free(&context) }

  /// Converts, and appends as much of it as fits.
  ///
  /// - Parameter planes: one pointer for each channel, or one for all; nil gives what is left.
  func convert(
    _ planes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, count: Int,
    into samples: inout [Sample],
    max: Int
  ) throws(MediaFault) {
    let bound = swr_get_out_samples(context, Int32(count))
    guard bound >= 0 else { throw .damaged }
    if scratch.count < Int(bound) {
      scratch = Array(repeating: empty, count: Int(bound))
    }
    let made = scratch.withUnsafeMutableBytes { bytes in
      var target: UnsafeMutablePointer<UInt8>? = bytes.assumingMemoryBound(to: UInt8.self)
        .baseAddress
      return swr_convert(context, &target, bound, planes, Int32(count))
    }
    guard made >= 0 else { throw .damaged }
    samples.append(contentsOf: scratch.prefix(min(Int(made), max - samples.count)))
  }
}

extension PCMAudio {
  /// The same sound at another rate.
  package func resampled(to rate: Int) throws(MediaFault) -> PCMAudio {
    if rate == sampleRate { return self }
    let samples: [Int16] = try converted(to: .whole(rate: rate), empty: 0)
    return PCMAudio(samples: samples, sampleRate: rate)
  }

  func converted<Sample>(
    to target: SampleShape, empty: Sample
  ) throws(MediaFault) -> [Sample] {
    guard DecodingLimits.usual.sampleRates.contains(sampleRate),
      DecodingLimits.usual.sampleRates.contains(Int(target.rate))
    else { throw .unsupported }
    let resampler = try Resampler(from: .whole(rate: sampleRate), to: target, empty: empty)
    var converted: [Sample] = []
    converted.reserveCapacity(samples.count * Int(target.rate) / sampleRate + 64)
    let chunk = 1 << 14
    for start in stride(from: 0, to: samples.count, by: chunk) {
      let part = samples[start..<min(start + chunk, samples.count)]
      let outcome: Result<Void, MediaFault> = part.withUnsafeBytes { bytes in
        var plane = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        return Result { () throws(MediaFault) in
          try resampler.convert(&plane, count: part.count, into: &converted, max: .max)
        }
      }
      try outcome.get()
    }
    try resampler.convert(nil, count: 0, into: &converted, max: .max)
    return converted
  }
}
