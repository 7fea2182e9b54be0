import Conversation
import Foundation
import Language
import Practice
import Rehearsal
import Speech
import Storage
import Testing

struct PracticeDataTests {
  private static let tables = [
    "practice_settings", "practice_attempts", "talk_sessions", "talk_lines", "safety_flags",
  ]

  /// A stage on which everything this capability keeps has something in it.
  private func full() async throws -> PracticeStage {
    let stage = try PracticeStage(
      ScriptedWorld {
        $0.transcript = .success(Transcript(text: "I went to the sea with them."))
      })
    try stage.begin()
    try stage.say("/persona")
    try stage.press("Sam")
    try stage.sendVoice()
    try await stage.work()
    try stage.say("/talk")
    try stage.press("Everyday life")
    try stage.say("Yesterday after lunch I slept.")
    try await stage.work()
    try stage.say("I want to die")
    return stage
  }

  private func person(_ database: Transaction, _ stage: PracticeStage) throws -> ID<Person> {
    try #require(try stage.rehearsal.record(database)?.person.id)
  }

  private func count(_ table: String, _ database: Transaction) throws -> Int {
    let names: [String: SQL] = [
      "practice_settings": "practice_settings", "practice_attempts": "practice_attempts",
      "talk_sessions": "talk_sessions", "talk_lines": "talk_lines", "safety_flags": "safety_flags",
    ]
    let name = try #require(names[table])
    return try database.first("SELECT count(*) AS n FROM \(sql: name)")?.value("n") ?? -1
  }

  @Test func `everything that is kept is shown`() async throws {
    let stage = try await full()
    let json = try stage.rehearsal.database.readBlocking { database in
      try Practice.dataKeeper.export(try person(database, stage), database)
    }
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((value?["settings"] as? [String: Any])?["persona"] as? String == "friendly-peer")
    #expect((value?["attempts"] as? [Any])?.count == 2)
    #expect((value?["talks"] as? [Any])?.count == 1)
    #expect((value?["lines"] as? [Any])?.count == 1)
    #expect((value?["care"] as? [Any])?.count == 1)
    #expect(!json.contains("want to die"))
  }

  @Test func `everything is deleted`() async throws {
    let stage = try await full()
    try stage.rehearsal.database.writeBlocking { database in
      for table in Self.tables { #expect(try count(table, database) > 0, "\(table)") }
      var erasure = PersonErasure(person: try person(database, stage))
      while let next = try Practice.dataKeeper.erase(erasure, database).next {
        erasure = PersonErasure(person: erasure.person, cursor: next)
      }
      for table in Self.tables { #expect(try count(table, database) == 0, "\(table)") }
    }
  }

  @Test func `two learners are joined and parted again`() async throws {
    let stage = try await full()
    let other = stage.rehearsal.beside(channel: .telegram, chat: "chat-2")
    try other.say("/start")
    try stage.rehearsal.database.writeBlocking { database in
      let absorbed = try person(database, stage)
      let survivor = try #require(try other.record(database)?.person.id)
      let before = try Practice.dataKeeper.export(absorbed, database)
      let merge = PersonMerge(survivor: survivor, absorbed: absorbed, now: Rehearsal.start)
      let undo = try Practice.dataKeeper.merge(merge, database)
      let joined = try Practice.dataKeeper.export(survivor, database)
      #expect(joined.contains("friendly-peer"))
      try Practice.dataKeeper.unmerge(undo, merge, database)
      #expect(try Practice.dataKeeper.export(absorbed, database) == before)
      #expect(!(try Practice.dataKeeper.export(survivor, database).contains("friendly-peer")))
    }
  }

  @Test func `the same result brought twice earns once`() async throws {
    let stage = try PracticeStage(
      ScriptedWorld { $0.transcript = .success(Transcript(text: "I like to read at night.")) })
    try stage.begin()
    try stage.sendVoice()
    try await stage.work()
    let xp = try stage.xp()
    let results = try stage.number("SELECT count(*) AS n FROM practice_attempts")
    try stage.rehearsal.deliver(.finished(job: "practice.voice", result: "{}"))
    #expect(try stage.xp() == xp)
    #expect(try stage.number("SELECT count(*) AS n FROM practice_attempts") == results)
  }
}
