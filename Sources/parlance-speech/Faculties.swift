import Media
import Speech

/// What this process can do beyond turning one kind of sound into another: the one place where
/// recognisers and voices are plugged in.
struct Faculties: Sendable {
  /// Judges a reading of 16 kHz, one channel, against the text that was to be read.
  var read: (@Sendable (PCMAudio, String) throws(SpeechFault) -> Reading)?
  /// Speaks a text, at any rate of samples.
  var speak: (@Sendable (String, Voice) throws(SpeechFault) -> PCMAudio)?
  /// Those `speak` has voices of.
  var engines: [Voice.Engine] = []

  static let installed = Faculties()
}
