import Conversation
package import Language

/// A model's draft of a lesson, in the structure of `Prompts/models/lesson.yaml`, written as a
/// lesson's YAML. Whether it can be used is for the reader to say, as for any lesson.
package struct LessonDraft: Sendable {
  private let order: LessonOrder
  private let answer: JSON
  private var lines: [String] = []

  /// - Parameter answer: checked against the task's schema.
  private init(_ answer: JSON, _ order: LessonOrder) {
    self.answer = answer
    self.order = order
  }

  /// - Parameters:
  ///   - id: the lesson's name to be.
  ///   - curriculum: among which it has to find its place.
  package static func yaml(
    _ answer: JSON, _ order: LessonOrder, id: String, in curriculum: Curriculum
  ) -> String {
    var draft = LessonDraft(answer, order)
    draft.write(id: id, place: order.place(in: curriculum))
    return draft.lines.joined(separator: "\n") + "\n"
  }

  /// What is wrong with an answer that is shown to a model as a good one.
  package static func faults(ofExample answer: JSON, level: CEFRLevel) -> [ContentFault] {
    let order = LessonOrder(title: "Example", level: level, category: "travel", aims: [])
    let id = level.rawValue.lowercased() + "-example"
    do throws(ContentFaults) {
      var draft = LessonDraft(answer, order)
      draft.write(id: id, place: 1)
      _ = try LessonReader.read(LessonFile.named(id, draft.lines.joined(separator: "\n")))
      return []
    } catch { return error.all }
  }

  private mutating func write(id: String, place: Int) {
    lines += [
      "id: \(id)", "level: \(order.level.rawValue)", "category: \(order.category)",
      "order: \(place)", "title: \(both(answer["title_en"], answer["title_fa"]))", "aims:",
    ]
    for aim in items("aims") { lines.append("  - \(both(aim["en"], aim["fa"]))") }
    lines += ["minutes: \(LessonOrder.minutes)", "words:"]
    for word in items("words") {
      lines.append(
        "  - { word: \(text(word["word"])), meaning: { fa: \(text(word["fa"])) }, "
          + "example: \(text(word["example"])) }")
    }
    // From B1 on a text has no translation.
    let isTranslated = order.level < .b1
    lines.append(
      "text: "
        + (isTranslated
          ? both(answer["text_en"], answer["text_fa"]) : "{ en: \(text(answer["text_en"])) }"))
    lines.append("activities:")
    writeQuestions()
    writeWords()
  }

  private mutating func writeQuestions() {
    for item in items("multiple_choice") {
      begin("multiple_choice", item, prompt: item["prompt"])
      lines += ["    options: \(list(item["options"]))", "    answer: \(text(item["answer"]))"]
    }
    for item in items("true_false") {
      begin("true_false", item, prompt: item["statement"])
      lines.append("    answer: \(item["is_true"]?.boolean ?? false)")
    }
    for item in items("fill_blank") {
      begin("fill_blank", item, prompt: item["prompt"])
      lines += ["    options: \(list(item["options"]))", "    answers: [\(text(item["answer"]))]"]
    }
  }

  private mutating func writeWords() {
    for item in items("vocabulary_matching") {
      begin("vocabulary_matching", item)
      lines.append("    pairs:")
      for pair in item["pairs"]?.array ?? [] {
        lines.append(
          "      - { word: \(text(pair["word"])), meaning: \(both(pair["en"], pair["fa"])) }")
      }
    }
    for item in items("sentence_reordering") {
      let chunks = item["chunks"]?.array?.compactMap(\.text) ?? []
      begin("sentence_reordering", item)
      lines += [
        "    prompt: \(both(item["task"], item["fa"]))",
        "    words: [\(chunks.reversed().map(JSONText.quoted).joined(separator: ", "))]",
        "    answers: [\(JSONText.quoted(chunks.joined(separator: " ")))]",
      ]
    }
    for item in items("odd_one_out") {
      begin("odd_one_out", item)
      lines += ["    words: \(list(item["words"]))", "    answer: \(text(item["answer"]))"]
    }
  }

  private mutating func begin(_ type: String, _ item: JSON, prompt: JSON? = nil) {
    lines.append("  - type: \(type)")
    if let prompt {
      lines.append("    prompt: \(text(prompt))")
      // Above A1 a question can do without, but not with an empty one.
      let gloss = item["fa"]?.text ?? ""
      if !gloss.isEmpty { lines.append("    hint: { fa: \(JSONText.quoted(gloss)) }") }
    }
    lines.append("    explanation: \(both(item["why_en"], item["why_fa"]))")
  }

  private func items(_ name: String) -> [JSON] { answer[name]?.array ?? [] }

  /// Quoted as JSON does it, which YAML understands.
  private func text(_ json: JSON?) -> String { JSONText.quoted(json?.text ?? "") }

  private func both(_ english: JSON?, _ persian: JSON?) -> String {
    "{ en: \(text(english)), fa: \(text(persian)) }"
  }

  private func list(_ json: JSON?) -> String {
    "[" + (json?.array ?? []).map { text($0) }.joined(separator: ", ") + "]"
  }
}
