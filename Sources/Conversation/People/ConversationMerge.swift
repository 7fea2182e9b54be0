import Foundation
import Storage

/// One person out of two, as far as this floor goes: the channels, the name, the language, the
/// time zone.
enum ConversationMerge {
  /// What is needed to part them again.
  struct Undo: Codable {
    let moved: [ID<ConversationRecord>]
    let absorbed: Known
    let before: Known
    let after: Known
  }

  struct Known: Codable, Equatable {
    var name: String?
    var language: String
    var timeZone: String?
    let createdAt: Timestamp

    /// Nothing told yet: the language is a guess from the client's.
    var isGuest: Bool { name == nil && timeZone == nil }
  }

  static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    let before = try known(merge.survivor, in: database)
    let absorbed = try known(merge.absorbed, in: database)
    var after = before
    after.name = before.name ?? absorbed.name
    after.timeZone = before.timeZone ?? absorbed.timeZone
    if before.isGuest, !absorbed.isGuest { after.language = absorbed.language }
    let moved = try PersonConversations.all(of: merge.absorbed, in: database).map(\.id)
    try database.execute(
      """
      UPDATE conversations SET person_id = \(merge.survivor) WHERE person_id = \(merge.absorbed)
      """)
    try save(after, of: merge.survivor, in: database)
    try database.execute("DELETE FROM people WHERE id = \(merge.absorbed)")
    let undo = Undo(moved: moved, absorbed: absorbed, before: before, after: after)
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  static func unmerge(_ text: String, _ merge: PersonMerge, in database: Transaction) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    var now = try known(merge.survivor, in: database)
    // What has been changed since stays.
    if now.name == undo.after.name { now.name = undo.before.name }
    if now.language == undo.after.language { now.language = undo.before.language }
    if now.timeZone == undo.after.timeZone { now.timeZone = undo.before.timeZone }
    try save(now, of: merge.survivor, in: database)
    try database.execute(
      """
      INSERT INTO people (id, name, language, time_zone, created_at)
      VALUES (\(merge.absorbed), \(undo.absorbed.name), \(undo.absorbed.language),
        \(undo.absorbed.timeZone), \(undo.absorbed.createdAt))
      """)
    try database.execute(
      """
      UPDATE conversations SET person_id = \(merge.absorbed)
      WHERE person_id = \(merge.survivor) AND id IN (\(list: undo.moved))
      """)
  }

  private static func known(_ person: ID<Person>, in database: Transaction) throws -> Known {
    guard
      let row = try database.first(
        "SELECT name, language, time_zone, created_at FROM people WHERE id = \(person)")
    else { throw StorageError.refused(reason: "there is no such person") }
    return Known(
      name: try row.value("name"), language: try row.value("language"),
      timeZone: try row.value("time_zone"), createdAt: try row.value("created_at"))
  }

  private static func save(
    _ known: Known, of person: ID<Person>, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE people SET name = \(known.name), language = \(known.language),
        time_zone = \(known.timeZone)
      WHERE id = \(person)
      """)
  }
}
