package import Conversation

/// How far simulated learners came, channel by channel.
package struct LearnersReport: Sendable, CustomStringConvertible {
  package struct Tally: Sendable, Equatable {
    package var learners = 0
    package var turns = 0
    package var sessions = 0
    /// Commands, old buttons and nonsense beside the lessons.
    package var trips = 0
    /// Finished by any of them, on whichever channel.
    package var lessons: Set<String> = []
    /// Finished on the channel itself.
    package var lessonsAtHome: Set<String> = []
    package var finishes = 0
    package var reviews = 0
    /// Reviews of what was known by then, and how many of them came to mind.
    package var known = 0
    package var remembered = 0
    package var levelTests = 0

    mutating func add(_ other: Tally) {
      learners += other.learners
      turns += other.turns
      sessions += other.sessions
      trips += other.trips
      lessons.formUnion(other.lessons)
      lessonsAtHome.formUnion(other.lessonsAtHome)
      finishes += other.lessons.count
      reviews += other.reviews
      known += other.known
      remembered += other.remembered
      levelTests += other.levelTests
    }
  }

  package let seed: UInt64
  package let lessonsCount: Int
  package private(set) var tallies: [(channel: Channel, tally: Tally)] = []
  /// Who could not go on, and why.
  package internal(set) var stuck: [String] = []

  package var turns: Int { tallies.reduce(0) { $0 + $1.tally.turns } }
  package var isSound: Bool { stuck.isEmpty }

  init(seed: UInt64, lessonsCount: Int) {
    self.seed = seed
    self.lessonsCount = lessonsCount
  }

  mutating func add(_ tally: Tally, on channel: Channel) {
    guard let place = tallies.firstIndex(where: { $0.channel == channel }) else {
      var first = Tally()
      first.add(tally)
      return tallies.append((channel, first))
    }
    tallies[place].tally.add(tally)
  }

  package var description: String {
    var lines = tallies.map { channel, tally in
      let retention = tally.known == 0 ? "-" : "\(tally.remembered * 100 / tally.known)%"
      return "\(channel.rawValue): learners \(tally.learners), lessons finished \(tally.finishes) "
        + "(\(tally.lessons.count) of \(lessonsCount), \(tally.lessonsAtHome.count) on the channel "
        + "itself), turns \(tally.turns), sessions \(tally.sessions), detours \(tally.trips), "
        + "level tests \(tally.levelTests), reviews \(tally.reviews), retention \(retention)"
    }
    lines.append("stuck \(stuck.count)")
    lines += stuck.map { "STUCK (seed \(seed)) \($0)" }
    return lines.joined(separator: "\n")
  }
}
