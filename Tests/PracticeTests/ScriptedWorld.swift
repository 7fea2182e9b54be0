import Conversation
import Feedback
import Language
import Practice
import Rehearsal
import Speech
import Storage
import Synchronization

/// The outside world as a test wants it: what files hold, what is heard and said, and what a model
/// answers. What was asked of it is kept.
final class ScriptedWorld: Sendable {
  struct State: Sendable {
    var file: Result<[UInt8], IncomingFileFault> = .success([1, 2, 3])
    /// Whether the recogniser is somebody else's; then the ledger of a test is this.
    var voiceConsent: Bool?
    var transcribed = 0
    var transcript: Result<Transcript, SpeechFault>?
    var reading: Result<Reading, SpeechFault>?
    var speaks: Result<Void, SpeechFault>? = .success(())
    /// Whether whoever speaks is somebody else; then there is a voice of our own, too.
    var mouthIsOthers = false
    var spokenAtHome: [String] = []
    var advice: Result<ModelAdvice, TutorFault>?
    var partner: Result<PartnerLine, TutorFault>?
    var summary = "They talked about the sea."
    var instructions: [String] = []
    /// What the partner's answer grows through.
    var growing: [String] = []
    var spoken: [String] = []
    var voices: [Voice] = []
    var adviceAsked: [AdviceQuestion] = []
    var talksAsked: [TalkQuestion] = []
    var shown: [String] = []
  }

  let clock = Mutex(Rehearsal.start)
  private let state: Mutex<State>

  init(_ change: (inout State) -> Void = { _ in }) {
    var state = State()
    change(&state)
    self.state = Mutex(state)
  }

  var now: State { state.withLock { $0 } }

  func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  func ports(_ checker: TextChecker) -> PracticePorts {
    let start = now
    var model: TutorModel?
    if start.advice != nil || start.partner != nil { model = tutor }
    return PracticePorts(
      files: Files(world: self),
      recogniser: start.transcript == nil ? nil : Ears(world: self),
      maySendVoice: start.voiceConsent == nil ? nil : maySendVoice,
      reader: start.reading == nil ? nil : Ears(world: self),
      synthesiser: start.speaks == nil ? nil : Mouth(world: self),
      ownSynthesiser: start.mouthIsOthers ? Mouth(world: self, isAtHome: true) : nil,
      check: { checker.check($0, mode: $1) }, model: model, liveText: Screen(world: self))
  }

  private var maySendVoice: PracticePorts.MaySendVoice {
    { [self] _ in now.voiceConsent == true }
  }

  private var tutor: TutorModel {
    TutorModel(
      advise: { [self] question async throws(TutorFault) in
        change { $0.adviceAsked.append(question) }
        guard let advice = now.advice else { throw .notConfigured }
        return TutorAnswer(try advice.get(), instructions: now.instructions)
      },
      converse: { [self] question, onText async throws(TutorFault) in
        change { $0.talksAsked.append(question) }
        for text in now.growing { await onText(text) }
        guard let partner = now.partner else { throw .notConfigured }
        return TutorAnswer(try partner.get(), instructions: now.instructions)
      },
      summarise: { [self] question async throws(TutorFault) in
        change { $0.talksAsked.append(question) }
        return now.summary
      })
  }
}

private struct Files: IncomingFiles {
  let world: ScriptedWorld
  func fetch(
    _ attachment: Content.Attachment, on channel: Channel
  ) async throws(IncomingFileFault) -> [UInt8] { try world.now.file.get() }
}

private struct Ears: Recogniser, Reader {
  let world: ScriptedWorld

  func transcribe(
    _ clip: VoiceClip, language: String?
  ) async throws(SpeechFault) -> Transcript {
    world.change { $0.transcribed += 1 }
    guard let transcript = world.now.transcript else { throw .unavailable }
    return try transcript.get()
  }

  func read(_ clip: VoiceClip, against text: String) async throws(SpeechFault) -> Reading {
    guard let reading = world.now.reading else { throw .unavailable }
    return try reading.get()
  }
}

private struct Mouth: Synthesiser {
  let world: ScriptedWorld
  var isAtHome = false

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    world.change {
      if isAtHome { $0.spokenAtHome.append(text) } else { $0.spoken.append(text) }
      $0.voices.append(voice)
    }
    guard let speaks = world.now.speaks else { throw .unavailable }
    try speaks.get()
    return SpokenAudio(bytes: Array(text.utf8), format: format, durationMs: 1_000)
  }
}

private struct Screen: LiveText {
  let world: ScriptedWorld
  func show(_ text: String, in conversation: ID<ConversationRecord>) async {
    world.change { $0.shown.append(text) }
  }
}
