package import Conversation

/// An activity as somebody sees it who knows the answer: what it is recognised by on a screen, and
/// what to say. For proving that lessons can be learned on every channel.
package struct Exercise: Sendable, Equatable {
  package enum Answer: Sendable, Equatable {
    /// Chosen where it is among the choices, typed elsewhere.
    case whole(String)
    /// Chosen one after another, or typed together with `separator` between them.
    case parts([String], separator: String)
    /// What belongs to each word.
    case pairs([String: String])
  }

  package let kind: String
  /// What its question shows wherever it is asked, as plain text.
  package let marks: [String]
  package let answer: Answer
}

extension Lesson {
  /// The activities in order, as they are for somebody of that language.
  package func exercises(in language: LanguageCode) -> [Exercise] {
    activities.map {
      Exercise(
        kind: $0.kind.rawValue, marks: $0.marks(in: language), answer: $0.answer(in: language))
    }
  }
}
