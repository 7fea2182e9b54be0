import Storage

/// What is remembered of each word and mistake, and every review.
enum ReviewSchema {
  static let migrations = [
    Migration(
      "learning-review-1",
      [
        .table(
          """
          CREATE TABLE review_cards (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (id),
            item_key TEXT NOT NULL, kind TEXT NOT NULL, lesson_id TEXT NOT NULL,
            item TEXT NOT NULL, is_new INTEGER NOT NULL, phase TEXT NOT NULL, step INTEGER,
            stability REAL, difficulty REAL, reviewed_at INTEGER, due_at INTEGER NOT NULL,
            reviews INTEGER NOT NULL, lapses INTEGER NOT NULL,
            UNIQUE (person_id, item_key))
          """),
        .statement(
          "CREATE INDEX review_cards_by_due ON review_cards (person_id, is_new, due_at)"),
        .clusteredTable(
          """
          CREATE TABLE review_log (
            person_id TEXT NOT NULL REFERENCES people (id), reviewed_at INTEGER NOT NULL,
            card_id TEXT NOT NULL, day INTEGER NOT NULL, grade INTEGER NOT NULL,
            was_known INTEGER NOT NULL, duration_ms INTEGER,
            PRIMARY KEY (person_id, reviewed_at, card_id))
          """),
        .table(
          """
          CREATE TABLE review_marks (
            person_id TEXT PRIMARY KEY REFERENCES people (id), gathered_until INTEGER NOT NULL)
          """),
      ])
  ]
}
