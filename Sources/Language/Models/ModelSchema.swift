package import Storage

/// What is kept of calls to models: who asked for what when, and how it ended; never a word of it.
package enum ModelSchema {
  package static let migrations = [
    Migration(
      "models-1",
      [
        .table(
          """
          CREATE TABLE model_calls (
            id INTEGER PRIMARY KEY, person_id TEXT, task TEXT NOT NULL, provider TEXT NOT NULL,
            model TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, answer_tokens INTEGER NOT NULL,
            ms INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL)
          """),
        .statement("CREATE INDEX model_calls_by_person ON model_calls (person_id, id)"),
        .statement("CREATE INDEX model_calls_by_time ON model_calls (at)"),
        // What a person has used up in a day, and what is reserved for calls under way.
        .clusteredTable(
          """
          CREATE TABLE model_person_days (
            person_id TEXT NOT NULL, day INTEGER NOT NULL, tokens INTEGER NOT NULL,
            PRIMARY KEY (person_id, day))
          """),
        .statement("CREATE INDEX model_person_days_by_day ON model_person_days (day)"),
        // Everybody together. Costs are in millionths of a cent.
        .clusteredTable(
          """
          CREATE TABLE model_days (
            day INTEGER NOT NULL PRIMARY KEY, tokens INTEGER NOT NULL, cost INTEGER NOT NULL)
          """),
      ])
  ]
}
