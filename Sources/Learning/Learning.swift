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

  package static let migrations =
    LearningSchema.migrations + ReviewSchema.migrations + PracticeSchema.migrations
  /// What this capability knows of a person.
  package static let dataKeepers = [LearningData.keeper, ReviewData.keeper, PracticeData.keeper]
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(LessonPhrase.allCases) + Array(LessonListPhrase.allCases)
    + Array(ProgressPhrase.allCases) + Array(ReviewPhrase.allCases)

  private let choice: LessonChoice
  private let ports: LearnerPorts

  package init(
    curriculum: Curriculum, levelOf: @escaping LevelOf, ports: LearnerPorts = LearnerPorts()
  ) {
    choice = LessonChoice(curriculum: curriculum, levelOf: levelOf)
    self.ports = ports
  }

  package var flows: [AnyFlow] {
    let desk = ReviewDesk(curriculum: choice.curriculum, ports: ports, afterwards: { _ in })
    return [
      AnyFlow(LessonFlow(choice: choice)), AnyFlow(LessonListFlow(choice: choice)),
      AnyFlow(ReviewFlow(desk: desk)),
    ]
  }

  package var commands: [Command] {
    let report = ProgressReport(choice: choice)
    return [
      Command("learn", .open(LessonFlow.name, argument: nil)),
      Command("next", .open(LessonFlow.name, argument: LessonChoice.another)),
      Command("lessons", .open(LessonListFlow.name, argument: nil)),
      Command("review", .open(ReviewFlow.name, argument: nil)),
      Command("progress", .explain { try $0.notify(report.reply($0)) }),
    ]
  }

  package var timers: [TimerHandler] { [] }

  /// Whether a person has finished a lesson on the day it is for them.
  package static func hasPractisedToday(
    _ person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Bool {
    guard let last = try LessonStore.lastFinishedAt(by: person, in: database) else { return false }
    return LocalTime(last.moment, zone: last.zone).day == LocalTime(now, zone: last.zone).day
  }
}
