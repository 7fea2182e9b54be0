import Conversation
import Language
import Speech
import Storage

/// What every flow of this capability needs.
struct PracticeKit: Sendable {
  /// Where somebody begins of whom nothing is known yet.
  static let guestLevel = CEFRLevel.a1

  let content: PracticeContent
  let abilities: PracticeAbilities
  let levelOf: Practice.LevelOf
  let award: Practice.Award
  let safety: SafetyText

  func level(_ turn: Turn) throws -> CEFRLevel {
    try levelOf(turn.person.id, turn.database).flatMap(CEFRLevel.init) ?? Self.guestLevel
  }

  func settings(_ turn: Turn) throws -> PracticeSettings {
    try PracticeSettingsStore.load(turn.person.id, in: turn.database)
  }

  func persona(_ turn: Turn) throws -> Persona? { content.persona(try settings(turn).persona) }

  func learner(_ turn: Turn) throws -> TutorLearner {
    TutorLearner(
      person: turn.person.id, level: try level(turn), language: turn.person.language,
      persona: try persona(turn)?.id ?? PersonaLibrary.standardID)
  }

  func mayAskModel(_ turn: Turn) throws -> Bool {
    try abilities.hasModel && ModelConsent.state(of: .model, turn) == .granted
  }

  /// Whether there is a model and nobody has asked yet.
  func shouldAskConsent(_ turn: Turn) throws -> Bool {
    guard abilities.hasModel, try ModelConsent.state(of: .model, turn) == .unasked
    else { return false }
    return try settings(turn).modelAskedAt == nil
  }

  /// Whether free speech is understood, as far as the person lets it be.
  func recognises(_ turn: Turn) throws -> Bool {
    guard abilities.recognises, abilities.sendsVoice else { return abilities.recognises }
    return try ModelConsent.state(of: .speech, turn) != .refused
  }

  /// Whether a recording of free speech has to wait for the person's word that it may be given to
  /// others.
  func voiceWaitsForConsent(_ turn: Turn) throws -> Bool {
    guard abilities.recognises, abilities.sendsVoice else { return false }
    return try ModelConsent.state(of: .speech, turn) == .unasked
  }

  /// How far what is made for one person may go to be spoken.
  func confidentiality(_ turn: Turn) throws -> Confidentiality {
    try mayAskModel(turn) ? .shareable : .personal
  }

  /// Asks for a text to be spoken. The voice comes beside the conversation when it is ready.
  func speak(
    _ text: String, confidentiality: Confidentiality = .open, _ turn: Turn
  ) throws {
    guard abilities.speaks, let format = turn.spokenFormat else { return }
    let learner = try learner(turn)
    try turn.start(
      JobRequest(
        SpeakOrder.kind,
        payload: PracticeJSON.text(
          SpeakOrder(
            text: text, persona: learner.persona, level: learner.level, format: format,
            confidentiality: confidentiality))))
  }

  /// Keeps an attempt and what it has earned, once.
  ///
  /// - Returns: the points that were given.
  func reward(_ attempt: PracticeAttempt, points: Int, _ turn: Turn) throws -> Int {
    guard
      try AttemptStore.keep(
        attempt, of: turn.person.id, xp: points, at: turn.now, in: turn.database)
    else { return 0 }
    return points > 0 ? try award(turn.person.id, points, turn.now, turn.database) : 0
  }
}

/// What practising earns: less than a lesson, and effort counts.
enum PracticePoints {
  static let read = 10
  static let spoken = 10
  static let written = 5
  static let checked = 3
  static let talkLine = 2
  /// Shorter answers are no practice.
  static let wordsMin = 4

  static func points(for outcome: VoiceOutcome) -> Int {
    guard outcome.problem == nil, outcome.safety == nil else { return 0 }
    if let reading = outcome.reading { return reading.verdict == .accepted ? read : 0 }
    guard PatternWords.of(outcome.words ?? "").count >= wordsMin else { return 0 }
    return outcome.form == .spoken ? spoken : written
  }
}
