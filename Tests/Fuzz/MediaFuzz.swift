/// What libFuzzer calls, built together with the sources of `Media` by `.ci/fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMedia(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  do throws(MediaFault) {
    let decoded = try AudioDecoder.decode(bytes)
    precondition(decoded.audio.sampleRate == PCMAudio.speechRate)
    precondition(decoded.audio.durationMs <= DecodingLimits.usual.durationMsMax)
    let levels = AudioLevels(decoded.audio)
    precondition(levels.speechMs >= 0 && levels.silenceMs >= 0)
    precondition(levels.signalToNoiseDecibels.isFinite)
  } catch {
    precondition(error != .outOfMemory)
  }
  return 0
}
