package import Conversation

/// Simulated people take the lessons of the real product on every channel, each with a memory that
/// fades, until they have finished them. A learner who cannot go on, or is wronged, is a stuck one.
package struct LearnersSimulation: Sendable {
  package static let channels: [Channel] = [.webchat, .telegram, .whatsapp, .sms]
  /// Enough for all lessons with every detour.
  package static let turnsPerLearnerMax = 6_000

  /// Replaces what a learner says on its way, to prove that the simulation bites.
  package typealias Spoiling = @Sendable (Content) -> Content

  private let school: School
  private let seed: UInt64
  private let spoil: Spoiling?

  /// - Parameter root: the folder that holds `Prompts/` and `Curriculum/`.
  package init(root: String, seed: UInt64, spoil: Spoiling? = nil) throws {
    school = try School(root: root)
    self.seed = seed
    self.spoil = spoil
  }

  package var lessonsCount: Int { school.lessons.count }

  /// One learner after another, the channels in turn, until so many turns are taken; at least one
  /// for each channel.
  ///
  /// - Parameter lessonsMax: how many each finishes; nil for all there are.
  /// - Throws: only when a store cannot be made.
  package func run(turns: Int, lessonsMax: Int? = nil) throws -> LearnersReport {
    var report = LearnersReport(seed: seed, lessonsCount: lessonsCount)
    let wanted = lessonsMax ?? lessonsCount
    var number = 0
    while report.stuck.isEmpty, number < Self.channels.count || report.turns < turns {
      let channel = Self.channels[number % Self.channels.count]
      let learner = try Learner(
        school, home: channel, number: number / Self.channels.count + number,
        seed: seed &+ UInt64(number), spoil: spoil)
      do {
        try learner.learn(lessons: wanted, turnsMax: Self.turnsPerLearnerMax)
        if learner.tally.lessons.count < wanted {
          report.stuck.append("learner \(number) on \(channel.rawValue) never finishes")
        }
      } catch let violation as Violation {
        report.stuck.append("learner \(number) on \(channel.rawValue): \(violation)")
      }
      report.add(learner.tally, on: channel)
      number += 1
    }
    return report
  }
}
