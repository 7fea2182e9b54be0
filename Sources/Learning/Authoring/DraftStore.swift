import Conversation
import Foundation
package import Storage

/// Drafts that a language model was asked for, and what became of them.
package enum DraftStore {
  /// Older ones are forgotten; the lessons they led to stay.
  static let draftsMax = 200

  package enum State: String, Sendable, SQLConvertible {
    case waiting
    /// The lesson is kept, unpublished.
    case done
    case failed
  }

  package struct Draft: Sendable, Equatable {
    package let id: String
    package let state: State
    package let order: LessonOrder
    package let author: Author
    /// Nil until it is done.
    package let lesson: String?
    /// Why it failed.
    package let fault: String?
  }

  package static func add(
    _ id: String, _ order: LessonOrder, by author: Author, at now: Timestamp,
    in database: Transaction
  ) throws {
    let wanted = String(decoding: try JSONEncoder().encode(order), as: UTF8.self)
    try database.execute(
      """
      INSERT INTO content_drafts (id, state, wanted, author, created_at)
      VALUES (\(id), \(State.waiting), \(wanted), \(author.name), \(now))
      """)
    try database.execute(
      """
      DELETE FROM content_drafts WHERE id NOT IN (
        SELECT id FROM content_drafts ORDER BY created_at DESC, id DESC LIMIT \(draftsMax))
      """)
  }

  /// Nil when there is none of that name.
  package static func find(_ id: String, in database: Transaction) throws -> Draft? {
    let row = try database.first(
      """
      SELECT state, wanted, author, lesson_id, fault FROM content_drafts WHERE id = \(id)
      """)
    guard let row, let author = Author(try row.value("author")) else { return nil }
    let wanted: String = try row.value("wanted")
    return Draft(
      id: id, state: try row.value("state"),
      order: try JSONDecoder().decode(LessonOrder.self, from: Data(wanted.utf8)), author: author,
      lesson: try row.value("lesson_id"), fault: try row.value("fault"))
  }

  package static func finish(
    _ id: String, lesson: String, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE content_drafts SET state = \(State.done), lesson_id = \(lesson) WHERE id = \(id)
      """)
  }

  package static func fail(_ id: String, _ fault: String, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE content_drafts SET state = \(State.failed), fault = \(fault) WHERE id = \(id)
      """)
  }
}
