import Conversation
import Foundation
import Language
import Onboarding
import Rehearsal
import Testing

struct PlacementTests {
  private func bank() throws -> PlacementBank {
    try OnboardingContent.load(from: Project.root.appendingPathComponent("Curriculum")).placement
  }

  /// Takes the test as somebody who knows everything up to `level`.
  private func result(estimate: String, knows level: CEFRLevel?) throws -> (String?, Int) {
    let bank = try bank()
    let stage = try OnboardingStage()
    for word in ["hi", "English", "Sara", "Done", "Done", "10", "none", "Tehran", estimate] {
      try stage.rehearsal.say(word)
    }
    var questions = 0
    while questions < 20, try stage.last().text.contains("Question") {
      questions += 1
      let text = try stage.last().text
      let item = try #require(bank.items.first { text.contains($0.prompt) })
      let knows = level.map { item.level <= $0 } ?? false
      try stage.rehearsal.say(knows ? item.answer : "I don't know")
    }
    return (try stage.profile("placement_level"), questions)
  }

  @Test(arguments: [
    ("A0", CEFRLevel.a1), ("A1", .a1), ("B1", .a1), ("A1", .b1), ("A2", .a2), ("C1", .b2),
    ("A0", .b2),
  ])
  func `the test finds what somebody knows, wherever it starts`(
    _ estimate: String, _ level: CEFRLevel
  ) throws {
    let (found, questions) = try result(estimate: estimate, knows: level)
    let rank = try #require(found.flatMap(CEFRLevel.init)?.rank)
    #expect(abs(rank - level.rank) <= 1, "\(estimate), \(level): \(found ?? "")")
    #expect((6...8).contains(questions))
  }

  @Test func `who knows nothing begins at the beginning, who knows all at the top`() throws {
    #expect(try result(estimate: "A1", knows: nil).0 == "A0")
    #expect(try result(estimate: "B2", knows: .c2).0 == "B2")
  }

  @Test func `a test broken off early leaves the estimate`() throws {
    let stage = try OnboardingStage()
    for word in ["hi", "English", "Sara", "Done", "Done", "10", "none", "Tehran", "A2"] {
      try stage.rehearsal.say(word)
    }
    try stage.rehearsal.press("I don't know")
    try stage.rehearsal.press("Skip")
    #expect(try stage.last().text.contains("Level: A2 (your own estimate)"))
  }

  @Test func `the same question stays open after a digression`() throws {
    let stage = try OnboardingStage()
    for word in ["hi", "English", "Sara", "Done", "Done", "10", "none", "Tehran", "A2"] {
      try stage.rehearsal.say(word)
    }
    try stage.rehearsal.press("I don't know")
    let before = try stage.last()
    try stage.rehearsal.say("/help")
    #expect(try stage.last().text == before.text)
    #expect(try stage.rehearsal.say("what?").last?.text.contains("Question 2") == true)
  }

  @Test(arguments: [
    ("items: []", "A0 has 0 items"),
    ("items:\n  - { id: x, level: C2, skill: grammar }", "`level` must be"),
  ])
  func `a fault in the bank is told`(_ yaml: String, _ problem: String) {
    let file = ContentFolder.File(name: "Curriculum/placement.yaml", text: yaml)
    #expect {
      _ = try PlacementBank(file)
    } throws: { error in
      ((error as? ContentFaults)?.all ?? []).contains { $0.problem.contains(problem) }
    }
  }
}
