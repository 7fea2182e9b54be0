package import Learning
import Storage
import Synchronization

/// What the lessons say aloud, as they are published now.
package final class LessonVoices: Sendable {
  private struct Known {
    let revision: Int64
    let shelf: LessonAudioShelf
  }

  private let lessons: LessonShelf
  private let voice: LessonVoice
  private let known: Mutex<Known>

  package init(_ lessons: LessonShelf, voice: LessonVoice) {
    self.lessons = lessons
    self.voice = voice
    let edition = lessons.edition
    known = Mutex(
      Known(
        revision: edition.revision, shelf: LessonAudioShelf(edition.curriculum, voice: voice)))
  }

  /// As they are published now, by whomever.
  func now(_ database: Database) async throws -> LessonAudioShelf {
    try await database.write { [lessons] in try lessons.follow(in: $0) }
    // Outside of the write: there are thousands of texts.
    let edition = lessons.edition
    return known.withLock { known in
      if known.revision != edition.revision {
        known = Known(
          revision: edition.revision, shelf: LessonAudioShelf(edition.curriculum, voice: voice))
      }
      return known.shelf
    }
  }
}
