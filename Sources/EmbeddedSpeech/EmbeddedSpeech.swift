package import Media
package import Speech
import Synchronization

/// Speech without anybody else's service: listens to English texts that are known beforehand, and
/// speaks English and Persian.
///
/// Everything blocks: never call it on the cooperative pool. Calls from several threads wait for
/// each other, for there is one recogniser (30 MB) and one synthesiser.
package final class EmbeddedSpeech: Sendable {
  private let listener: Mutex<Listener>
  private let speaker: Speaker

  /// Nothing is loaded before it is needed.
  package init(
    models: SpeechModels = .usual, espeakPath: String = "/usr/bin/espeak-ng"
  ) {
    listener = Mutex(Listener(models))
    speaker = Speaker(espeak: Espeak(path: espeakPath))
  }

  /// Judges a reading of a known text.
  /// - Parameter audio: best at 16 kHz; of more than 90 seconds the beginning counts.
  /// - Throws: `.unavailable` without models, `.textNotSpeakable` for a text that is too long.
  package func read(_ audio: PCMAudio, against text: String) throws(SpeechFault) -> Reading {
    try listener.withLock { listener throws(SpeechFault) in
      try listener.read(audio, against: text)
    }
  }

  /// Finds out which of a few sentences somebody said.
  /// - Parameter audio: best at 16 kHz; of more than 30 seconds the beginning counts.
  /// - Parameter sentences: 32 at most, of 400 words in all.
  /// - Throws: as `read`.
  package func choose(
    _ audio: PCMAudio, among sentences: [String]
  ) throws(SpeechFault) -> SentenceChoice {
    try listener.withLock { listener throws(SpeechFault) in
      try listener.choose(audio, among: sentences)
    }
  }

  /// Speaks a text. Parts in the other script are spoken by a voice that can read them.
  /// - Returns: at the rate of the engine, 16 kHz for all but one of them.
  /// - Throws: `.textNotSpeakable` for nothing to say or too much; `.unavailable` for a voice that
  ///   is not here; `.tookTooLong`.
  package func speak(_ text: String, with voice: Voice) throws(SpeechFault) -> PCMAudio {
    try speaker.speak(text, with: voice)
  }
}
