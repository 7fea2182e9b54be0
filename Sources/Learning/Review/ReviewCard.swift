import Conversation
import Storage

/// One thing to remember: a word of a finished lesson, or an activity that went wrong.
struct ReviewCard: Sendable, Equatable {
  enum Kind: String, Sendable, SQLConvertible, CaseIterable {
    case word
    case mistake
  }

  let id: ID<ReviewCard>
  let kind: Kind
  let lesson: String
  /// The word, or the number of the activity in its lesson: `3`, or `3.2` in its second version.
  let item: String
  var memory: Memory
  var reviews = 0
  var lapses = 0

  /// The same for the same thing, so that a word of two lessons is one card.
  var key: String {
    switch kind {
    case .word: "word/" + AnswerText.form(item)
    case .mistake: "mistake/\(lesson)/\(item)"
    }
  }

  static func item(_ activity: Int, version: Int) -> String {
    version == Lesson.firstVersion ? String(activity) : "\(activity).\(version)"
  }

  /// Which activity of which version a mistake is about; nil for a word.
  var place: (activity: Int, version: Int)? {
    let parts = item.split(separator: ".").compactMap { Int($0) }
    guard kind == .mistake, let activity = parts.first else { return nil }
    return (activity, parts.dropFirst().first ?? Lesson.firstVersion)
  }

  var isNew: Bool { reviews == 0 }

  /// How long the memory lasts before a card is asked in a harder way, in days.
  static let recallStability = 3.0
  static let listeningStability = 10.0
  /// A word whose memory lasts that long counts as known.
  static let knownStability = 7.0
}

extension ReviewCard {
  static let columns: SQL = """
    id, kind, lesson_id, item, phase, step, stability, difficulty, reviewed_at, due_at, reviews,
    lapses
    """

  init(_ row: Row) throws {
    id = try row.value("id")
    kind = try row.value("kind")
    lesson = try row.value("lesson_id")
    item = try row.value("item")
    memory = Memory(
      phase: try row.value("phase"), step: try row.value("step"),
      stability: try row.value("stability"), difficulty: try row.value("difficulty"),
      reviewedAt: try row.value("reviewed_at"), dueAt: try row.value("due_at"))
    reviews = try row.value("reviews")
    lapses = try row.value("lapses")
  }
}
