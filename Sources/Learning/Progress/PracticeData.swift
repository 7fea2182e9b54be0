import Conversation
import Foundation
import Language
import Storage

/// Days of practice, evidence of skills, achievements and level tests as part of all that is known
/// of a person.
enum PracticeData {
  static let keeper = PersonDataKeeper(
    name: "practice",
    tables: ["practice_days", "practice_kinds", "achievements", "level_tests"],
    export: export, merge: merge, unmerge: unmerge, erase: erase)

  /// What the absorbed person had, to part two learners again.
  private struct Undo: Codable {
    var days: [Day] = []
    var kinds: [Kind] = []
    var achievements: [Achieved] = []
    /// Those that the survivor did not have before.
    var given: [String] = []
    var tests: [String] = []
  }

  private struct Day: Codable {
    let day: Int
    let activeMs: Int64
    let answers: Int
    let percents: Int
    let lastAt: Timestamp
  }

  /// As exact as the store can be: a joined share is taken apart again when joining is undone.
  private static let mixedDecimals = 14

  private struct Kind: Codable {
    let level: String
    let kind: String
    let answers: Int
    let percents: Int
    let recent: Double
  }

  private struct Achieved: Codable {
    let id: String
    let at: Timestamp
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let days = try database.all(
      "SELECT day, active_ms, answers, percents FROM practice_days WHERE person_id = \(person)")
    let kinds = try database.all(
      "SELECT level, kind, answers, percents FROM practice_kinds WHERE person_id = \(person)")
    let achievements = try database.all(
      "SELECT achievement_id, awarded_at FROM achievements WHERE person_id = \(person)")
    let tests = try database.all(
      """
      SELECT level, started_at, finished_at, percent, has_passed FROM level_tests
      WHERE person_id = \(person) ORDER BY started_at
      """)
    return """
      {"days":\(RowJSON.array(days)),"kinds":\(RowJSON.array(kinds)),\
      "achievements":\(RowJSON.array(achievements)),"level_tests":\(RowJSON.array(tests))}
      """
  }

  // MARK: Joining and parting

  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    var undo = Undo()
    undo.days = try days(of: merge.absorbed, database)
    undo.kinds = try kinds(of: merge.absorbed, database)
    undo.achievements = try achieved(by: merge.absorbed, database)
    for day in undo.days { try add(day, to: merge.survivor, sign: 1, database) }
    for kind in undo.kinds { try add(kind, to: merge.survivor, sign: 1, database) }
    for one in undo.achievements where try award(one, to: merge.survivor, database) {
      undo.given.append(one.id)
    }
    undo.tests = try database.all(
      "SELECT id FROM level_tests WHERE person_id = \(merge.absorbed) ORDER BY id"
    ).map { try $0.value("id") }
    try database.execute(
      """
      UPDATE level_tests SET person_id = \(merge.survivor) WHERE person_id = \(merge.absorbed)
      """)
    try clear(merge.absorbed, database)
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    for day in undo.days {
      try add(day, to: merge.survivor, sign: -1, database)
      try add(day, to: merge.absorbed, sign: 1, database)
    }
    for kind in undo.kinds {
      try add(kind, to: merge.survivor, sign: -1, database)
      try add(kind, to: merge.absorbed, sign: 1, database)
    }
    for one in undo.achievements { _ = try award(one, to: merge.absorbed, database) }
    try database.execute(
      """
      DELETE FROM achievements
      WHERE person_id = \(merge.survivor) AND achievement_id IN (\(list: undo.given))
      """)
    try database.execute(
      """
      UPDATE level_tests SET person_id = \(merge.absorbed)
      WHERE person_id = \(merge.survivor) AND id IN (\(list: undo.tests))
      """)
    try database.execute(
      "DELETE FROM practice_days WHERE person_id = \(merge.survivor) AND answers <= 0")
    try database.execute(
      "DELETE FROM practice_kinds WHERE person_id = \(merge.survivor) AND answers <= 0")
  }

  private static func days(of person: ID<Person>, _ database: Transaction) throws -> [Day] {
    try database.all(
      """
      SELECT day, active_ms, answers, percents, last_at FROM practice_days
      WHERE person_id = \(person) ORDER BY day
      """
    ).map {
      Day(
        day: try $0.value("day"), activeMs: try $0.value("active_ms"),
        answers: try $0.value("answers"), percents: try $0.value("percents"),
        lastAt: try $0.value("last_at"))
    }
  }

  private static func kinds(of person: ID<Person>, _ database: Transaction) throws -> [Kind] {
    try PracticeLog.kinds(of: person, in: database).map {
      Kind(
        level: $0.level.rawValue, kind: $0.kind, answers: $0.answers, percents: $0.percents,
        recent: $0.recent)
    }
  }

  private static func achieved(
    by person: ID<Person>, _ database: Transaction
  ) throws -> [Achieved] {
    try database.all(
      """
      SELECT achievement_id, awarded_at FROM achievements
      WHERE person_id = \(person) ORDER BY achievement_id
      """
    ).map { Achieved(id: try $0.value("achievement_id"), at: try $0.value("awarded_at")) }
  }

  private static func add(
    _ day: Day, to person: ID<Person>, sign: Int, _ database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO practice_days (person_id, day, active_ms, answers, percents, last_at)
      VALUES (\(person), \(day.day), \(day.activeMs * Int64(sign)), \(day.answers * sign),
        \(day.percents * sign), \(day.lastAt))
      ON CONFLICT (person_id, day) DO UPDATE SET
        active_ms = practice_days.active_ms + excluded.active_ms,
        answers = practice_days.answers + excluded.answers,
        percents = practice_days.percents + excluded.percents
      """)
  }

  /// What is recent is weighed by the answers behind it.
  private static func add(
    _ kind: Kind, to person: ID<Person>, sign: Int, _ database: Transaction
  ) throws {
    let decimals = sign < 0 ? PracticeLog.recentDecimals : mixedDecimals
    try database.execute(
      """
      INSERT INTO practice_kinds (person_id, level, kind, answers, percents, recent)
      VALUES (\(person), \(kind.level), \(kind.kind), \(kind.answers * sign),
        \(kind.percents * sign), \(kind.recent))
      ON CONFLICT (person_id, level, kind) DO UPDATE SET
        recent = CASE WHEN practice_kinds.answers + excluded.answers > 0
          THEN max(0.0, min(100.0, round(
            (practice_kinds.recent * practice_kinds.answers + excluded.recent * excluded.answers)
            / (practice_kinds.answers + excluded.answers), \(decimals))))
          ELSE practice_kinds.recent END,
        answers = practice_kinds.answers + excluded.answers,
        percents = practice_kinds.percents + excluded.percents
      """)
  }

  private static func award(
    _ one: Achieved, to person: ID<Person>, _ database: Transaction
  ) throws -> Bool {
    try database.execute(
      """
      INSERT INTO achievements (person_id, achievement_id, awarded_at)
      VALUES (\(person), \(one.id), \(one.at))
      ON CONFLICT (person_id, achievement_id) DO NOTHING
      """) == 1
  }

  // MARK: Deleting

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let tests = try database.execute(
      "DELETE FROM level_tests WHERE person_id = \(erasure.person)")
    return ErasureStep([.learning: tests + (try clear(erasure.person, database))])
  }

  /// A person has a few hundred rows of these in a year.
  @discardableResult
  private static func clear(_ person: ID<Person>, _ database: Transaction) throws -> Int {
    try database.execute("DELETE FROM practice_days WHERE person_id = \(person)")
      + database.execute("DELETE FROM practice_kinds WHERE person_id = \(person)")
      + database.execute("DELETE FROM achievements WHERE person_id = \(person)")
  }
}
