import Accounts
import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

/// Merging loses nothing, and can be undone.
struct MergeTests {
  private static let dayMs: Int64 = 86_400_000
  private static let seeds: [UInt64] = Array(1...12)

  /// Two who have learned on their own, each in a way of their own.
  private func histories(_ seed: UInt64) throws -> AccountsStage {
    let stage = try AccountsStage(seed: seed)
    var random = RandomSource(seed: seed)
    let pair = [stage.telegram, stage.web]
    for (rehearsal, name) in zip(pair.shuffled(using: &random), ["Sara", "Omid"]) {
      try stage.introduce(
        rehearsal, as: name, reminder: Bool.random(using: &random) ? "08:00" : "No reminder")
      stage.advance(milliseconds: 1_000)
    }
    for _ in 0..<Int.random(in: 3...12, using: &random) {
      guard let rehearsal = pair.randomElement(using: &random) else { continue }
      if Bool.random(using: &random) {
        try rehearsal.say("/learn")
      } else {
        try rehearsal.say("/next")
      }
      try rehearsal.say("Start")
      for _ in 0..<Int.random(in: 0...14, using: &random) {
        let words = ["1", "2", "b", "true", "false", "skip", "is", "1a 2b 3c 4d"]
        try rehearsal.say(words.randomElement(using: &random) ?? "1")
      }
      stage.advance(milliseconds: Int64.random(in: 0...2, using: &random) * Self.dayMs + 1_000)
    }
    return stage
  }

  private func merge(_ stage: AccountsStage) throws -> Merge {
    let one = try #require(try stage.person(stage.telegram)).id
    let other = try #require(try stage.person(stage.web)).id
    return try stage.database.writeBlocking {
      try stage.accounts.merge(one, other, id: ID("merge-1"), at: stage.now, in: $0)
    }
  }

  /// The points of each day and kind, whoever has them.
  private func points(_ stage: AccountsStage) throws -> [String] {
    try stage.database.readBlocking { transaction in
      try transaction.all(
        """
        SELECT day, kind, sum(xp) AS xp FROM daily_xp GROUP BY day, kind ORDER BY day, kind
        """
      ).map { RowJSON.object($0) }
    }
  }

  private func streaks(_ stage: AccountsStage) throws -> [(streak: Int, longest: Int, freezes: Int)]
  {
    try stage.database.readBlocking { transaction in
      try transaction.all("SELECT streak, longest, freezes, last_day FROM progress").map {
        (try $0.value("streak"), try $0.value("longest"), try $0.value("freezes"))
      }
    }
  }

  @Test(arguments: seeds) func `nothing of two histories is lost`(_ seed: UInt64) throws {
    let stage = try histories(seed)
    let pointsBefore = try points(stage)
    let streaksBefore = try streaks(stage)
    let before = try stage.dump()
    let merge = try merge(stage)
    let after = try stage.dump()
    #expect(try points(stage) == pointsBefore)
    for table in ["activity_answers", "placement_answers", "lesson_runs", "messages"] {
      #expect(after[table]?.count == before[table]?.count, "\(table)")
    }
    #expect(after["activity_answers"] == before["activity_answers"])
    #expect(after["people"]?.count == 1)
    #expect(after["conversations"]?.allSatisfy { $0.contains(merge.survivor.text) } == true)
    let streak = try streaks(stage)
    #expect(streak.count == (streaksBefore.isEmpty ? 0 : 1))
    #expect((streak.first?.longest ?? 0) >= (streaksBefore.map(\.longest).max() ?? 0))
    #expect(streak.first?.freezes ?? 0 == streaksBefore.map(\.freezes).max() ?? 0)
  }

  @Test(arguments: seeds) func `undoing it restores every row`(_ seed: UInt64) throws {
    let stage = try histories(seed)
    let before = try stage.dump(except: ["merges"])
    let merge = try merge(stage)
    try stage.database.writeBlocking {
      try stage.accounts.unmerge(merge.id.text, at: stage.now, in: $0)
    }
    let after = try stage.dump(except: ["merges"])
    for (table, rows) in before where table != "timers" {
      #expect(after[table] == rows, "\(table)")
    }
    // A reminder is set anew, at the same hour.
    #expect(after["timers"]?.count == before["timers"]?.count)
    let undo = try stage.text("SELECT undo AS t FROM merges")
    #expect(undo == "{}")
  }

  @Test(arguments: seeds) func `what is done after the merge stays with the survivor`(
    _ seed: UInt64
  ) throws {
    let stage = try histories(seed)
    let total = SQL("SELECT coalesce(sum(xp), 0) AS n FROM daily_xp")
    let merge = try merge(stage)
    let absorbedXP = try stage.number(total)
    stage.advance(milliseconds: Self.dayMs)
    try stage.web.say("/next")
    for word in ["Start", "1", "2", "1", "true"] { try stage.web.say(word) }
    let survivorXP = try stage.number(
      "SELECT coalesce(sum(xp), 0) AS n FROM daily_xp WHERE person_id = \(merge.survivor)")
    try stage.database.writeBlocking {
      try stage.accounts.unmerge(merge.id.text, at: stage.now, in: $0)
    }
    #expect(try stage.number(total) == survivorXP)
    let today = LocalTime(stage.now, zone: "Asia/Tehran").day
    #expect(
      try stage.number(
        """
        SELECT coalesce(sum(xp), 0) AS n FROM daily_xp
        WHERE person_id = \(merge.absorbed) AND day = \(today)
        """) == 0)
    #expect(survivorXP >= absorbedXP)
  }

  @Test func `the elder's word is kept where both have said something`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.web, as: "Sara")
    stage.advance(milliseconds: 1_000)
    try stage.introduce(stage.telegram, as: "Omid", reminder: "08:00")
    try stage.link(stage.telegram, stage.web)
    let person = try #require(try stage.person(stage.telegram))
    #expect(person.name == "Sara")
    #expect(try stage.number("SELECT reminder_minute AS n FROM profiles") == 480)
    #expect(try stage.text("SELECT undo AS t FROM merges")?.contains("Omid") == true)
  }

  @Test func `a day may hold more points than one person could earn, and keeps them`() throws {
    let stage = try AccountsStage()
    for rehearsal in [stage.telegram, stage.web] {
      try stage.introduce(rehearsal, as: "Sara")
      let person = try #require(try stage.person(rehearsal)).id
      let today = LocalTime(stage.now, zone: "Asia/Tehran").day
      try stage.database.writeBlocking { transaction in
        for kind in ["multiple_choice", "true_false", "fill_blank", "reordering", "matching"] {
          _ = try transaction.execute(
            "INSERT INTO daily_xp VALUES (\(person), \(today), \(kind), 120)")
        }
      }
    }
    let before = try stage.number("SELECT sum(xp) AS n FROM daily_xp")
    try stage.link(stage.telegram, stage.web)
    try stage.web.say("/learn")
    for word in ["Start", "1", "2", "1", "b"] { try stage.web.say(word) }
    #expect(try stage.number("SELECT sum(xp) AS n FROM daily_xp") >= before)
  }

  /// Gives somebody points on some days, counted back from today, and the streak that follows.
  private func practise(
    _ stage: AccountsStage, _ rehearsal: Rehearsal, daysAgo: [Int], streak: Int, freezes: Int
  ) throws {
    let person = try #require(try stage.person(rehearsal)).id
    let today = LocalTime(stage.now, zone: "Asia/Tehran").day
    let last = today - (daysAgo.min() ?? 0)
    try stage.database.writeBlocking { transaction in
      for day in daysAgo {
        _ = try transaction.execute(
          "INSERT INTO daily_xp VALUES (\(person), \(today - day), 'matching', 10)")
      }
      _ = try transaction.execute(
        """
        INSERT INTO progress
          (person_id, streak, longest, freezes, last_day, last_at, last_zone)
        VALUES (\(person), \(streak), \(streak), \(freezes), \(last),
          \(stage.now.milliseconds - Int64(daysAgo.min() ?? 0) * Self.dayMs), 'Asia/Tehran')
        """)
    }
  }

  @Test func `days on which either was active make one streak`() throws {
    let stage = try AccountsStage()
    for rehearsal in [stage.telegram, stage.web] { try stage.introduce(rehearsal, as: "Sara") }
    try practise(stage, stage.telegram, daysAgo: [5, 3, 1], streak: 1, freezes: 0)
    try practise(stage, stage.web, daysAgo: [4, 2, 0], streak: 1, freezes: 0)
    _ = try merge(stage)
    #expect(try stage.number("SELECT streak AS n FROM progress") == 6)
    #expect(try stage.number("SELECT longest AS n FROM progress") == 6)
  }

  @Test func `a running streak does not become shorter, and the most freezes stay`() throws {
    let stage = try AccountsStage()
    for rehearsal in [stage.telegram, stage.web] { try stage.introduce(rehearsal, as: "Sara") }
    // Days that were bridged by freezes leave no points behind.
    try practise(stage, stage.telegram, daysAgo: [9, 1], streak: 40, freezes: 1)
    try practise(stage, stage.web, daysAgo: [20, 0], streak: 1, freezes: 2)
    _ = try merge(stage)
    #expect(try stage.number("SELECT streak AS n FROM progress") == 41)
    #expect(try stage.number("SELECT freezes AS n FROM progress") == 2)
  }

  @Test func `a merge that another was built on is undone after it`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.introduce(stage.web, as: "Omid")
    try stage.introduce(stage.sms, as: "Mina")
    try stage.link(stage.telegram, stage.web)
    try stage.link(stage.sms, stage.web)
    #expect(try stage.number("SELECT count(*) AS n FROM people") == 1)
    let ids = try stage.database.readBlocking {
      try $0.all("SELECT id FROM merges ORDER BY id").map { try $0.value("id", as: String.self) }
    }
    #expect(throws: MergeFault.needsOtherFirst(ID(ids[1]))) {
      try stage.database.writeBlocking { try stage.accounts.unmerge(ids[0], at: stage.now, in: $0) }
    }
    for id in ids.reversed() {
      try stage.database.writeBlocking { try stage.accounts.unmerge(id, at: stage.now, in: $0) }
    }
    let names = try [stage.telegram, stage.web, stage.sms].map { try stage.person($0)?.name }
    #expect(names == ["Sara", "Omid", "Mina"])
  }
}
