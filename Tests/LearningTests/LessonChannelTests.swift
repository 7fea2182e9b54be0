import Conversation
import Language
import Learning
import Rehearsal
import Testing

/// Every type of activity once on every channel.
struct LessonChannelTests {
  /// As the channels describe themselves.
  private static let channels: [(Channel, buttonsMax: Int, listRowsMax: Int)] = [
    (.telegram, 100, 0), (.whatsapp, 3, 10), (.sms, 0, 0), (.webchat, 50, 0),
  ]

  @Test(arguments: channels.map(\.0), ["en", "fa", "ar"])
  func `every type is asked and solved`(_ channel: Channel, _ language: String) throws {
    let all = SampleActivities.all + [("translation", SampleActivities.intoPersian)]
    let files = stride(from: 0, to: all.count, by: 5).map { start in
      let id = "a1-part-\(start)"
      let text = SampleActivities.text(Array(all[start..<min(start + 5, all.count)]))
      return ContentFolder.File(
        name: "lessons/\(id).yaml",
        text: text.replacing("a1-sample", with: id).replacing(
          "order: 10", with: "order: \(start + 1)"))
    }
    let curriculum = try Curriculum(files)
    let limits = try #require(Self.channels.first { $0.0 == channel })
    let stage = try LearningStage(
      curriculum, channel: channel, buttonsMax: limits.buttonsMax,
      listRowsMax: limits.listRowsMax)
    try stage.rehearsal.say("/start", languageHint: language)
    for lesson in curriculum.lessons {
      try stage.rehearsal.say("/learn \(lesson.id)")
      try stage.rehearsal.say(["fa": "شروع", "ar": "ابدأ"][language] ?? "start")
      for answer in lesson.solutions {
        let shown = try stage.last()
        #expect(shown.buttons.count <= 10)
        let says = solution(answer, shown, lesson, language)
        let said = try stage.rehearsal.say(says)
        #expect(
          said.contains { $0.text.hasPrefix("✅") }, "\(channel), “\(says)”: \(shown)\n\(said)")
      }
    }
  }

  /// What is meant to be chosen has other words in other languages; the rest is typed.
  private func solution(
    _ answer: String, _ shown: Rehearsal.Said, _ lesson: Lesson, _ language: String
  ) -> String {
    if answer == "The price", language == "fa" { return "چقدر می‌شود؟" }
    if !answer.isEmpty { return answer }
    return lesson.placing(shown, language)
  }
}

extension Lesson {
  /// All pairs, or all words with their groups, read off the numbered and lettered lines.
  fileprivate func placing(_ shown: Rehearsal.Said, _ language: String) -> String {
    let lines = shown.text.split(separator: "\n")
    let words = lines.compactMap { $0.firstMatch(of: /^\d+\. (.+)$/).map { String($0.1) } }
    let meanings = lines.compactMap { $0.firstMatch(of: /^[a-d]\) (.+)$/).map { String($0.1) } }
    let right =
      language == "fa"
      ? [
        "cat": "گربه", "dog": "سگ", "cow": "گاو", "bee": "زنبور", "coffee": "نوشیدنی",
        "water": "نوشیدنی", "bread": "خوراک", "cheese": "خوراک",
      ]
      : [
        "cat": "says miaow", "dog": "barks", "cow": "gives milk", "bee": "makes honey",
        "coffee": "Drinks", "water": "Drinks", "bread": "Food", "cheese": "Food",
      ]
    let letters = ["a", "b", "c", "d"]
    return words.prefix(4).enumerated().map { index, word in
      let place = right[word].flatMap { meanings.firstIndex(of: $0) } ?? 0
      return "\(index + 1)\(letters[place])"
    }.joined(separator: " ")
  }
}
