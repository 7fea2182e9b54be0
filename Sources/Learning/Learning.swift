package import Conversation
import Language
package import Storage

/// Lessons: the curriculum, the activities, and what they earn; and what comes after them: reviews,
/// progress, level tests, a plan and a topic a day.
///
/// Start reading at `LessonFlow`. Each type of activity is one file of `Activities/`; how typed
/// answers are understood is in `Answers/`; points, streaks, achievements and the report are in
/// `Progress/`, its picture in `Chart/`; cards and their scheduler are in `Review/`.
package struct Learning: Sendable {
  /// The level a person works at, as the profile has it; nil until it is known.
  package typealias LevelOf = @Sendable (ID<Person>, Transaction) throws -> String?

  package static let migrations =
    LearningSchema.migrations + ReviewSchema.migrations + PracticeSchema.migrations
    + AuthoringSchema.migrations
  /// What this capability knows of a person.
  package static let dataKeepers = [
    LearningData.keeper, ReviewData.keeper, PracticeData.keeper, AuthoringData.keeper,
  ]
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(LessonPhrase.allCases) + Array(LessonListPhrase.allCases)
    + Array(ProgressPhrase.allCases) + Array(ProgressNamePhrase.allCases)
    + Array(ReviewPhrase.allCases) + Array(AchievementPhrase.allCases)
    + Array(LevelPhrase.allCases) + Array(TopicPhrase.allCases) + Array(PlanPhrase.allCases)
    + Array(FeedbackPhrase.allCases)

  private let choice: LessonChoice
  private let ports: LearnerPorts
  private let content: LearningContent
  private let speech: LessonSpeech
  private let hears: LessonReading.Hears

  /// - Parameters:
  ///   - lessons: what is taught, as it is published.
  ///   - content: achievements and topics.
  ///   - ports: the profile, for those who need to know of it.
  ///   - speech: finds what is spoken; without it lessons go on in writing.
  ///   - hears: whether voice messages of a channel are listened to, by a handler for
  ///     `LessonReading.job`; without it the learner is asked to type or skip.
  package init(
    lessons: LessonShelf, content: LearningContent = .empty, levelOf: @escaping LevelOf,
    ports: LearnerPorts = LearnerPorts(), speech: @escaping LessonSpeech = { _, _ in nil },
    hears: @escaping LessonReading.Hears = { _, _ in false }
  ) {
    choice = LessonChoice(shelf: lessons, levelOf: levelOf)
    self.content = content
    self.ports = ports
    self.speech = speech
    self.hears = hears
  }

  private var achievements: Achievements { Achievements(shelf: content.achievements, ports: ports) }

  private var topics: TopicFlow {
    TopicFlow(topics: content.topics, choice: choice, ports: ports)
  }

  package var flows: [AnyFlow] {
    let desk = ReviewDesk(
      shelf: choice.shelf, ports: ports, speech: speech, afterwards: achievements.tell)
    return [
      flow(
        LessonFlow(
          choice: choice, speech: speech, hears: hears, afterwards: achievements.tell)),
      flow(LessonListFlow(choice: choice)), flow(ReviewFlow(desk: desk)),
      flow(
        LevelTestFlow(
          choice: choice, ports: ports, speech: speech, afterwards: achievements.tell)),
      flow(topics),
    ]
  }

  private func flow(_ flow: some Flow) -> AnyFlow {
    AnyFlow(CurrentLessons(flow, choice.shelf))
  }

  private func tell(_ body: @escaping @Sendable (Turn) throws -> Void) -> Command.Action {
    .explain { [choice] turn in
      try choice.shelf.follow(in: turn.database)
      try body(turn)
    }
  }

  package var commands: [Command] {
    let report = ProgressReport(choice: choice, ports: ports)
    return [
      Command("learn", .open(LessonFlow.name, argument: nil)),
      Command("next", .open(LessonFlow.name, argument: LessonChoice.another)),
      Command("lessons", .open(LessonListFlow.name, argument: nil)),
      Command("mistakes", .open(LessonFlow.name, argument: LessonFlow.mistakes)),
      Command("review", .open(ReviewFlow.name, argument: nil)),
      Command("levelup", .open(LevelTestFlow.name, argument: nil)),
      Command("topic", .open(TopicFlow.name, argument: nil)),
      Command("progress", tell { try report.tell($0) }),
      Command(
        "achievements", tell { [achievements] in try $0.notify(achievements.list($0)) }),
      Command(
        "plan",
        tell { [choice, ports] in try $0.notify(WeekPlan.reply(choice, ports, $0)) }),
    ] + LessonFeedback.commands
  }

  package var timers: [TimerHandler] { [weekSummary.handler] }

  private var weekSummary: WeekSummary {
    WeekSummary(report: ProgressReport(choice: choice, ports: ports))
  }

  /// What is to be set at the hour of a person's reminder on the last day of their week; nil on
  /// other days and after a week without practice.
  package func weekSummaryTimer(_ turn: Turn) throws -> TimerRequest? {
    try weekSummary.request(turn)
  }

  /// Gives points for practice outside the lessons, up to the day's most, and counts the day for
  /// the streak.
  ///
  /// - Returns: how many were given.
  package static func award(
    _ person: ID<Person>, points: Int, at now: Timestamp, in database: Transaction
  ) throws -> Int {
    try Earning.award(points, to: person, at: now, in: database)
  }

  /// The topic of the person's present day, as markup for a reminder; nil when there is none.
  package func topicLine(_ turn: Turn) throws -> String? { try topics.line(turn) }

  /// Whether a person has finished a lesson on the day it is for them.
  package static func hasPractisedToday(
    _ person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Bool {
    guard let last = try LessonStore.lastFinishedAt(by: person, in: database) else { return false }
    return LocalTime(last.moment, zone: last.zone).day == LocalTime(now, zone: last.zone).day
  }
}
