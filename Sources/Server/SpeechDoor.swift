import Conversation
import Foundation
import Practice
import Speech
import Storage
import Transport

/// Speech put together: the process that handles sound, the providers that are set up, and the
/// cache of what was spoken.
struct SpeechDoor: Sendable {
  let worker: SpeechWorker
  /// Whether the process that handles sound can be started.
  let isInstalled: Bool
  /// Writes down free speech; nil when nobody can.
  let recogniser: WhisperRecogniser?
  /// Whether a person lets the recogniser have their voice; nil where it is the operator's own.
  let maySendVoice: PracticePorts.MaySendVoice?
  /// Whether whoever speaks is somebody else.
  let sendsAnswers: Bool
  let recogniserService: SpeechService?
  let synthesiserService: SpeechService?
  /// Speaks by the provider, or else by the voices built in.
  let speaker: Speaker

  init(_ settings: Settings, client: HTTPClient, database: Database, time: TimeSource) {
    let worker = SpeechWorker(program: Self.workerProgram(settings))
    isInstalled = FileManager.default.isExecutableFile(atPath: Self.workerProgram(settings))
    let whisper = settings.speech.whisper
    let tts = settings.speech.synthesiser
    maySendVoice = whisper?.isSelfHosted == true ? nil : Self.ledger(of: database)
    sendsAnswers = tts?.isSelfHosted == false
    let recogniserService = whisper.map {
      Self.service(.whisper, $0.url, $0.key, settings, client)
    }
    let synthesiserService = tts.map { Self.service(.tts, $0.url, $0.key, settings, client) }
    recogniser = recogniserService.flatMap { service in
      whisper.map { whisper in
        WhisperRecogniser(
          service: service, model: whisper.model, dialect: whisper.dialect, converter: worker)
      }
    }
    let provided = synthesiserService.flatMap { service in
      tts.map { tts in
        HTTPSynthesiser(
          service: service, model: tts.model, voiceName: tts.voice, converter: worker)
      }
    }
    speaker = Speaker(
      provided.map { $0 as any Synthesiser } ?? worker,
      engineVersion: Self.engineVersion(settings),
      cache: SpeechCache(database), time: time)
    self.worker = worker
    self.recogniserService = recogniserService
    self.synthesiserService = synthesiserService
  }

  private static func ledger(of database: Database) -> PracticePorts.MaySendVoice {
    { person in
      try await database.read { try Consent.allowsOutside(.speech, person, in: $0) }
    }
  }

  /// Whether the recogniser may have what somebody says in a conversation.
  func mayRecognise(
    in database: Database
  ) -> @Sendable (ID<ConversationRecord>?) async throws -> Bool {
    { [maySendVoice] conversation in
      guard let maySendVoice else { return true }
      guard let conversation else { return false }
      let record = try await database.read { try ConversationRecord.load(conversation, in: $0) }
      guard let record else { return false }
      return try await maySendVoice(record.person.id)
    }
  }

  /// The path of the process that handles sound.
  static func workerProgram(_ settings: Settings) -> String {
    settings.speech.program ?? SpeechWorker.programBesideThis
  }

  /// Of whoever speaks by these settings.
  static func engineVersion(_ settings: Settings) -> String {
    settings.speech.synthesiser.map { "\($0.url) \($0.model) \($0.voice)" }
      ?? SpeechWorker.engineVersion
  }

  var providers: [ProviderClient] {
    [recogniserService, synthesiserService].compactMap { $0?.client }
  }

  private static func service(
    _ provider: Settings.Provider, _ url: String, _ key: String?, _ settings: Settings,
    _ client: HTTPClient
  ) -> SpeechService {
    SpeechService(
      baseURL: url, key: key,
      client: ProviderClient(
        name: provider.rawValue, client: client,
        proxy: settings.outgoing.proxy(for: provider, at: url),
        timeouts: SpeechService.timeouts, secrets: [key].compactMap { $0 }))
  }
}
