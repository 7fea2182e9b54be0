package import Language

/// One lesson: a small situation, a text, its words, and activities.
package struct Lesson: Sendable {
  package struct Word: Sendable, Equatable {
    package let word: String
    package let meaning: LocalisedText
    package let example: String
  }

  package let id: String
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
