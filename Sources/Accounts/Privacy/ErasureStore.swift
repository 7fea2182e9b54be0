import Conversation
import Foundation
import Storage

/// A deletion a person has asked for, from the request to the receipt, which outlives all else.
struct Erasure: Equatable {
  enum State: String, SQLConvertible {
    /// The days in which the person may think again.
    case waiting
    /// The person is told that it begins.
    case announced
    case erasing
    case done
  }

  let number: String
  /// Nil once everything is gone: a receipt leads to nobody.
  let person: ID<Person>?
  let state: State
  let counts: [String: Int]
  let requestedAt: Timestamp
  let dueAt: Timestamp
  let announcedAt: Timestamp?
  let doneAt: Timestamp?
}

enum ErasureStore {
  static func add(
    _ number: String, person: ID<Person>, at now: Timestamp, dueAt: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO erasures (number, person_id, state, counts, requested_at, due_at)
      VALUES (\(number), \(person), \(Erasure.State.waiting), '{}', \(now), \(dueAt))
      """)
  }

  /// The deletion that waits for a person.
  static func find(of person: ID<Person>, in database: Transaction) throws -> Erasure? {
    try database.first("SELECT * FROM erasures WHERE person_id = \(person)").map(Erasure.init)
  }

  static func find(_ number: String, in database: Transaction) throws -> Erasure? {
    try database.first("SELECT * FROM erasures WHERE number = \(number)").map(Erasure.init)
  }

  /// - Returns: false when it is too late.
  static func withdraw(_ person: ID<Person>, in database: Transaction) throws -> Bool {
    try database.execute(
      """
      DELETE FROM erasures WHERE person_id = \(person) AND state = \(Erasure.State.waiting)
      """) == 1
  }

  static func announce(_ number: String, at now: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE erasures SET state = \(Erasure.State.announced), announced_at = \(now)
      WHERE number = \(number)
      """)
  }

  static func begin(_ number: String, in database: Transaction) throws {
    try database.execute(
      "UPDATE erasures SET state = \(Erasure.State.erasing) WHERE number = \(number)")
  }

  static func add(
    _ counts: [PersonDataKind: Int], to number: String, in database: Transaction
  ) throws {
    guard var sums = try find(number, in: database)?.counts else { return }
    for (kind, count) in counts where count > 0 { sums[kind.rawValue, default: 0] += count }
    let text = String(decoding: try JSONEncoder().encode(sums), as: UTF8.self)
    try database.execute("UPDATE erasures SET counts = \(text) WHERE number = \(number)")
  }

  static func finish(_ number: String, at now: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE erasures SET state = \(Erasure.State.done), done_at = \(now), person_id = NULL
      WHERE number = \(number)
      """)
  }
}

extension Erasure {
  fileprivate init(_ row: Row) throws {
    number = try row.value("number")
    person = try row.value("person_id")
    state = try row.value("state")
    let text: String = try row.value("counts")
    counts = try JSONDecoder().decode([String: Int].self, from: Data(text.utf8))
    requestedAt = try row.value("requested_at")
    dueAt = try row.value("due_at")
    announcedAt = try row.value("announced_at")
    doneAt = try row.value("done_at")
  }
}
