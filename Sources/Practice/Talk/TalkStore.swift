import Conversation
import Storage

/// One conversation with a partner, from hello to goodbye.
package struct TalkSession: Sendable, Equatable {
  let id: ID<TalkSession>
  let persona: String
}

/// One line of it.
struct KeptLine: Codable, Sendable, Equatable {
  enum Author: String, Codable, Sendable {
    case learner
    case partner
  }

  let author: Author
  let text: String
}

/// Talks, as they are kept: the lines while a talk goes on and until it has been summed up, and
/// then the summary alone.
enum TalkStore {
  /// What a model is reminded of: so many lines, and so many characters in all.
  static let linesMax = 24
  static let charactersMax = 6_000
  /// The last talks and the room their summaries may take.
  static let summariesMax = 3
  static let summaryCharactersMax = 1_200
  static let summaryLengthMax = 600

  static func begin(
    _ session: TalkSession, of person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO talk_sessions (id, person_id, persona, started_at)
      VALUES (\(session.id), \(person), \(session.persona), \(now)) ON CONFLICT (id) DO NOTHING
      """)
  }

  static func add(
    _ line: KeptLine, to session: ID<TalkSession>, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO talk_lines (session_id, number, author, text, at)
      VALUES (\(session),
        (SELECT coalesce(max(number), 0) + 1 FROM talk_lines WHERE session_id = \(session)),
        \(line.author.rawValue), \(line.text), \(now))
      """)
  }

  /// The newest lines within the budget, the oldest of them first.
  static func lines(of session: ID<TalkSession>, in database: Transaction) throws -> [KeptLine] {
    let newest = try database.all(
      """
      SELECT author, text FROM talk_lines WHERE session_id = \(session)
      ORDER BY number DESC LIMIT \(linesMax)
      """
    ).map {
      KeptLine(
        author: KeptLine.Author(rawValue: try $0.value("author")) ?? .learner,
        text: try $0.value("text"))
    }
    var room = charactersMax
    let kept = newest.prefix { line in
      room -= line.text.count
      return room >= 0
    }
    return kept.reversed()
  }

  static func end(
    _ session: ID<TalkSession>, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      "UPDATE talk_sessions SET ended_at = \(now) WHERE id = \(session) AND ended_at IS NULL")
  }

  /// Keeps what remains of a talk, and forgets its lines.
  static func close(
    _ session: ID<TalkSession>, summary: String?, in database: Transaction
  ) throws {
    if let summary {
      let kept = String(summary.prefix(summaryLengthMax))
      try database.execute("UPDATE talk_sessions SET summary = \(kept) WHERE id = \(session)")
    }
    try database.execute("DELETE FROM talk_lines WHERE session_id = \(session)")
  }

  /// What the last talks were about, the newest first, within the budget.
  static func memories(of person: ID<Person>, in database: Transaction) throws -> [String] {
    let summaries: [String] = try database.all(
      """
      SELECT summary FROM talk_sessions WHERE person_id = \(person) AND summary IS NOT NULL
      ORDER BY started_at DESC, id DESC LIMIT \(summariesMax)
      """
    ).map { try $0.value("summary") }
    var room = summaryCharactersMax
    return Array(
      summaries.prefix { summary in
        room -= summary.count
        return room >= 0
      })
  }
}

extension TalkStore {
  /// Nobody leaves more talks open.
  private static let unendedMax = 16

  static func unended(
    of person: ID<Person>, in database: Transaction
  ) throws -> [ID<TalkSession>] {
    try database.all(
      """
      SELECT id FROM talk_sessions WHERE person_id = \(person) AND ended_at IS NULL
      ORDER BY started_at, id LIMIT \(unendedMax)
      """
    ).map { try $0.value("id") }
  }
}
