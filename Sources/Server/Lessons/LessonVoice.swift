import Conversation
import Foundation
import Learning
import Speech

/// What lessons sound like, and where what was made ahead is found.
package struct LessonVoice: Sendable {
  /// A woman's voice, slow enough for beginners and still in one piece.
  static let usualName = "slt"
  static let wordsPerMinute = 120

  /// Of whoever speaks: what another one made is not played.
  let engineVersion: String
  /// Whether the process that handles sound is installed.
  let isInstalled: Bool
  /// Whether free speech can be written down.
  let transcribes: Bool

  /// Has nothing to play and nobody who listens.
  package static let silent = LessonVoice(
    engineVersion: "", isInstalled: false, transcribes: false)

  package init(engineVersion: String, isInstalled: Bool, transcribes: Bool) {
    self.engineVersion = engineVersion
    self.isInstalled = isInstalled
    self.transcribes = transcribes
  }

  package init(_ settings: Settings) {
    engineVersion = SpeechDoor.engineVersion(settings)
    isInstalled = FileManager.default.isExecutableFile(
      atPath: SpeechDoor.workerProgram(settings))
    transcribes = settings.speech.whisper != nil
  }

  /// The text as it is to be spoken.
  ///
  /// - Parameter name: of a voice; nil for the usual one.
  func spoken(
    _ text: String, language: LanguageCode, name: String?, as format: SpokenFormat
  ) -> Speech.SpokenText {
    Speech.SpokenText(
      text: text,
      voice: Voice(
        engine: .flite, name: name ?? Self.usualName, language: language.text,
        wordsPerMinute: Self.wordsPerMinute),
      format: format, engineVersion: engineVersion)
  }

  /// Looks among what was made ahead, in the turn's own transaction.
  var speech: LessonSpeech {
    { text, turn in
      guard let format = Self.format(on: turn.channel) else { return nil }
      let wanted = spoken(text.text, language: text.language, name: text.voice, as: format)
      guard let audio = try SpeechCache.audio(of: wanted, in: turn.database) else { return nil }
      let media = OutgoingMedia(
        kind: .voice, mediaType: format.mediaType,
        fileName: format == .voiceNote ? "voice.ogg" : "voice.m4a", bytes: audio.bytes)
      return media.fits ? media : nil
    }
  }

  var hears: LessonReading.Hears {
    { channel, words in
      guard isInstalled, Self.format(on: channel) != nil else { return false }
      switch words {
      case .given: return true
      case .own: return transcribes
      }
    }
  }

  /// How a channel plays what is spoken; nil where voices neither come nor go.
  private static func format(on channel: Channel) -> SpokenFormat? {
    switch channel {
    case .telegram, .whatsapp: .voiceNote
    case .webchat: .web
    case .sms, .terminal: nil
    }
  }
}
