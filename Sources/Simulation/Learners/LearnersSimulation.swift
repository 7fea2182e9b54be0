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
  /// - Parameter isShared: whether the channels share the lessons among them, instead of finishing
  ///   all on each.
  /// - Throws: only when a store cannot be made.
  package func run(turns: Int, isShared: Bool = false) throws -> LearnersReport {
    var report = LearnersReport(seed: seed, lessonsCount: lessonsCount)
    var number = 0
    while report.stuck.isEmpty, number < Self.channels.count || report.turns < turns {
      let channel = Self.channels[number % Self.channels.count]
      let learner = try Learner(
        school, home: channel, number: number / Self.channels.count + number,
        lessons: isShared ? share(number) : school.lessons, seed: seed &+ UInt64(number),
        spoil: spoil)
      do {
        try learner.learn(turnsMax: Self.turnsPerLearnerMax)
        if !learner.isDone {
          report.stuck.append("learner \(number) on \(channel.rawValue) never finishes")
        }
      } catch let violation as Violation {
        report.stuck.append("learner \(number) on \(channel.rawValue): \(violation)")
      }
      try learner.count()
      report.add(learner.tally, on: channel)
      number += 1
    }
    return report
  }

  private func share(_ number: Int) -> Set<String> {
    let count = Self.channels.count
    let all = school.lessons.sorted().enumerated()
    return Set(all.filter { $0.offset % count == number % count }.map(\.element))
  }
}
