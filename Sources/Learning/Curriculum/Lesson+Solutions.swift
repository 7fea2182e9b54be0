import Conversation
import Language

extension Lesson {
  /// A right answer to every activity as it can be typed, in order; empty for matching and
  /// categorisation, whose answer depends on the order that is shown. For proving that a lesson
  /// can be solved.
  package var solutions: [String] { activities.map(\.typedSolution) }

  /// The English meanings of each matching activity, in the order of its words.
  package var matchingMeanings: [[String]] {
    activities.compactMap { ($0 as? VocabularyMatching)?.meanings.map { $0[.english] } }
  }

  /// The English name of the group of each word of each categorisation.
  package var categorisedWords: [[String: String]] {
    activities.compactMap { ($0 as? Categorisation)?.groupNames }
  }

  /// How often each type of activity is used.
  var kindCounts: [ActivityKind: Int] {
    Dictionary(activities.map { ($0.kind, 1) }, uniquingKeysWith: +)
  }
}
