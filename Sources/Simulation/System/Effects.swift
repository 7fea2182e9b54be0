import Conversation
import Storage

/// What the counting flows have done, written in their own turns: nothing may ever be done twice.
enum Effects {
  static let changes: [SchemaChange] = [
    .clusteredTable(
      """
      CREATE TABLE effects (
        token TEXT PRIMARY KEY NOT NULL, conversation_id TEXT NOT NULL, times INTEGER NOT NULL)
      """)
  ]

  static func record(_ token: String, _ turn: Turn) throws {
    try turn.database.execute(
      """
      INSERT INTO effects (token, conversation_id, times)
      VALUES (\(token), \(turn.conversation), 1)
      ON CONFLICT (token) DO UPDATE SET times = times + 1
      """)
  }

  /// What was expected in this conversation will not happen any more.
  static func expectNothing(_ turn: Turn) throws {
    try turn.database.execute(
      "DELETE FROM effects WHERE conversation_id = \(turn.conversation) AND times = 0")
  }

  /// Something that has to happen once.
  static func expect(_ token: String, _ turn: Turn) throws {
    try turn.database.execute(
      """
      INSERT INTO effects (token, conversation_id, times)
      VALUES (\(token), \(turn.conversation), 0)
      """)
  }

  static func times(_ token: String, in database: Transaction) throws -> Int {
    try database.first("SELECT times FROM effects WHERE token = \(token)")?.value("times") ?? 0
  }
}
