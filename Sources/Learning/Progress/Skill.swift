import Language

/// What English is made of, as a report tells of it.
enum Skill: String, Sendable, CaseIterable {
  case vocabulary
  case grammar
  case reading
  case listening
  case writing
  case speaking

  /// What each type of activity says most about; a type without an entry says nothing.
  static let byKind: [String: Skill] = [
    "vocabulary_matching": .vocabulary, "image_selection": .vocabulary,
    "odd_one_out": .vocabulary, "categorisation": .vocabulary, "word_formation": .vocabulary,
    "spelling": .vocabulary, Rewards.reviewKind: .vocabulary,
    "fill_blank": .grammar, "sentence_reordering": .grammar, "grammar_correction": .grammar,
    "multiple_choice": .reading, "true_false": .reading, "cloze_passage": .reading,
    "listening_comprehension": .listening, "dictation": .listening,
    "translation": .writing, "short_answer": .writing, "dialogue_completion": .writing,
    "pronunciation": .speaking, "speaking_prompt": .speaking,
  ]
}

/// The level that a skill has shown, from answers alone.
struct SkillLevel: Sendable, Equatable {
  /// Fewer answers at a level say nothing of it.
  static let answersMin = 8
  /// So much of what was asked lately has to be right.
  static let percentMin = 70.0

  let skill: Skill
  /// The highest level at which enough was right; nil when even the lowest tried one was not.
  let level: CEFRLevel?
  /// The share right lately at the highest level tried, in percent.
  let percent: Int
  /// The highest level tried.
  let tried: CEFRLevel

  /// Each skill of which enough has been seen.
  static func all(from kinds: [PracticeLog.Kind]) -> [SkillLevel] {
    Skill.allCases.compactMap { skill in
      measured(skill, from: kinds.filter { Skill.byKind[$0.kind] == skill })
    }
  }

  private static func measured(_ skill: Skill, from kinds: [PracticeLog.Kind]) -> SkillLevel? {
    let levels = Dictionary(grouping: kinds, by: \.level).compactMap { level, kinds in
      let answers = kinds.map(\.answers).reduce(0, +)
      guard answers >= answersMin else { return nil as (CEFRLevel, Double)? }
      let weighted = kinds.map { $0.recent * Double($0.answers) }.reduce(0, +)
      return (level, weighted / Double(answers))
    }.sorted { $0.0 < $1.0 }
    guard let highest = levels.last else { return nil }
    return SkillLevel(
      skill: skill, level: levels.last { $0.1 >= percentMin }?.0,
      percent: Int(highest.1.rounded()), tried: highest.0)
  }
}

/// How far somebody is in the lessons of a level, and whether its test is open to them.
struct LevelProgress: Sendable, Equatable {
  /// A lesson counts when so much of it was right.
  static let lessonPercentMin = 75
  /// So much of a level's lessons opens its test.
  static let shareMin = 70

  let level: CEFRLevel
  let done: Int
  let all: Int

  var percent: Int { all == 0 ? 0 : done * 100 / all }
  var isTestOpen: Bool { all > 0 && percent >= Self.shareMin }
  /// How many more lessons open the test.
  var missing: Int { max(0, (all * Self.shareMin + 99) / 100 - done) }
}
