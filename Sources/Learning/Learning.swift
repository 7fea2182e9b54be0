package import Conversation
import Language
package import Storage

/// Lessons: the curriculum, the activities, and what they earn.
///
/// Start reading at `LessonFlow`. Each type of activity is one file of `Activities/`; how typed
/// answers are understood is in `Answers/`; points and streaks are in `Progress/`.
package struct Learning: Sendable {
  /// The level a person works at, as the profile has it; nil until it is known.
  package typealias LevelOf = @Sendable (ID<Person>, Transaction) throws -> String?

  package static let migrations = LearningSchema.migrations
  /// What this capability knows of a person.
  package static let dataKeeper = LearningData.keeper
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(LessonPhrase.allCases) + Array(LessonListPhrase.allCases)
    + Array(ProgressPhrase.allCases)

  private let choice: LessonChoice
  private let speech: LessonSpeech
  private let hears: LessonReading.Hears

  /// - Parameters:
  ///   - speech: finds what is spoken; without it lessons go on in writing.
  ///   - hears: whether voice messages of a channel are listened to, by a handler for
  ///     `LessonReading.job`; without it the learner is asked to type or skip.
  package init(
    curriculum: Curriculum, levelOf: @escaping LevelOf,
    speech: @escaping LessonSpeech = { _, _ in nil },
    hears: @escaping LessonReading.Hears = { _ in false }
  ) {
    choice = LessonChoice(curriculum: curriculum, levelOf: levelOf)
    self.speech = speech
    self.hears = hears
  }

  package var flows: [AnyFlow] {
    [
      AnyFlow(LessonFlow(choice: choice, speech: speech, hears: hears)),
      AnyFlow(LessonListFlow(choice: choice)),
    ]
  }

  package var commands: [Command] {
    let report = ProgressReport(choice: choice)
    return [
      Command("learn", .open(LessonFlow.name, argument: nil)),
      Command("next", .open(LessonFlow.name, argument: LessonChoice.another)),
      Command("lessons", .open(LessonListFlow.name, argument: nil)),
      Command("mistakes", .open(LessonFlow.name, argument: LessonFlow.mistakes)),
      Command("progress", .explain { try $0.notify(report.reply($0)) }),
    ]
  }

  package var timers: [TimerHandler] { [] }

  /// Gives points for practice outside the lessons, up to the day's most, and counts the day for
  /// the streak.
  ///
  /// - Returns: how many were given.
  package static func award(
    _ person: ID<Person>, points: Int, at now: Timestamp, in database: Transaction
  ) throws -> Int {
    try Earning.award(points, to: person, at: now, in: database)
  }

  /// Whether a person has finished a lesson on the day it is for them.
  package static func hasPractisedToday(
    _ person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Bool {
    guard let last = try LessonStore.lastFinishedAt(by: person, in: database) else { return false }
    return LocalTime(last.moment, zone: last.zone).day == LocalTime(now, zone: last.zone).day
  }
}
