import Conversation
import Language
package import Storage

extension LessonDesk {
  /// Every lesson there is, in the order of the curriculum; what is not published comes last in its
  /// level.
  package func list(in database: Transaction) throws -> [LessonEntry] {
    let places = try LessonArchive.places(in: database)
    let known = Set(places.map(\.lesson))
    let touched = try places.compactMap { try entry($0, in: database) }
    let files = shelf.base.lessons.filter { !known.contains($0.id) }.map(entry)
    let order = Dictionary(
      shelf.curriculum.lessons.enumerated().map { ($0.element.id, $0.offset) }
    ) { first, _ in first }
    return (touched + files).sorted {
      ($0.level, order[$0.id] ?? .max, $0.id) < ($1.level, order[$1.id] ?? .max, $1.id)
    }
  }

  /// Nil when there is no such lesson.
  package func find(_ id: String, in database: Transaction) throws -> LessonEntry? {
    if let place = try LessonArchive.place(of: id, in: database) {
      return try entry(place, in: database)
    }
    return shelf.base[id].map(entry)
  }

  /// A version's text, as it was written.
  ///
  /// - Parameter version: nil for the newest.
  /// - Throws: `LessonDeskFault.unknown`.
  package func file(
    _ id: String, version: Int? = nil, in database: Transaction
  ) throws -> LessonFile {
    guard let newest = try self.version(of: id, in: database),
      let text = try text(of: id, version ?? newest, in: database)
    else { throw LessonDeskFault.unknown(id) }
    return LessonFile(text: text, version: version ?? newest)
  }

  /// The newest version of every lesson, published or not.
  package func files(in database: Transaction) throws -> [LessonFile] {
    try list(in: database).map { try file($0.id, in: database) }
  }

  /// What was done to a lesson, the newest first; nothing for a file that nobody has touched.
  ///
  /// - Throws: `LessonDeskFault.unknown`.
  package func history(_ id: String, in database: Transaction) throws -> [LessonEvent] {
    guard try version(of: id, in: database) != nil else { throw LessonDeskFault.unknown(id) }
    return try LessonArchive.events(of: id, in: database)
  }

  /// How a version of a lesson does with learners.
  ///
  /// - Parameter version: nil for the published one, or else the newest.
  /// - Throws: `LessonDeskFault.unknown`.
  package func statistics(
    _ id: String, version: Int? = nil, in database: Transaction
  ) throws -> LessonStatistics {
    guard let entry = try find(id, in: database) else { throw LessonDeskFault.unknown(id) }
    let version = version ?? entry.published ?? entry.version
    return LessonStatistics(
      lesson: id, version: version,
      feedback: try LessonFeedback.summary(of: id, version, in: database),
      activities: try ActivityStatistics.ofLesson(id, version: version, in: database))
  }

  /// The newest version; nil when there is no such lesson.
  func version(of id: String, in database: Transaction) throws -> Int? {
    if let place = try LessonArchive.place(of: id, in: database) { return place.version }
    return shelf.base[id].map { _ in Lesson.firstVersion }
  }

  func text(of id: String, _ version: Int, in database: Transaction) throws -> String? {
    if try LessonArchive.place(of: id, in: database) == nil {
      return version == Lesson.firstVersion ? shelf.base.texts[id] : nil
    }
    return try LessonArchive.version(version, of: id, in: database)?.yaml
  }

  func entry(of id: String, in database: Transaction) throws -> LessonEntry {
    guard let entry = try find(id, in: database) else { throw LessonDeskFault.unknown(id) }
    return entry
  }

  private func entry(
    _ place: LessonArchive.Place, in database: Transaction
  ) throws -> LessonEntry? {
    try LessonArchive.version(place.version, of: place.lesson, in: database).map { newest in
      LessonEntry(
        id: place.lesson, title: newest.title, level: newest.level, version: place.version,
        published: place.published, origin: newest.origin, author: newest.author,
        changedAt: newest.createdAt,
        isUnreadable: shelf.edition.unreadable.contains(place.lesson))
    }
  }

  private func entry(_ lesson: Lesson) -> LessonEntry {
    LessonEntry(
      id: lesson.id, title: lesson.title[.english], level: lesson.level.rawValue,
      version: Lesson.firstVersion, published: Lesson.firstVersion, origin: .file,
      author: Self.fileAuthor, changedAt: nil, isUnreadable: false)
  }
}

/// How a version of a lesson does: what learners say of it, and how its activities measure.
package struct LessonStatistics: Sendable, Equatable {
  package let lesson: String
  package let version: Int
  package let feedback: LessonFeedback.Summary
  package let activities: [ActivityStatistics]
}
