import Storage

/// Lessons that are written in the store, over those of the files, and what learners say of them.
enum AuthoringSchema {
  static let migrations = [
    Migration(
      "learning-authoring-1",
      [
        .table(
          "CREATE TABLE content_state (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL)"),
        .statement("INSERT INTO content_state (id, revision) VALUES (1, 0)"),
        .table(
          """
          CREATE TABLE content_lessons (
            lesson_id TEXT PRIMARY KEY, version INTEGER NOT NULL, published INTEGER)
          """),
        .table(
          """
          CREATE TABLE content_versions (
            lesson_id TEXT NOT NULL, version INTEGER NOT NULL, yaml TEXT NOT NULL,
            title TEXT NOT NULL, level TEXT NOT NULL, origin TEXT NOT NULL, author TEXT NOT NULL,
            created_at INTEGER NOT NULL, PRIMARY KEY (lesson_id, version))
          """),
        .clusteredTable(
          """
          CREATE TABLE content_events (
            lesson_id TEXT NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL,
            action TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (lesson_id, number))
          """),
        .table(
          """
          CREATE TABLE content_drafts (
            id TEXT PRIMARY KEY, state TEXT NOT NULL, wanted TEXT NOT NULL, author TEXT NOT NULL,
            lesson_id TEXT, fault TEXT, created_at INTEGER NOT NULL)
          """),
        .statement("ALTER TABLE lesson_runs ADD COLUMN lesson_version INTEGER"),
        .clusteredTable(
          """
          CREATE TABLE lesson_feedback (
            person_id TEXT NOT NULL REFERENCES people (id), lesson_id TEXT NOT NULL,
            version INTEGER NOT NULL, mark INTEGER NOT NULL, words TEXT, marked_at INTEGER NOT NULL,
            PRIMARY KEY (person_id, lesson_id, version))
          """),
        .statement(
          "CREATE INDEX lesson_feedback_by_lesson ON lesson_feedback (lesson_id, version)"),
        .clusteredTable(
          """
          CREATE TABLE wrong_answers (
            lesson_id TEXT NOT NULL, version INTEGER NOT NULL, activity INTEGER NOT NULL,
            form TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES people (id),
            answered_at INTEGER NOT NULL,
            PRIMARY KEY (lesson_id, version, activity, form, person_id))
          """),
        .statement("CREATE INDEX wrong_answers_by_person ON wrong_answers (person_id)"),
      ])
  ]
}
