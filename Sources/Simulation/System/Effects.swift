import Conversation
import Storage

/// What the counting flows have done, written in their own turns: nothing may ever be done twice.
enum Effects {
  static let changes: [SchemaChange] = [
    .clusteredTable(
      """
      CREATE TABLE effects (
        token TEXT PRIMARY KEY NOT NULL, conversation_id TEXT NOT NULL, times INTEGER NOT NULL)
      """),
    .statement("CREATE INDEX effects_expected ON effects (conversation_id) WHERE times = 0"),
  ]

  /// Whether people say a text once only; other words come again and again.
  static func counts(_ text: String) -> Bool {
    text.hasPrefix(notePrefix) || text.hasPrefix(Trap.prefix)
  }

  static let notePrefix = "note "
  static let asidePrefix = "By the way "
  static let ringPrefix = "Ring "

  /// Whether the program says a text once only, and may say it on another channel.
  static func isSaidOnce(_ text: String) -> Bool {
    text.hasPrefix(asidePrefix) || text.hasPrefix(ringPrefix)
  }

  static func record(_ token: String, _ turn: Turn) throws {
    let row = try turn.database.first(
      """
      INSERT INTO effects (token, conversation_id, times)
      VALUES (\(token), \(turn.conversation), 1)
      ON CONFLICT (token) DO UPDATE SET times = times + 1 RETURNING times
      """)
    let times = try row?.value("times", as: Int.self) ?? 0
    guard times == 1 else { throw Violation("“\(token)” was done \(times) times") }
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
