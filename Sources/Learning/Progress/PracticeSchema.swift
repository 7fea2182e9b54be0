import Storage

/// What a day's practice came to, what each skill has shown, achievements and level tests.
enum PracticeSchema {
  static let migrations = [
    Migration(
      "learning-practice-1",
      [
        .clusteredTable(
          """
          CREATE TABLE practice_days (
            person_id TEXT NOT NULL REFERENCES people (id), day INTEGER NOT NULL,
            active_ms INTEGER NOT NULL, answers INTEGER NOT NULL, percents INTEGER NOT NULL,
            last_at INTEGER NOT NULL, PRIMARY KEY (person_id, day))
          """),
        .clusteredTable(
          """
          CREATE TABLE practice_kinds (
            person_id TEXT NOT NULL REFERENCES people (id), level TEXT NOT NULL,
            kind TEXT NOT NULL, answers INTEGER NOT NULL, percents INTEGER NOT NULL,
            recent REAL NOT NULL, PRIMARY KEY (person_id, level, kind))
          """),
        .clusteredTable(
          """
          CREATE TABLE achievements (
            person_id TEXT NOT NULL REFERENCES people (id), achievement_id TEXT NOT NULL,
            awarded_at INTEGER NOT NULL, PRIMARY KEY (person_id, achievement_id))
          """),
        .table(
          """
          CREATE TABLE level_tests (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            level TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
            percent INTEGER, has_passed INTEGER)
          """),
        .statement("CREATE INDEX level_tests_by_person ON level_tests (person_id, started_at)"),
      ])
  ]
}
