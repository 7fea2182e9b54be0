import Conversation
import Foundation
import Language
import Learning
import Rehearsal
import Testing

struct CurriculumTests {
  private func problems(_ change: (String) -> String) -> [String] {
    let file = ContentFolder.File(name: SampleLesson.file, text: change(SampleLesson.text()))
    do {
      _ = try Curriculum([file])
      return []
    } catch { return error.all.map(\.description) }
  }

  private static let options = #"["In Shiraz", "She can't say", "In Rasht"]"#

  @Test(arguments: [
    ("level: A1", "level: C2", "`level` must be"),
    ("id: a1-sample", "id: a1-other", "must be the file's name"),
    ("category: daily-life", "category: food", "`category` must be one of"),
    ("order: 10", "order: ten", "`order` must be a whole number"),
    ("minutes: 5", "minute: 5", "unknown key `minute`"),
    (", fa: \"نمونهٔ a1-sample\"", "", "`title` lacks `fa`"),
    ("They live here.", "They go there.", "does not use “live”"),
    ("\n  fa: \"سارا در شیراز زندگی می‌کند.\"", "", "`text` lacks `fa`"),
    ("type: sentence_reordering", "type: true_false", "fewer than 5 types"),
    ("type: vocabulary_matching", "type: crossword", "`crossword` is no type"),
    ("answer: \"In Shiraz\"", "answer: \"In Yazd\"", "`answer` is not among the options"),
    ("\"In Rasht\"]", "\"In Shiraz\"]", "two options are the same"),
    ("    hint: { fa: \"سارا در رشت است.\" }\n", "", "needs a `hint` at A1"),
    ("it was ___ in", "it was in", "exactly one ___"),
    ("answers: [\"beautiful\", \"lovely\"]", "answers: [\"lovely\"]", "not among the options"),
    ("\"lovely\"]", "\"beauty\"]", "two of the options are right"),
    ("I cannot drive to Rasht\"]", "I can drive to Rasht\"]", "exactly these chunks"),
    (
      "[\"to\", \"cannot\", \"Rasht\", \"I\", \"drive\"]",
      "[\"I\", \"cannot\", \"drive\", \"to\", \"Rasht\"]", "`words` are in order"
    ),
    ("fa: \"سگ\"", "fa: \"گربه\"", "two meanings are the same"),
    ("options: [\"7\",", "options: [7,", "put it in double quotes"),
    ("answer: false", "answer: maybe", "must be true or false"),
  ])
  func `a fault is told with its file and line`(_ old: String, _ new: String, _ problem: String) {
    let found = problems { $0.replacing(old, with: new, maxReplacements: 1) }
    #expect(found.contains { $0.contains(problem) }, "\(found)")
    #expect(found.allSatisfy { $0.hasPrefix("lessons/a1-sample.yaml:") })
  }

  @Test func `the line of a fault is the author's line`() {
    let found = problems { $0.replacing("level: A1", with: "level: C2") }
    #expect(found.contains { $0.hasPrefix("lessons/a1-sample.yaml:2:") }, "\(found)")
  }

  @Test func `what is no YAML is one fault`() {
    #expect(problems { _ in "id: [" }.count == 1)
    #expect(problems { _ in "" } == ["lessons/a1-sample.yaml:1: is empty"])
  }

  @Test func `every lesson of the curriculum is sound`() throws {
    let curriculum = try Curriculum.load(from: Project.root.appendingPathComponent("Curriculum"))
    #expect(curriculum.lessons.count >= 12)
    #expect(Set(curriculum.lessons.map(\.level)).count >= 4)
  }

  @Test func `every lesson is solved by its own answers, typed`() throws {
    let curriculum = try Curriculum.load(from: Project.root.appendingPathComponent("Curriculum"))
    let stage = try LearningStage(curriculum)
    try stage.rehearsal.say("hi")
    for lesson in curriculum.lessons {
      try stage.rehearsal.say("/learn \(lesson.id)")
      try stage.rehearsal.press("Start")
      for answer in lesson.solutions {
        let shown = try stage.last()
        for word in answer.isEmpty ? lesson.placing(shown) : [answer] {
          let said = try stage.rehearsal.say(word)
          #expect(said.first?.text.hasPrefix("✅") == true, "\(lesson.id), “\(word)”: \(said)")
        }
      }
      #expect(try stage.last().text.contains("Accuracy: 100%"), "\(lesson.id)")
    }
  }
}

extension Lesson {
  /// All pairs, or all words with their groups, in one go, read off what is shown.
  func placing(_ shown: Rehearsal.Said) -> [String] {
    let words = shown.text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^\d+\. (.+)$/).map { String($0.1) }
    }
    let groups = categorisedWords.first { Set($0.keys) == Set(words) }
    guard let groups else { return matching(shown) }
    let letters = words.map { word in
      let place = groups[word].flatMap { shown.buttons.firstIndex(of: $0) } ?? 0
      return ["a", "b", "c"][min(place, 2)]
    }
    return [letters.enumerated().map { "\($0.offset + 1)\($0.element)" }.joined(separator: " ")]
  }

  private func matching(_ shown: Rehearsal.Said) -> [String] {
    let letters = ["a", "b", "c", "d"]
    let pairs = matchingMeanings.first { Set($0).isSubset(of: shown.buttons) } ?? []
    let parts = pairs.enumerated().map { index, meaning in
      "\(index + 1)" + letters[shown.buttons.firstIndex(of: meaning) ?? 0]
    }
    return [parts.joined(separator: " ")]
  }
}
