import Conversation
package import Language
package import Storage

/// What can be done to lessons, and on what terms. Whatever is kept has passed the same checks as a
/// file: there is no half a lesson, only one that is not published. A change says which version it
/// was made from, and is refused when there is a newer one.
package struct LessonDesk: Sendable {
  package static let lessonsMax = 2_000

  package let shelf: LessonShelf

  package init(_ shelf: LessonShelf) { self.shelf = shelf }

  /// Keeps a lesson as its next version, unpublished; the same text as the newest changes nothing.
  ///
  /// - Parameters:
  ///   - id: which lesson it has to be; nil for whichever the text names.
  ///   - version: the one it was made from; nil for the one the text's own mark names. A lesson
  ///     that is not there yet needs none.
  /// - Throws: `LessonDeskFault`.
  package func save(
    _ yaml: String, as id: String? = nil, from version: Int? = nil, by author: Author,
    origin: LessonOrigin = .person, at now: Timestamp, in database: Transaction
  ) throws -> LessonEntry {
    guard yaml.utf8.count <= LessonFile.bytesMax else { throw LessonDeskFault.tooLarge }
    let file = LessonFile(yaml)
    let lesson = try lesson(in: file, as: id)
    let read = version ?? file.version
    let current = try self.version(of: lesson.id, in: database)
    if let current {
      let newest = try text(of: lesson.id, current, in: database)
      if newest == file.text { return try entry(of: lesson.id, in: database) }
      guard read == current else {
        throw LessonDeskFault.conflict(lesson: lesson.id, read: read, current: current)
      }
    } else if try LessonArchive.places(in: database).count >= Self.lessonsMax {
      throw LessonDeskFault.full
    }
    try takeOver(lesson.id, at: now, in: database)
    let next = (current ?? 0) + 1
    try LessonArchive.add(
      LessonArchive.Version(
        version: next, yaml: file.text, title: lesson.title[.english],
        level: lesson.level.rawValue, origin: origin, author: author.name, createdAt: now),
      of: lesson.id, in: database)
    try LessonArchive.note(
      .saved, next, of: lesson.id, by: author.name, at: now, in: database)
    return try entry(of: lesson.id, in: database)
  }

  /// Saves every lesson of a stream, or none of them.
  ///
  /// - Parameter publishes: whether learners get them at once.
  package func take(
    _ stream: String, publishes: Bool = false, by author: Author, at now: Timestamp,
    in database: Transaction
  ) throws -> [LessonEntry] {
    guard stream.utf8.count <= LessonFile.streamBytesMax else { throw LessonDeskFault.tooLarge }
    let files = LessonFile.files(in: stream)
    guard files.count <= LessonFile.streamLessonsMax else { throw LessonDeskFault.full }
    guard !files.isEmpty else {
      throw LessonDeskFault.unsound([
        ContentFault(file: "lessons", line: 1, problem: "has no lessons")
      ])
    }
    return try files.map { file in
      let entry = try save(file.yaml, by: author, at: now, in: database)
      guard publishes, entry.published != entry.version else { return entry }
      return try publish(entry.id, entry.version, by: author, at: now, in: database)
    }
  }

  /// Gives learners that version from now on. Who is in the middle of another one goes on with it.
  ///
  /// - Throws: `LessonDeskFault.unknown` when the version is not kept, `unsound` when it does not
  ///   fit the others: its place in the level is taken, or too many are featured.
  package func publish(
    _ id: String, _ version: Int, by author: Author, at now: Timestamp, in database: Transaction
  ) throws -> LessonEntry {
    try shelf.follow(in: database)
    guard let current = try self.version(of: id, in: database) else {
      throw LessonDeskFault.unknown(id)
    }
    if try LessonArchive.place(of: id, in: database) == nil {
      // An untouched file is what learners get already.
      guard version == current else { throw LessonDeskFault.unknown(id) }
      return try entry(of: id, in: database)
    }
    guard let kept = try LessonArchive.version(version, of: id, in: database) else {
      throw LessonDeskFault.unknown(id)
    }
    let lesson = try self.lesson(
      in: LessonFile(text: kept.yaml, version: version), as: id)
    let others = shelf.curriculum.lessons.filter { $0.id != id }
    let faults = Curriculum.faults(of: others + [lesson]).filter { $0.file.hasSuffix(id + ".yaml") }
    guard faults.isEmpty else { throw LessonDeskFault.unsound(faults) }
    try LessonArchive.publish(id, version, at: now, in: database)
    try LessonArchive.note(.published, version, of: id, by: author.name, at: now, in: database)
    try shelf.follow(in: database)
    return try entry(of: id, in: database)
  }

  /// Takes a lesson out of the lists. Who is in the middle of it can finish it.
  ///
  /// - Parameter version: the one that the caller believes is published.
  package func unpublish(
    _ id: String, _ version: Int, by author: Author, at now: Timestamp, in database: Transaction
  ) throws -> LessonEntry {
    try shelf.follow(in: database)
    guard let before = try find(id, in: database) else { throw LessonDeskFault.unknown(id) }
    guard let published = before.published else { return before }
    guard published == version else {
      throw LessonDeskFault.conflict(lesson: id, read: version, current: published)
    }
    guard shelf.curriculum.lessons.contains(where: { $0.id != id }) else {
      let problem = "is the last lesson there is"
      throw LessonDeskFault.unsound([
        ContentFault(file: "lessons/\(id).yaml", line: 1, problem: problem)
      ])
    }
    try takeOver(id, at: now, in: database)
    try LessonArchive.publish(id, nil, at: now, in: database)
    try LessonArchive.note(.unpublished, version, of: id, by: author.name, at: now, in: database)
    try shelf.follow(in: database)
    return try entry(of: id, in: database)
  }

  /// From the first change on the store keeps a lesson of the files, too, as its first version.
  private func takeOver(
    _ id: String, at now: Timestamp, in database: Transaction
  ) throws {
    guard let lesson = shelf.base[id], let text = shelf.base.texts[id],
      try LessonArchive.place(of: id, in: database) == nil
    else { return }
    let first = Lesson.firstVersion
    try LessonArchive.add(
      LessonArchive.Version(
        version: first, yaml: text, title: lesson.title[.english], level: lesson.level.rawValue,
        origin: .file, author: Self.fileAuthor, createdAt: now),
      of: id, in: database)
    try LessonArchive.publish(id, first, at: now, in: database)
  }

  static let fileAuthor = "file"

  /// What is wrong with a lesson, without keeping it.
  package func faults(of yaml: String, as id: String) throws -> [ContentFault] {
    do throws(LessonDeskFault) {
      _ = try lesson(in: LessonFile(yaml), as: id)
      return []
    } catch {
      guard case .unsound(let faults) = error else { throw error }
      return faults
    }
  }

  private func lesson(in file: LessonFile, as id: String?) throws(LessonDeskFault) -> Lesson {
    do throws(ContentFaults) {
      guard let id = id ?? file.id, !id.isEmpty else {
        throw ContentFaults([
          ContentFault(file: "lessons", line: 1, problem: "needs `id` at the beginning of a line")
        ])
      }
      return try LessonReader.read(LessonFile.named(id, file.text))
    } catch { throw LessonDeskFault.unsound(error.all) }
  }
}
