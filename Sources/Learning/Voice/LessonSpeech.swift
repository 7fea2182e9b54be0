package import Conversation
import Language

/// Something a lesson says aloud.
package struct SpokenText: Hashable, Sendable {
  package let text: String
  package let language: LanguageCode
  /// The name of a voice; nil for the usual one.
  package let voice: String?

  package init(_ text: String, language: LanguageCode = .english, voice: String? = nil) {
    self.text = text
    self.language = language
    self.voice = voice
  }
}

/// Finds the voice message for a text among those made ahead; nil when there is none yet, and the
/// lesson goes on in writing.
package typealias LessonSpeech = @Sendable (SpokenText, Turn) throws -> OutgoingMedia?

extension Curriculum {
  /// Everything that has to be made ahead, each once: what the lessons say, and then their words,
  /// which reviews say.
  package var spokenTexts: [SpokenText] {
    var known: Set<SpokenText> = []
    let words = lessons.flatMap(\.words).map { SpokenText($0.word) }
    return (lessons.flatMap(\.spokenTexts) + words).filter { known.insert($0).inserted }
  }
}

extension Lesson {
  /// Everything this lesson says aloud, each once, in its order.
  package var spokenTexts: [SpokenText] {
    var known: Set<String> = []
    return activities.compactMap(\.speech).filter { known.insert($0).inserted }
      .map { SpokenText($0) }
  }
}
