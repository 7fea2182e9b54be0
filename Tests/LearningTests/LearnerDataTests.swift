import Conversation
import Language
import Learning
import Rehearsal
import Storage
import Testing

/// Cards, days and achievements of two who turn out to be one, and of one who leaves.
struct LearnerDataTests {
  private static let tables: [(name: String, rows: SQL)] = [
    ("review_cards", "SELECT * FROM review_cards ORDER BY person_id, item_key"),
    ("review_log", "SELECT * FROM review_log ORDER BY person_id, reviewed_at, card_id"),
    ("practice_days", "SELECT * FROM practice_days ORDER BY person_id, day"),
    ("practice_kinds", "SELECT * FROM practice_kinds ORDER BY person_id, level, kind"),
    ("achievements", "SELECT * FROM achievements ORDER BY person_id, achievement_id"),
    ("level_tests", "SELECT * FROM level_tests ORDER BY person_id, id"),
  ]

  /// Two people with lessons and reviews of the same words, one of them with a mistake more.
  private func twoLearners() throws -> (ReviewStage, PersonMerge) {
    let stage = try ReviewStage()
    try stage.finishLesson()
    try stage.all { try stage.answerRight($0) }
    let other = stage.learning.rehearsal.beside(channel: .webchat, chat: "chat-2")
    try other.say("/start")
    try other.say("/learn a1-sample")
    try other.say("Start")
    try other.say("In Rasht")
    for _ in 0..<7 { try other.say("skip") }
    try other.say("In Shiraz")
    try other.say("/review")
    try other.say("In Rasht")
    let ids: [ID<Person>] = try stage.learning.rehearsal.database.readBlocking { database in
      try database.all("SELECT id FROM people ORDER BY id").map { try $0.value("id") }
    }
    return (
      stage, PersonMerge(survivor: ids[0], absorbed: ids[1], now: stage.learning.rehearsal.now)
    )
  }

  private func dump(_ stage: ReviewStage) throws -> [String: [[SQLValue]]] {
    try stage.learning.rehearsal.database.readBlocking { database in
      var dump: [String: [[SQLValue]]] = [:]
      for table in Self.tables {
        dump[table.name] = try database.all(table.rows).map { $0.fields.map(\.value) }
      }
      return dump
    }
  }

  private func rows(_ table: SQL, _ person: ID<Person>, _ stage: ReviewStage) throws -> Int {
    try stage.learning.number("SELECT count(*) AS n FROM \(sql: table) WHERE person_id = \(person)")
  }

  @Test func `two who are one have each card once, and are parted as they were`() throws {
    let (stage, merge) = try twoLearners()
    let before = try dump(stage)
    #expect(try rows("review_cards", merge.survivor, stage) == 6)
    #expect(try rows("review_cards", merge.absorbed, stage) == 7)
    let undo = try stage.learning.rehearsal.database.writeBlocking { database in
      try Learning.dataKeepers.map { try $0.merge(merge, database) }
    }
    #expect(try rows("review_cards", merge.survivor, stage) == 7)
    for table in ["review_cards", "review_log", "practice_days", "practice_kinds"] as [SQL] {
      #expect(try rows(table, merge.absorbed, stage) == 0)
    }
    #expect(try stage.learning.number("SELECT count(*) AS n FROM review_log") == 7)
    try stage.learning.rehearsal.database.writeBlocking { database in
      for (keeper, text) in zip(Learning.dataKeepers, undo) {
        try keeper.unmerge(text, merge, database)
      }
    }
    let after = try dump(stage)
    for table in Self.tables.map(\.name) { #expect(after[table] == before[table], "\(table)") }
  }

  @Test func `nothing is left of whoever leaves, and all of the other`() throws {
    let (stage, merge) = try twoLearners()
    let keepers = Learning.dataKeepers.reversed()
    try stage.learning.rehearsal.database.writeBlocking { database in
      for keeper in keepers {
        var cursor: String?
        repeat {
          cursor = try keeper.erase(
            PersonErasure(person: merge.absorbed, cursor: cursor), database
          ).next
        } while cursor != nil
      }
    }
    let left = try dump(stage).values.joined().filter { row in
      row.contains(.text(merge.absorbed.text))
    }
    #expect(left.isEmpty)
    #expect(try rows("review_cards", merge.survivor, stage) == 6)
  }

  @Test func `what is kept is shown`() throws {
    let (stage, merge) = try twoLearners()
    let shown = try stage.learning.rehearsal.database.readBlocking { database in
      try Learning.dataKeepers.map { try $0.export(merge.survivor, database) }.joined()
    }
    for part in ["\"river\"", "\"reviews\"", "\"days\"", "\"kinds\""] {
      #expect(shown.contains(part), "\(part)")
    }
  }
}
