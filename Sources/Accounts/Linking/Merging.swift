package import Conversation
import Foundation
package import Storage

/// Two persons who became one, and how to part them again.
package struct Merge: Sendable, Equatable {
  package let id: ID<Merge>
  package let survivor: ID<Person>
  package let absorbed: ID<Person>
  package let mergedAt: Timestamp
}

/// Why two cannot be parted.
package enum MergeFault: Error, Equatable, Sendable, CustomStringConvertible {
  case notFound
  case undoneBefore
  /// Another merge was built on this one and has to be undone first.
  case needsOtherFirst(ID<Merge>)

  package var description: String {
    switch self {
    case .notFound: "there is no such merge"
    case .undoneBefore: "that merge has been undone before"
    case .needsOtherFirst(let id): "merge \(id) came later and has to be undone first"
    }
  }
}

/// Makes one person of two. The elder account survives; where both have told something of the
/// same kind, the elder's word is kept and the other's goes into the record. Nothing is lost:
/// lessons, answers and points of both are kept, and all of it can be parted again.
struct Merging: Sendable {
  let keepers: [PersonDataKeeper]

  func merge(
    _ one: ID<Person>, _ other: ID<Person>, id: ID<Merge>, at now: Timestamp,
    in database: Transaction
  ) throws -> Merge {
    let elder = try elder(one, other, in: database)
    let merge = Merge(
      id: id, survivor: elder, absorbed: elder == one ? other : one, mergedAt: now)
    let request = PersonMerge(survivor: merge.survivor, absorbed: merge.absorbed, now: now)
    var undo: [String: String] = [:]
    // The persons themselves are last, as all else refers to them.
    for keeper in keepers.reversed() { undo[keeper.name] = try keeper.merge(request, database) }
    try MergeStore.add(merge, undo: undo, in: database)
    return merge
  }

  /// Parts them. What was done since the merge stays with the surviving person.
  func undo(_ id: ID<Merge>, at now: Timestamp, in database: Transaction) throws {
    let (merge, undo) = try MergeStore.load(id, in: database)
    if let later = try MergeStore.later(than: merge, in: database) {
      throw MergeFault.needsOtherFirst(later)
    }
    let request = PersonMerge(survivor: merge.survivor, absorbed: merge.absorbed, now: now)
    for keeper in keepers {
      guard let text = undo[keeper.name] else { continue }
      try keeper.unmerge(text, request, database)
    }
    try MergeStore.close(id, at: now, in: database)
  }

  private func elder(
    _ one: ID<Person>, _ other: ID<Person>, in database: Transaction
  ) throws -> ID<Person> {
    let row = try database.first(
      """
      SELECT id FROM people WHERE id IN (\(list: [one, other])) ORDER BY created_at, id LIMIT 1
      """)
    guard let elder: ID<Person> = try row?.value("id") else { throw MergeFault.notFound }
    return elder
  }
}

enum MergeStore {
  static func add(
    _ merge: Merge, undo: [String: String], in database: Transaction
  ) throws {
    let text = String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
    try database.execute(
      """
      INSERT INTO merges (id, survivor_id, absorbed_id, undo, merged_at)
      VALUES (\(merge.id), \(merge.survivor), \(merge.absorbed), \(text), \(merge.mergedAt))
      """)
  }

  static func load(
    _ id: ID<Merge>, in database: Transaction
  ) throws -> (Merge, undo: [String: String]) {
    guard let row = try database.first("SELECT * FROM merges WHERE id = \(id)") else {
      throw MergeFault.notFound
    }
    guard try row.value("undone_at", as: Timestamp?.self) == nil else {
      throw MergeFault.undoneBefore
    }
    let undo: String = try row.value("undo")
    return (
      try Merge(row), try JSONDecoder().decode([String: String].self, from: Data(undo.utf8))
    )
  }

  /// The newest merge that the person has survived and that was not undone.
  static func newest(of person: ID<Person>, in database: Transaction) throws -> Merge? {
    try database.first(
      """
      SELECT * FROM merges WHERE survivor_id = \(person) AND undone_at IS NULL
      ORDER BY merged_at DESC, id DESC LIMIT 1
      """
    ).map(Merge.init)
  }

  /// A merge that was built on this one.
  static func later(than merge: Merge, in database: Transaction) throws -> ID<Merge>? {
    try database.first(
      """
      SELECT id FROM merges
      WHERE undone_at IS NULL AND id > \(merge.id)
        AND (survivor_id = \(merge.survivor) OR absorbed_id = \(merge.survivor))
      ORDER BY id DESC LIMIT 1
      """)?.value("id")
  }

  /// What was needed to undo it is not kept any longer.
  static func close(_ id: ID<Merge>, at now: Timestamp, in database: Transaction) throws {
    try database.execute(
      "UPDATE merges SET undone_at = \(now), undo = '{}' WHERE id = \(id)")
  }
}

extension Merge {
  fileprivate init(_ row: Row) throws {
    id = try row.value("id")
    survivor = try row.value("survivor_id")
    absorbed = try row.value("absorbed_id")
    mergedAt = try row.value("merged_at")
  }
}
