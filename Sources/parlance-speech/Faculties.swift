import EmbeddedSpeech
import Media
import Speech

/// What this process can do beyond turning one kind of sound into another: the one place where
/// recognisers and voices are plugged in.
struct Faculties: Sendable {
  /// Judges a reading of 16 kHz, one channel, against the text that was to be read.
  var read: (@Sendable (PCMAudio, String) throws(SpeechFault) -> Reading)?
  /// Finds out which of a few sentences was said, of the same kind of sound.
  var choose: (@Sendable (PCMAudio, [String]) throws(SpeechFault) -> SentenceChoice)?
  /// Speaks a text, at any rate of samples.
  var speak: (@Sendable (String, Voice) throws(SpeechFault) -> PCMAudio)?
  /// Those `speak` has voices of.
  var engines: [Voice.Engine] = []

  static let installed = Faculties(
    read: { audio, text throws(SpeechFault) in try embedded.read(audio, against: text) },
    choose: { audio, sentences throws(SpeechFault) in
      try embedded.choose(audio, among: sentences)
    },
    speak: { text, voice throws(SpeechFault) in try embedded.speak(text, with: voice) },
    engines: [.flite, .espeak])

  /// Loads nothing before it is asked for something.
  private static let embedded = EmbeddedSpeech()
}
