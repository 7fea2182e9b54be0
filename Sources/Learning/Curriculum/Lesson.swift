package import Language

/// One lesson: a small situation, a text, its words, and activities.
package struct Lesson: Sendable {
  package struct Word: Sendable, Equatable {
    package let word: String
    package let meaning: LocalisedText
    package let example: String
  }

  /// Of a lesson as its file has it, before anybody has changed it in the store.
  package static let firstVersion = 1

  package let id: String
  /// Which of its texts this is, counted from `firstVersion`.
  package internal(set) var version = Lesson.firstVersion
  package let level: CEFRLevel
  package let category: String
  /// The place inside its level.
  package let order: Int
  package let title: LocalisedText
  package let aims: [LocalisedText]
  package let minutes: Int
  /// The point of grammar; nil where the author named none.
  package let grammar: LocalisedText?
  /// Whether it is shown among the first.
  package let isFeatured: Bool
  package let words: [Word]
  package let text: LocalisedText
  let activities: [any Activity]

  package var activityCount: Int { activities.count }
}
