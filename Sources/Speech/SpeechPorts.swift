/// Writes down what somebody says freely.
package protocol Recogniser: Sendable {
  /// - Parameter language: its two-letter code, where it is known.
  func transcribe(
    _ clip: VoiceClip, language: String?
  ) async throws(SpeechFault) -> Transcript
}

/// Listens to somebody who reads a known text aloud.
package protocol Reader: Sendable {
  func read(_ clip: VoiceClip, against text: String) async throws(SpeechFault) -> Reading
}

/// Listens to somebody who says one of a few known sentences.
package protocol Chooser: Sendable {
  func choose(
    _ clip: VoiceClip, among sentences: [String]
  ) async throws(SpeechFault) -> SentenceChoice
}

/// Speaks a text.
package protocol Synthesiser: Sendable {
  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio
}

/// A recording as it came from the channel, of whatever kind.
package struct VoiceClip: Sendable, Equatable {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }
}

/// Turns recordings of one kind into another.
package protocol SoundConverter: Sendable {
  /// The recording as a WAVE file of 16 kHz and one channel.
  func wave(of clip: VoiceClip) async throws(SpeechFault) -> [UInt8]

  func convert(
    _ clip: VoiceClip, to format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio
}
