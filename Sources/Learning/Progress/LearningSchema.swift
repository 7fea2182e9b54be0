import Storage

/// The tables of this capability.
enum LearningSchema {
  static let migrations = [
    Migration(
      "learning-1",
      [
        .table(
          """
          CREATE TABLE lesson_runs (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            lesson_id TEXT NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
            percent INTEGER)
          """),
        .statement("CREATE INDEX lesson_runs_by_person ON lesson_runs (person_id, lesson_id)"),
        .clusteredTable(
          """
          CREATE TABLE activity_answers (
            run_id TEXT NOT NULL REFERENCES lesson_runs (id), activity INTEGER NOT NULL,
            attempt INTEGER NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL,
            percent INTEGER NOT NULL, answered_at INTEGER NOT NULL,
            PRIMARY KEY (run_id, activity, attempt))
          """),
        .clusteredTable(
          """
          CREATE TABLE daily_xp (
            person_id TEXT NOT NULL REFERENCES people (id), day INTEGER NOT NULL,
            kind TEXT NOT NULL, xp INTEGER NOT NULL,
            PRIMARY KEY (person_id, day, kind))
          """),
        .table(
          """
          CREATE TABLE progress (
            person_id TEXT PRIMARY KEY REFERENCES people (id), streak INTEGER NOT NULL,
            longest INTEGER NOT NULL, freezes INTEGER NOT NULL, last_day INTEGER,
            last_at INTEGER, last_zone TEXT)
          """),
      ]),
    Migration(
      "learning-2", [.statement("ALTER TABLE progress ADD COLUMN summary_day INTEGER")]),
  ]
}
