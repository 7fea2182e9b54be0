import Language
package import Storage
import Synchronization

/// The lessons as they are now: those of the files, and over them what has been published in the
/// store. Reading them is reading a pointer; `follow` looks at one row and puts them together anew
/// only when something has been published since, by this process or another.
package final class LessonShelf: Sendable {
  /// Older versions that are kept in memory for those who are in the middle of one.
  static let pinnedMax = 64

  /// The lessons at one moment.
  package struct Edition: Sendable {
    /// Grows with every change of what is published.
    package let revision: Int64
    package let curriculum: Curriculum
    /// Published lessons that this program can no longer read; the file's takes their place.
    package let unreadable: Set<String>
  }

  private struct Pin: Hashable {
    let lesson: String
    let version: Int
  }

  /// The lessons of the files.
  package let base: Curriculum
  private let now: Mutex<Edition>
  private let pinned = Mutex<[Pin: Lesson]>([:])

  package init(_ base: Curriculum) {
    self.base = base
    now = Mutex(Edition(revision: 0, curriculum: base, unreadable: []))
  }

  package var edition: Edition { now.withLock { $0 } }
  package var curriculum: Curriculum { now.withLock { $0.curriculum } }

  /// Takes up what has been published since. Only ever in a write, so that nobody on an older
  /// snapshot turns the lessons back.
  package func follow(in database: Transaction) throws {
    let revision = try LessonArchive.revision(in: database)
    let known = edition
    guard revision != known.revision else { return }
    let next = try assemble(revision, after: known, database)
    now.withLock { $0 = next }
    // What was undone before it was committed must not stay.
    if revision < known.revision { pinned.withLock { $0 = [:] } }
  }

  private func assemble(
    _ revision: Int64, after known: Edition, _ database: Transaction
  ) throws -> Edition {
    var lessons = Dictionary(
      uniqueKeysWithValues: base.lessons.map { ($0.id, $0) })
    var unreadable: Set<String> = []
    for place in try LessonArchive.places(in: database) {
      guard let version = place.published else {
        lessons[place.lesson] = nil
        continue
      }
      if revision > known.revision, let same = known.curriculum[place.lesson],
        same.version == version, !known.unreadable.contains(place.lesson),
        known.revision > 0
      {
        lessons[place.lesson] = same
      } else if let lesson = try read(place.lesson, version, database) {
        lessons[place.lesson] = lesson
      } else {
        unreadable.insert(place.lesson)
      }
    }
    return Edition(
      revision: revision,
      curriculum: Curriculum(lessons: Array(lessons.values), texts: base.texts),
      unreadable: unreadable)
  }

  /// That version of a lesson, for somebody who has begun it; the present one when it is no longer
  /// kept, nil when the lesson is gone altogether.
  func lesson(_ id: String, version: Int, in database: Transaction) throws -> Lesson? {
    let current = curriculum[id]
    if current?.version == version { return current }
    let pin = Pin(lesson: id, version: version)
    if let known = pinned.withLock({ $0[pin] }) { return known }
    guard let lesson = try read(id, version, database) else {
      return version == Lesson.firstVersion ? base[id] ?? current : current
    }
    pinned.withLock {
      if $0.count >= Self.pinnedMax { $0 = [:] }
      $0[pin] = lesson
    }
    return lesson
  }

  /// Nil when it is not kept, or was sound for an older program only.
  private func read(
    _ id: String, _ version: Int, _ database: Transaction
  ) throws -> Lesson? {
    guard let text = try LessonArchive.version(version, of: id, in: database)?.yaml else {
      return nil
    }
    do throws(ContentFaults) {
      var lesson = try LessonReader.read(LessonFile.named(id, text))
      lesson.version = version
      return lesson
    } catch { return nil }
  }
}
