import Storage

/// The tables of this capability.
enum PracticeSchema {
  static let tables: Set<String> = [
    "practice_settings", "practice_attempts", "talk_sessions", "talk_lines", "safety_flags",
  ]

  static let migrations = [
    Migration(
      "practice-1",
      [
        .table(
          """
          CREATE TABLE practice_settings (
            person_id TEXT PRIMARY KEY REFERENCES people (id), persona TEXT,
            correction_style TEXT, model_asked_at INTEGER)
          """),
        // What was practised and how it went; no word of what was said.
        .table(
          """
          CREATE TABLE practice_attempts (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            kind TEXT NOT NULL, item_id TEXT, at INTEGER NOT NULL, words INTEGER,
            words_right INTEGER, words_per_minute REAL, corrections INTEGER,
            xp INTEGER NOT NULL)
          """),
        .statement(
          "CREATE INDEX practice_attempts_by_person ON practice_attempts (person_id, at)"),
        .table(
          """
          CREATE TABLE talk_sessions (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            persona TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, summary TEXT)
          """),
        .statement(
          "CREATE INDEX talk_sessions_by_person ON talk_sessions (person_id, started_at)"),
        .clusteredTable(
          """
          CREATE TABLE talk_lines (
            session_id TEXT NOT NULL REFERENCES talk_sessions (id), number INTEGER NOT NULL,
            author TEXT NOT NULL CHECK (author IN ('learner', 'partner')), text TEXT NOT NULL,
            at INTEGER NOT NULL, PRIMARY KEY (session_id, number))
          """),
        .table(
          """
          CREATE TABLE safety_flags (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            conversation_id TEXT NOT NULL REFERENCES conversations (id), kind TEXT NOT NULL,
            at INTEGER NOT NULL)
          """),
        .statement("CREATE INDEX safety_flags_by_time ON safety_flags (at)"),
        .statement("CREATE INDEX safety_flags_by_person ON safety_flags (person_id)"),
      ])
  ]
}
