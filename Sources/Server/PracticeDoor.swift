import Conversation
import Feedback
import Foundation
import Language
import Practice
import Speech
import Storage
import Transport

/// What practising needs of the outside world, as far as it is set up.
struct PracticeDoor: Sendable {
  let ports: PracticePorts
  let worker: SpeechWorker
  /// Whose circuits operators want to see.
  let providers: [ProviderClient]

  init(
    _ settings: Settings, checker: TextChecker, model: TutorModel?, files: any IncomingFiles,
    liveText: any LiveText, client: HTTPClient, database: Database, time: TimeSource
  ) {
    let worker = SpeechWorker()
    var providers: [ProviderClient] = []
    func service(
      _ service: Settings.Speech.Service, _ name: Settings.Provider
    ) -> SpeechService {
      let provider = ProviderClient(
        name: name.rawValue, client: client, proxy: settings.outgoing.proxy(for: name),
        timeouts: SpeechService.timeouts, secrets: [service.key].compactMap(\.self))
      providers.append(provider)
      return SpeechService(baseURL: service.url, key: service.key, client: provider)
    }
    let recogniser = settings.speech.whisper.map {
      WhisperRecogniser(
        service: service($0, .whisper), model: $0.model, converter: worker)
    }
    var synthesiser: any Synthesiser = worker
    var engine = Self.embeddedEngine
    if let voices = settings.speech.voices {
      let service = service(voices, .tts)
      synthesiser = ServiceVoices(
        male: HTTPSynthesiser(
          service: service, model: voices.model, voiceName: settings.speech.maleVoice,
          converter: worker),
        female: HTTPSynthesiser(
          service: service, model: voices.model, voiceName: settings.speech.femaleVoice,
          converter: worker),
        embedded: worker)
      engine = "\(voices.url) \(voices.model)"
    }
    ports = PracticePorts(
      files: files, recogniser: recogniser, reader: worker, synthesiser: synthesiser,
      sharedSynthesiser: KeptVoices(
        speaker: Speaker(
          synthesiser, engineVersion: engine, cache: SpeechCache(database), time: time)),
      check: { checker.check($0, mode: $1) }, model: model, liveText: liveText)
    self.worker = worker
    self.providers = providers
  }

  /// Changes when the voices sound different, so that what was kept is spoken anew.
  private static let embeddedEngine = "flite 2.2"

  /// What flows may offer.
  static func abilities(_ settings: Settings, hasModel: Bool) -> PracticeAbilities {
    PracticeAbilities(
      recognises: settings.speech.whisper != nil, reads: true, speaks: true, hasModel: hasModel)
  }
}

/// A service's voices; our own when it does not speak.
private struct ServiceVoices: Synthesiser {
  let male: any Synthesiser
  let female: any Synthesiser
  let embedded: any Synthesiser

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    do {
      let service = voice.name == "rms" ? male : female
      return try await service.speak(text, with: voice, as: format)
    } catch {
      return try await embedded.speak(text, with: voice, as: format)
    }
  }
}

/// Texts of our own, out of the cache.
private struct KeptVoices: Synthesiser {
  let speaker: Speaker

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    try await speaker.speak(text, with: voice, as: format, isShared: true)
  }
}
