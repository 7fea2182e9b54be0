import Conversation
import Feedback
import Language
import Practice
import Speech
import Storage

/// What practising needs of the outside world, as far as it is set up.
enum PracticeDoor {
  static func ports(
    speech: SpeechDoor, checker: TextChecker, model: TutorModel?, files: any IncomingFiles,
    liveText: any LiveText
  ) -> PracticePorts {
    let embedded = speech.worker
    let personal = Voices(speaker: speech.speaker, embedded: embedded, isShared: false)
    return PracticePorts(
      files: files, recogniser: speech.recogniser,
      maySendVoice: speech.maySendVoice, reader: embedded,
      synthesiser: personal, ownSynthesiser: speech.sendsAnswers ? embedded : personal,
      sharedSynthesiser: Voices(speaker: speech.speaker, embedded: embedded, isShared: true),
      check: { checker.check($0, mode: $1) }, model: model, liveText: liveText)
  }

  /// What flows may offer.
  static func abilities(_ settings: Settings, hasModel: Bool) -> PracticeAbilities {
    PracticeAbilities(
      recognises: settings.speech.whisper != nil, reads: true, speaks: true, hasModel: hasModel,
      sendsVoice: settings.speech.whisper?.isSelfHosted == false,
      sendsAnswers: settings.speech.synthesiser?.isSelfHosted == false)
  }
}

/// The provider's voices, or our own when it does not speak.
private struct Voices: Synthesiser {
  let speaker: Speaker
  let embedded: any Synthesiser
  /// Whether the texts are ours, the same for everybody.
  let isShared: Bool

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    do {
      return try await speaker.speak(text, with: voice, as: format, isShared: isShared)
    } catch {
      return try await embedded.speak(text, with: voice, as: format)
    }
  }
}
