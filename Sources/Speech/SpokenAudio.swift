/// Who speaks, and how fast.
package struct Voice: Codable, Sendable, Equatable, Hashable {
  package enum Engine: String, Codable, Sendable, CaseIterable {
    case flite
    case espeak
    case provider
  }

  package var engine: Engine
  /// As the engine calls it: `rms` (a man), `slt` (a woman), `fa`.
  package var name: String
  /// By its two-letter code.
  package var language: String
  package var wordsPerMinute: Int

  package init(engine: Engine, name: String, language: String, wordsPerMinute: Int) {
    self.engine = engine
    self.name = name
    self.language = language
    self.wordsPerMinute = wordsPerMinute
  }
}

/// What spoken audio is made for.
package enum SpokenFormat: String, Codable, Sendable, CaseIterable {
  /// OGG with Opus, as messengers show voice notes.
  case voiceNote
  /// M4A with AAC, which every browser plays.
  case web

  package var mediaType: String {
    switch self {
    case .voiceNote: "audio/ogg"
    case .web: "audio/mp4"
    }
  }
}

/// A text that was spoken.
package struct SpokenAudio: Codable, Sendable, Equatable {
  package var bytes: [UInt8]
  package var format: SpokenFormat
  package var durationMs: Int

  package init(bytes: [UInt8], format: SpokenFormat, durationMs: Int) {
    self.bytes = bytes
    self.format = format
    self.durationMs = durationMs
  }
}
