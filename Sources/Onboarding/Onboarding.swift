package import Conversation
import Language
package import Storage

/// Getting to know a person: the first conversation, the profile it leads to and its corrections,
/// the menu, help, and the daily reminder.
///
/// Start reading at `OnboardingFlow`; the questions it asks are in `Questions/`, one file each, and
/// `ProfileFlow` asks the same ones again, alone, when an answer is corrected.
package struct Onboarding: Sendable {
  /// Whether a person has finished a lesson on their present day.
  package typealias HasPractisedToday =
    @Sendable (ID<Person>, Timestamp, Transaction) throws -> Bool

  /// What there is to talk about on the person's present day, as markup; nil for nothing.
  package typealias TopicLine = @Sendable (Turn) throws -> String?

  /// What tells of a person's week, on the day on which it is told; nil on others.
  package typealias WeekSummaryTimer = @Sendable (Turn) throws -> TimerRequest?

  package static let migrations = OnboardingSchema.migrations
  /// What this capability knows of a person.
  package static let dataKeeper = ProfileData.keeper
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(OnboardingPhrase.allCases) + Array(HomePhrase.allCases) + Array(ProfilePhrase.allCases)

  private let questions: QuestionSet
  private let reminder: DailyReminder
  private let operatorName: String

  /// - Parameter operatorName: who runs the bot, as HELP says.
  package init(
    content: OnboardingContent, operatorName: String = "Parlance",
    hasPractisedToday: @escaping HasPractisedToday,
    topicLine: @escaping TopicLine = { _ in nil },
    weekSummary: @escaping WeekSummaryTimer = { _ in nil }
  ) {
    self.operatorName = operatorName
    questions = QuestionSet(content)
    reminder = DailyReminder(
      hasPractisedToday: hasPractisedToday, topicLine: topicLine, weekSummary: weekSummary)
  }

  package var flows: [AnyFlow] {
    [
      AnyFlow(HomeFlow()), AnyFlow(OnboardingFlow(questions: questions, reminder: reminder)),
      AnyFlow(ProfileFlow(questions: questions, reminder: reminder)),
      AnyFlow(LanguageFlow(question: questions[.language])),
    ]
  }

  package var commands: [Command] {
    [
      Command("menu", .goHome),
      Command("help", .explain { [operatorName] in try $0.notify(help(operatorName, $0)) }),
      Command("profile", .open(ProfileFlow.name, argument: nil)),
      Command("language", .open(LanguageFlow.name, argument: nil)),
      Command("setup", .open(OnboardingFlow.name, argument: nil)),
    ]
      + OnboardingStep.allCases.map {
        Command($0.changeCommand, .open(ProfileFlow.name, argument: $0.rawValue))
      }
  }

  package var timers: [TimerHandler] { [reminder.handler] }

  /// The level a person works at; nil until it is known.
  package static func level(of person: ID<Person>, in database: Transaction) throws -> String? {
    try ProfileStore.level(of: person, in: database)
  }

  /// The minutes a day somebody wants to give; nil until they say.
  package static func minutesPerDay(
    of person: ID<Person>, in database: Transaction
  ) throws -> Int? {
    try ProfileStore.find(person, in: database)?.minutesPerDay
  }

  /// What somebody is interested in, by the ids of `interests.yaml`.
  package static func interests(
    of person: ID<Person>, in database: Transaction
  ) throws -> [String] {
    try ProfileStore.find(person, in: database)?.interests ?? []
  }

  /// Makes a level that has been earned the one lessons go by. What is no level changes nothing.
  package static func raiseLevel(
    of person: ID<Person>, to level: String, in database: Transaction
  ) throws {
    guard let level = CEFRLevel(rawValue: level) else { return }
    var profile = try ProfileStore.load(person, in: database)
    profile.level = level
    try ProfileStore.save(profile, of: person, in: database)
  }
}

/// What the bot is, who runs it and how to stop it; then what it can do, where a message costs
/// nothing by its length.
private func help(_ operatorName: String, _ turn: Turn) -> Reply {
  let about = turn.phrase(HomePhrase.about, ["operator": .text(operatorName)])
  return Reply(turn.channel == .sms ? about : about + "\n\n" + turn.phrase(HomePhrase.help))
}
