import Conversation
import Foundation
import Storage

/// The profile as part of all that is known of a person.
enum ProfileData {
  static let keeper = PersonDataKeeper(
    name: "onboarding", tables: ["profiles", "placement_answers"], export: export, merge: merge,
    unmerge: unmerge, erase: erase)

  /// What is needed to part two profiles again.
  private struct Undo: Codable {
    let absorbed: Profile?
    let before: Profile?
    let after: Profile?
    let movedAnswers: [MovedAnswer]
  }

  private struct MovedAnswer: Codable {
    let item: String
    let answeredAt: Timestamp
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let profile = try database.first("SELECT * FROM profiles WHERE person_id = \(person)")
    let answers = try database.all(
      """
      SELECT item_id, answer, is_right, answered_at FROM placement_answers
      WHERE person_id = \(person) ORDER BY answered_at, item_id
      """)
    return """
      {"profile":\(RowJSON.object(profile)),"placementAnswers":\(RowJSON.array(answers))}
      """
  }

  // MARK: Joining and parting

  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    let before = try ProfileStore.find(merge.survivor, in: database)
    let absorbed = try ProfileStore.find(merge.absorbed, in: database)
    var after = before
    if let absorbed {
      after = (before ?? Profile()).filled(from: absorbed)
      try after.map { try ProfileStore.save($0, of: merge.survivor, in: database) }
      try database.execute("DELETE FROM profiles WHERE person_id = \(merge.absorbed)")
    }
    let undo = Undo(
      absorbed: absorbed, before: before, after: after,
      movedAnswers: try moveAnswers(merge, in: database))
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    if let after = undo.after, let now = try ProfileStore.find(merge.survivor, in: database) {
      let parted = now.parted(after: after, before: undo.before ?? Profile())
      if undo.before == nil, parted == Profile() {
        try database.execute("DELETE FROM profiles WHERE person_id = \(merge.survivor)")
      } else {
        try ProfileStore.save(parted, of: merge.survivor, in: database)
      }
    }
    if let absorbed = undo.absorbed {
      try ProfileStore.save(absorbed, of: merge.absorbed, in: database)
      try DailyReminder.restore(absorbed, of: merge.absorbed, at: merge.now, in: database)
    }
    for answer in undo.movedAnswers {
      try database.execute(
        """
        UPDATE placement_answers SET person_id = \(merge.absorbed)
        WHERE person_id = \(merge.survivor) AND item_id = \(answer.item)
          AND answered_at = \(answer.answeredAt)
        """)
    }
  }

  private static func moveAnswers(
    _ merge: PersonMerge, in database: Transaction
  ) throws -> [MovedAnswer] {
    let rows = try database.all(
      """
      SELECT item_id, answered_at FROM placement_answers WHERE person_id = \(merge.absorbed)
      ORDER BY answered_at, item_id
      """)
    return try rows.map { row in
      let item: String = try row.value("item_id")
      let answeredAt: Timestamp = try row.value("answered_at")
      // Both may have answered the same item in the same millisecond.
      var free = answeredAt
      while try database.first(
        """
        SELECT item_id FROM placement_answers WHERE person_id = \(merge.survivor)
          AND item_id = \(item) AND answered_at = \(free)
        """) != nil
      { free = free.adding(milliseconds: 1) }
      try database.execute(
        """
        UPDATE placement_answers SET person_id = \(merge.survivor), answered_at = \(free)
        WHERE person_id = \(merge.absorbed) AND item_id = \(item)
          AND answered_at = \(answeredAt)
        """)
      return MovedAnswer(item: item, answeredAt: free)
    }
  }

  // MARK: Deleting

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let profiles = try database.execute(
      "DELETE FROM profiles WHERE person_id = \(erasure.person)")
    let answers = try database.execute(
      "DELETE FROM placement_answers WHERE person_id = \(erasure.person)")
    return ErasureStep([.profile: profiles, .learning: answers])
  }
}

extension Profile {
  /// Field by field: what is missing here comes from the other. The reminder's hour and its channel
  /// belong together, and so do the levels.
  fileprivate func filled(from other: Profile) -> Profile {
    var filled = self
    if goals.isEmpty { filled.goals = other.goals }
    if interests.isEmpty { filled.interests = other.interests }
    filled.minutesPerDay = minutesPerDay ?? other.minutesPerDay
    if reminderMinute == nil {
      filled.reminderMinute = other.reminderMinute
      filled.reminderConversation = other.reminderConversation
    }
    if level == nil {
      filled.selfEstimate = other.selfEstimate ?? selfEstimate
      filled.placementLevel = other.placementLevel ?? placementLevel
      filled.level = other.level
    }
    filled.completedAt = completedAt ?? other.completedAt
    return filled
  }

  /// What has not been changed since the merge is as it was before.
  fileprivate func parted(after: Profile, before: Profile) -> Profile {
    var parted = self
    if goals == after.goals { parted.goals = before.goals }
    if interests == after.interests { parted.interests = before.interests }
    if minutesPerDay == after.minutesPerDay { parted.minutesPerDay = before.minutesPerDay }
    if reminderMinute == after.reminderMinute {
      parted.reminderMinute = before.reminderMinute
      parted.reminderConversation = before.reminderConversation
    }
    if selfEstimate == after.selfEstimate { parted.selfEstimate = before.selfEstimate }
    if placementLevel == after.placementLevel { parted.placementLevel = before.placementLevel }
    if level == after.level { parted.level = before.level }
    if completedAt == after.completedAt { parted.completedAt = before.completedAt }
    return parted
  }
}
