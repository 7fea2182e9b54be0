import Storage
import Transport

/// All that decides what a spoken text sounds like.
package struct SpokenText: Sendable, Equatable {
  package let text: String
  package let voice: Voice
  package let format: SpokenFormat
  /// Of the engine and of how it is used: with a new one everything is spoken anew.
  package let engineVersion: String

  package init(text: String, voice: Voice, format: SpokenFormat, engineVersion: String) {
    self.text = text
    self.voice = voice
    self.format = format
    self.engineVersion = engineVersion
  }

  /// The SHA-256 of all of it, each part with its length, so that no two run together.
  package var key: String {
    let parts = [
      text, voice.engine.rawValue, voice.name, voice.language, String(voice.wordsPerMinute),
      format.rawValue, engineVersion,
    ]
    let bytes = parts.flatMap { part in Array("\(part.utf8.count):".utf8) + Array(part.utf8) }
    return Hex.text(of: SHA256.digest(bytes))
  }
}

extension SpokenFormat: SQLConvertible {}
