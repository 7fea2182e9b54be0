import Conversation
import Foundation
import Rehearsal
import Simulation
import Testing

/// People with a memory that fades, on the real product.
struct LearnersTests {
  @Test func `every lesson is finished by somebody who answers from what the channel shows`() throws
  {
    let simulation = try LearnersSimulation(root: Project.root.path, seed: 11)
    let report = try simulation.run(turns: 1, isShared: true)
    print(report)
    #expect(report.stuck == [])
    #expect(report.tallies.map(\.channel) == LearnersSimulation.channels)
    let finished = report.tallies.reduce(into: Set<String>()) { $0.formUnion($1.tally.lessons) }
    #expect(finished.count == simulation.lessonsCount)
    #expect(report.tallies.allSatisfy { $0.tally.sessions > 1 && $0.tally.trips > 0 })
    #expect(report.tallies.contains { $0.tally.reviews > 0 })
  }

  @Test func `a program that hears nothing leaves them stuck`() throws {
    let simulation = try LearnersSimulation(root: Project.root.path, seed: 12) { content in
      if case .command = content { return content }
      return .text("???")
    }
    let report = try simulation.run(turns: 1, isShared: true)
    #expect(report.stuck.first?.contains("learner 0") == true, "\(report)")
  }

  @Test func `a right answer that is taken for a wrong one is found`() throws {
    let simulation = try LearnersSimulation(root: Project.root.path, seed: 13) { content in
      guard case .choice(let press) = content, press.token.hasSuffix(":true") else {
        return content
      }
      return .text("false")
    }
    let report = try simulation.run(turns: 1, isShared: true)
    #expect(report.stuck.first?.contains("taken for a wrong one") == true, "\(report)")
  }
}
