/// What a recording is by its first bytes, as far as recognisers read it themselves: they go by
/// the name of the file.
struct RecordingKind: Equatable {
  let fileName: String
  let mediaType: String

  static let wave = RecordingKind(fileName: "voice.wav", mediaType: "audio/wav")

  /// - Returns: nil for a kind that not every recogniser reads, such as AMR.
  static func of(_ bytes: [UInt8]) -> RecordingKind? {
    func has(_ text: String, at place: Int = 0) -> Bool {
      bytes.dropFirst(place).starts(with: text.utf8)
    }
    if has("OggS") { return RecordingKind(fileName: "voice.ogg", mediaType: "audio/ogg") }
    if has("RIFF"), has("WAVE", at: 8) { return wave }
    if has("fLaC") { return RecordingKind(fileName: "voice.flac", mediaType: "audio/flac") }
    if has("ftyp", at: 4), !has("3g", at: 8) {
      return RecordingKind(fileName: "voice.m4a", mediaType: "audio/mp4")
    }
    if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      return RecordingKind(fileName: "voice.webm", mediaType: "audio/webm")
    }
    if has("ID3") || isMP3Frame(bytes) {
      return RecordingKind(fileName: "voice.mp3", mediaType: "audio/mpeg")
    }
    return nil
  }

  /// Eleven bits that are set, then any layer but the one that AAC uses.
  private static func isMP3Frame(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x06 != 0
  }
}
