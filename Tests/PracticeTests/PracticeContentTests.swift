import Conversation
import Feedback
import Foundation
import Language
import Practice
import Rehearsal
import Testing

struct PracticeContentTests {
  private func content() throws -> PracticeContent {
    try PracticeContent.load(
      curriculum: Project.root.appendingPathComponent("Curriculum"),
      personas: Project.root.appendingPathComponent("Personas"))
  }

  @Test func `there is enough to read at every level from A0 to C1`() throws {
    let items = try content().readings.items
    #expect(items.count { $0.kind == .sentence } >= 60)
    #expect(items.count { $0.kind == .text } >= 12)
    for level in CEFRLevel.allCases where level != .c2 {
      #expect(items.count { $0.level == level && $0.kind == .sentence } >= 10, "\(level)")
      #expect(items.count { $0.level == level && $0.kind == .text } >= 2, "\(level)")
    }
  }

  @Test func `what is read aloud is free of mistakes for the built-in check`() throws {
    let checker = try PracticeStage.checker.get()
    for item in try content().readings.items {
      let errors = checker.check(item.text, mode: .chat).findings.filter { $0.severity == .error }
      #expect(errors.map(\.said) == [], "\(item.id): \(item.text)")
    }
  }

  @Test func `questions are English without mistakes, and no subject lacks a level`() throws {
    let checker = try PracticeStage.checker.get()
    for topic in try content().topics.topics {
      #expect(Set(topic.questions.flatMap(\.levels)).count == 6, "\(topic.id)")
      for question in topic.questions {
        let errors = checker.check(question.ask, mode: .chat).findings.filter {
          $0.severity == .error
        }
        #expect(errors.map(\.said) == [], "\(topic.id) \(question.id)")
      }
    }
  }

  @Test func `what is wrong with a file is told with its line`() throws {
    let yaml = """
      level: A1
      sentences:
        - { id: b1-s01, text: "I have 2 cats.", sound: zh }
      texts: []
      """
    let faults = #expect(throws: ContentFaults.self) {
      try ReadingLibrary([ContentFolder.File(name: "reading/a1.yaml", text: yaml)])
    }
    let problems = faults?.all.map(\.problem) ?? []
    #expect(problems.contains { $0.contains("digits") })
    #expect(problems.contains { $0.contains("`sound`") })
    #expect(problems.contains { $0.contains("`id` must begin") })
    #expect(problems.contains { $0.contains("`texts`") })
  }

  @Test(arguments: ["en", "fa", "ar"])
  func `every phrase of practising is there`(_ language: String) throws {
    let catalogue = try PhraseCatalogue(
      yaml: Project.text("Prompts/\(language).yaml"), file: "Prompts/\(language).yaml")
    let missing = Practice.phrases.map { $0.rawValue }.filter { !catalogue.keys.contains($0) }
    #expect(missing == [])
  }
}
