import Conversation
import Foundation
import Language
import Storage

/// What a person has told about their learning. Name, language and time zone belong to `Person`.
struct Profile: Equatable, Codable {
  /// Where lessons begin for somebody of whom nothing is known.
  static let standardLevel = CEFRLevel.a1

  var goals: [String] = []
  var interests: [String] = []
  var minutesPerDay: Int?
  /// Minutes after midnight; nil for no reminder.
  var reminderMinute: Int?
  /// The conversation the reminder comes in.
  var reminderConversation: ID<ConversationRecord>?
  var selfEstimate: CEFRLevel?
  var placementLevel: CEFRLevel?
  /// What lessons go by: the newer of estimate and placement.
  var level: CEFRLevel?
  var completedAt: Timestamp?
}

enum ProfileStore {
  static func load(_ person: ID<Person>, in database: Transaction) throws -> Profile {
    try find(person, in: database) ?? Profile()
  }

  static func find(_ person: ID<Person>, in database: Transaction) throws -> Profile? {
    guard
      let row = try database.first(
        """
        SELECT goals, interests, minutes_per_day, reminder_minute, reminder_conversation_id,
          self_estimate, placement_level, level, completed_at
        FROM profiles WHERE person_id = \(person)
        """)
    else { return nil }
    return Profile(
      goals: try list(row.value("goals")), interests: try list(row.value("interests")),
      minutesPerDay: try row.value("minutes_per_day"),
      reminderMinute: try row.value("reminder_minute"),
      reminderConversation: try row.value("reminder_conversation_id"),
      selfEstimate: try level(row.value("self_estimate")),
      placementLevel: try level(row.value("placement_level")),
      level: try level(row.value("level")), completedAt: try row.value("completed_at"))
  }

  static func save(
    _ profile: Profile, of person: ID<Person>, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO profiles (person_id, goals, interests, minutes_per_day, reminder_minute,
        reminder_conversation_id, self_estimate, placement_level, level, completed_at)
      VALUES (\(person), \(text(profile.goals)), \(text(profile.interests)),
        \(profile.minutesPerDay), \(profile.reminderMinute), \(profile.reminderConversation),
        \(profile.selfEstimate?.rawValue), \(profile.placementLevel?.rawValue),
        \(profile.level?.rawValue), \(profile.completedAt))
      ON CONFLICT (person_id) DO UPDATE SET goals = excluded.goals,
        interests = excluded.interests, minutes_per_day = excluded.minutes_per_day,
        reminder_minute = excluded.reminder_minute,
        reminder_conversation_id = excluded.reminder_conversation_id,
        self_estimate = excluded.self_estimate, placement_level = excluded.placement_level,
        level = excluded.level, completed_at = excluded.completed_at
      """)
  }

  static func level(of person: ID<Person>, in database: Transaction) throws -> String? {
    try database.first("SELECT level FROM profiles WHERE person_id = \(person)")?.value("level")
  }

  static func keep(
    _ answer: String?, to item: PlacementItem, isRight: Bool, by person: ID<Person>,
    at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO placement_answers (person_id, answered_at, item_id, answer, is_right)
      VALUES (\(person), \(now), \(item.id), \(answer), \(isRight))
      ON CONFLICT (person_id, answered_at, item_id) DO NOTHING
      """)
  }

  private static func text(_ list: [String]) -> String {
    "[" + list.map(JSONText.quoted).joined(separator: ",") + "]"
  }

  private static func list(_ text: String) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data(text.utf8))
  }

  private static func level(_ text: String?) -> CEFRLevel? { text.flatMap(CEFRLevel.init) }
}
