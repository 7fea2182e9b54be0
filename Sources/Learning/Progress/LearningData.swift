import Conversation
import Foundation
import Storage

/// Lessons, answers, points and streak as part of all that is known of a person.
enum LearningData {
  static let keeper = PersonDataKeeper(
    name: "learning", tables: ["lesson_runs", "activity_answers", "daily_xp", "progress"],
    export: export, merge: merge, unmerge: unmerge, erase: erase)

  /// What is needed to part two learners again.
  private struct Undo: Codable {
    let runs: [ID<LessonRun>]
    let points: [Points]
    let absorbed: Streak?
    let before: Streak?
    let after: Streak?
  }

  private struct Points: Codable {
    let day: Int
    let kind: String
    let xp: Int
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let runs = try database.all(
      "SELECT * FROM lesson_runs WHERE person_id = \(person) ORDER BY started_at, id")
    let answers = try database.all(
      """
      SELECT a.* FROM activity_answers a JOIN lesson_runs r ON r.id = a.run_id
      WHERE r.person_id = \(person) ORDER BY a.answered_at, a.run_id, a.activity, a.attempt
      """)
    let points = try database.all(
      "SELECT day, kind, xp FROM daily_xp WHERE person_id = \(person) ORDER BY day, kind")
    let progress = try database.first("SELECT * FROM progress WHERE person_id = \(person)")
    return """
      {"progress":\(RowJSON.object(progress)),"lessons":\(RowJSON.array(runs)),\
      "answers":\(RowJSON.array(answers)),"points":\(RowJSON.array(points))}
      """
  }

  // MARK: Joining and parting

  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    let before = try ProgressStore.findStreak(of: merge.survivor, in: database)
    let absorbed = try ProgressStore.findStreak(of: merge.absorbed, in: database)
    let runs = try database.all(
      "SELECT id FROM lesson_runs WHERE person_id = \(merge.absorbed) ORDER BY id"
    ).map { try $0.value("id", as: ID<LessonRun>.self) }
    try database.execute(
      """
      UPDATE lesson_runs SET person_id = \(merge.survivor) WHERE person_id = \(merge.absorbed)
      """)
    let points = try takePoints(merge, in: database)
    var after = before
    if let absorbed {
      let joined = Streak.joined(
        [before, absorbed].compactMap(\.self),
        activeDays: try activeDays(of: merge.survivor, in: database))
      let summaryDay = try [merge.survivor, merge.absorbed].compactMap {
        try ProgressStore.summaryDay(of: $0, in: database)
      }.max()
      try ProgressStore.save(joined, of: merge.survivor, in: database)
      try summaryDay.map {
        try ProgressStore.noteSummary(of: merge.survivor, day: $0, in: database)
      }
      try database.execute("DELETE FROM progress WHERE person_id = \(merge.absorbed)")
      after = joined
    }
    let undo = Undo(
      runs: runs, points: points, absorbed: absorbed, before: before, after: after)
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  /// Adds up the points of each day and kind.
  private static func takePoints(
    _ merge: PersonMerge, in database: Transaction
  ) throws -> [Points] {
    let points = try database.all(
      """
      SELECT day, kind, xp FROM daily_xp WHERE person_id = \(merge.absorbed) ORDER BY day, kind
      """
    ).map {
      Points(day: try $0.value("day"), kind: try $0.value("kind"), xp: try $0.value("xp"))
    }
    for part in points {
      try database.execute(
        """
        INSERT INTO daily_xp (person_id, day, kind, xp)
        VALUES (\(merge.survivor), \(part.day), \(part.kind), \(part.xp))
        ON CONFLICT (person_id, day, kind) DO UPDATE SET xp = daily_xp.xp + excluded.xp
        """)
    }
    try database.execute("DELETE FROM daily_xp WHERE person_id = \(merge.absorbed)")
    return points
  }

  /// A lesson goes back to whoever began it, with all its answers.
  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    for run in undo.runs {
      try database.execute(
        """
        UPDATE lesson_runs SET person_id = \(merge.absorbed)
        WHERE id = \(run) AND person_id = \(merge.survivor)
        """)
    }
    for part in undo.points { try giveBack(part, merge, in: database) }
    if let absorbed = undo.absorbed {
      try ProgressStore.save(absorbed, of: merge.absorbed, in: database)
    }
    guard let now = try ProgressStore.findStreak(of: merge.survivor, in: database) else { return }
    if now == undo.after {
      try database.execute("DELETE FROM progress WHERE person_id = \(merge.survivor)")
      try undo.before.map { try ProgressStore.save($0, of: merge.survivor, in: database) }
      return
    }
    // They have gone on since: counted again over the days that are their own.
    var last = Streak()
    last.lastDay = now.lastDay
    last.lastAt = now.lastAt
    last.lastZone = now.lastZone
    var parted = Streak.joined(
      [undo.before, last].compactMap(\.self),
      activeDays: try activeDays(of: merge.survivor, in: database))
    parted.freezes = now.freezes
    try ProgressStore.save(parted, of: merge.survivor, in: database)
  }

  private static func giveBack(
    _ part: Points, _ merge: PersonMerge, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE daily_xp SET xp = xp - \(part.xp)
      WHERE person_id = \(merge.survivor) AND day = \(part.day) AND kind = \(part.kind)
      """)
    try database.execute(
      """
      DELETE FROM daily_xp WHERE person_id = \(merge.survivor) AND day = \(part.day)
        AND kind = \(part.kind) AND xp <= 0
      """)
    try database.execute(
      """
      INSERT INTO daily_xp (person_id, day, kind, xp)
      VALUES (\(merge.absorbed), \(part.day), \(part.kind), \(part.xp))
      """)
  }

  /// Every activity that counts brings points, so the days with points are the active ones.
  private static func activeDays(
    of person: ID<Person>, in database: Transaction
  ) throws -> Set<Int> {
    Set(
      try database.all("SELECT DISTINCT day FROM daily_xp WHERE person_id = \(person)").map {
        try $0.value("day", as: Int.self)
      })
  }

  // MARK: Deleting

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let answers = try database.execute(
      """
      DELETE FROM activity_answers WHERE run_id IN (
        SELECT r.id FROM lesson_runs r WHERE r.person_id = \(erasure.person)
          AND EXISTS (SELECT 1 FROM activity_answers a WHERE a.run_id = r.id)
        ORDER BY r.id LIMIT \(PersonErasure.rowsPerStep / 10))
      """)
    guard answers == 0 else { return ErasureStep([.learning: answers], next: "answers") }
    let runs = try database.execute("DELETE FROM lesson_runs WHERE person_id = \(erasure.person)")
    let points = try database.execute("DELETE FROM daily_xp WHERE person_id = \(erasure.person)")
    try database.execute("DELETE FROM progress WHERE person_id = \(erasure.person)")
    return ErasureStep([.learning: runs + points])
  }
}
