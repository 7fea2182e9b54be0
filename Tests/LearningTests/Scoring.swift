import Conversation
import Learning
import Rehearsal
import Storage
import Testing

/// What somebody says to an activity, what they hear, and what it is worth.
struct Case: CustomTestStringConvertible, Sendable {
  enum Heard: String {
    case right = "✅"
    case almost = "🟡 Almost"
    case partial = "🟡 Partly"
    case wrong = "❌"
    case skipped = "Skipped"
    case unclear = "Please"
  }

  let says: String
  let heard: Heard
  let percent: Int?

  init(_ says: String, _ heard: Heard, _ percent: Int? = nil) {
    self.says = says
    self.heard = heard
    self.percent = percent
  }

  var testDescription: String { "“\(says.prefix(60))” is \(heard)" }

  /// What nobody should be hurt by.
  static let hostile = [
    "", "🙂", "?!", String(repeating: "ab ", count: 1_300), "'; DROP TABLE people; --",
    "%s%n\u{202E}\u{0000}", "{{option}} **x** \\", "\u{0301}\u{0301}\u{0301}",
  ]

  private func percent(_ stage: LearningStage) throws -> Int {
    try stage.number(
      "SELECT percent AS n FROM activity_answers ORDER BY answered_at DESC, activity DESC LIMIT 1")
  }

  /// Every case begins the lesson anew.
  static func check(
    _ activity: (type: String, yaml: String), _ cases: [Case], language: String = "en",
    at location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(cases.count >= 3, sourceLocation: location)
    let stage = try LearningStage(SampleActivities.curriculum([activity]))
    for answer in cases {
      try stage.reopen(language: language)
      try answer.check(stage, at: location)
    }
  }

  private func check(_ stage: LearningStage, at location: SourceLocation) throws {
    let said = try stage.rehearsal.say(says)
    #expect(
      said.first?.text.hasPrefix(heard.rawValue) == true, "“\(says)”: \(said)",
      sourceLocation: location)
    #expect(
      try stage.answers() == (heard == .unclear ? 0 : 1), "“\(says)”", sourceLocation: location)
    let worth: Int? =
      switch heard {
      case .right: 100
      case .almost: percent ?? 50
      case .wrong, .skipped: 0
      case .partial: percent
      case .unclear: nil
      }
    if let worth {
      #expect(try self.percent(stage) == worth, "“\(says)”", sourceLocation: location)
    }
  }

  /// Nothing breaks, nothing is right, and the lesson goes on.
  static func checkHostile(
    _ activity: (type: String, yaml: String), language: String = "en",
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let stage = try LearningStage(SampleActivities.curriculum([activity]))
    for says in hostile {
      try stage.reopen(language: language)
      let said = try stage.rehearsal.say(says)
      #expect(!said.isEmpty, sourceLocation: location)
      #expect(
        said.allSatisfy { !$0.text.hasPrefix("✅") }, "“\(says)”: \(said)",
        sourceLocation: location)
      #expect(try stage.rehearsal.openFlows().contains("lesson"), sourceLocation: location)
      try stage.rehearsal.say("skip")
    }
  }
}
