package import Conversation
import Feedback
package import Storage

/// Practising with one's own words: speaking, reading aloud, talking with a partner, having a text
/// looked at.
///
/// Start reading at `VoiceFlow`. What is slow is a job of the same folder (`VoiceJob`, `TalkJob`,
/// `CheckJob`). A model's answer passes `CorrectionCheck` before anybody sees it, and a learner's
/// words pass `SafetyPolicy` before anything else looks at them.
package struct Practice: Sendable {
  /// The level a person works at, as the profile has it; nil until it is known.
  package typealias LevelOf = @Sendable (ID<Person>, Transaction) throws -> String?
  /// Gives points for an exercise, up to the day's most.
  ///
  /// - Returns: how many were given.
  package typealias Award =
    @Sendable (ID<Person>, _ points: Int, Timestamp, Transaction) throws -> Int

  package static let migrations = PracticeSchema.migrations
  /// What this capability knows of a person.
  package static let dataKeeper = PracticeData.keeper
  /// What takes recordings that nobody else listens to.
  package static let voiceFlow = VoiceFlow.practiceName
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(PracticePhrase.allCases) + Array(ProblemPhrase.allCases)
    + Array(SoundPhrase.allCases) + Array(SpokenPhrase.allCases) + Array(AdvicePhrase.allCases)
    + Array(ConsentPhrase.allCases) + Array(CheckPhrase.allCases) + Array(TalkPhrase.allCases)
    + Array(PersonaPhrase.allCases) + Array(SafetyPhrase.allCases)
    + Array(RulePhrase.allCases)

  private let kit: PracticeKit

  /// - Parameter operatorName: whom to write to, as the answer to somebody in need says.
  package init(
    content: PracticeContent, abilities: PracticeAbilities = PracticeAbilities(),
    operatorName: String = "Parlance", levelOf: @escaping LevelOf, award: @escaping Award
  ) {
    kit = PracticeKit(
      content: content, abilities: abilities, levelOf: levelOf, award: award,
      safety: SafetyText(operatorName: operatorName))
  }

  package var flows: [AnyFlow] {
    [
      AnyFlow(VoiceFlow(name: VoiceFlow.practiceName, kit: kit)),
      AnyFlow(VoiceFlow(name: VoiceFlow.readName, kit: kit)), AnyFlow(TalkFlow(kit: kit)),
      AnyFlow(CheckFlow(kit: kit)), AnyFlow(PersonaFlow(kit: kit)),
      AnyFlow(ModelConsentFlow(kit: kit)),
    ]
  }

  package var commands: [Command] {
    [
      Command("practice", .open(VoiceFlow.practiceName, argument: nil)),
      Command("read", .open(VoiceFlow.readName, argument: nil)),
      Command("talk", .open(TalkFlow.name, argument: nil)),
      Command("check", .open(CheckFlow.name, argument: nil)),
      Command("persona", .open(PersonaFlow.name, argument: nil)),
      Command("corrections", .open(PersonaFlow.name, argument: "style")),
      Command("model", .open(ModelConsentFlow.name, argument: nil)),
    ]
  }

  package var timers: [TimerHandler] { [SpokenNotice.handler] }

  /// What does the slow work, with what is configured.
  package func jobHandlers(
    _ ports: PracticePorts, _ phrasebook: Phrasebook, _ database: Database, _ time: TimeSource
  ) -> [JobHandler] {
    let aside = SpeakingAside(
      ports: ports, content: kit.content, database: database, time: time)
    return [
      VoiceJob(ports: ports, aside: aside, phrasebook: phrasebook).handler,
      SpeakJob(aside: aside).handler, CheckJob(ports: ports).handler,
      TalkJob(ports: ports, aside: aside).handler,
      SummaryJob(ports: ports, database: database).handler,
    ]
  }
}

/// Why something is wrong, by the rule that found it: `feedback.third-person-s`.
struct RulePhrase: Phrase {
  let rawValue: String

  init?(rawValue: String) { self.rawValue = rawValue }

  static let allCases: [RulePhrase] = TextChecker.rules.compactMap {
    RulePhrase(rawValue: "feedback." + $0)
  }
}
