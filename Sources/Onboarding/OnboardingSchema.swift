import Storage

/// The tables of this capability.
enum OnboardingSchema {
  static let migrations = [
    Migration(
      "onboarding-1",
      [
        .table(
          """
          CREATE TABLE profiles (
            person_id TEXT PRIMARY KEY REFERENCES people (id), goals TEXT NOT NULL,
            interests TEXT NOT NULL, minutes_per_day INTEGER, reminder_minute INTEGER,
            reminder_conversation_id TEXT REFERENCES conversations (id), self_estimate TEXT,
            placement_level TEXT, level TEXT, completed_at INTEGER)
          """),
        .statement(
          """
          CREATE INDEX profiles_by_reminder ON profiles (reminder_conversation_id)
          WHERE reminder_conversation_id IS NOT NULL
          """),
        .clusteredTable(
          """
          CREATE TABLE placement_answers (
            person_id TEXT NOT NULL REFERENCES people (id), answered_at INTEGER NOT NULL,
            item_id TEXT NOT NULL, answer TEXT, is_right INTEGER NOT NULL,
            PRIMARY KEY (person_id, answered_at, item_id))
          """),
      ])
  ]
}
