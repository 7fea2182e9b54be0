import Conversation
import Storage
import Transport

/// What lets somebody fetch their data once: a secret in a link, of which only a hash is kept.
struct ExportTickets: Sendable {
  static let lifeMs: Int64 = 3_600_000
  static let tokenBytes = 32
  static let perHourMax = 5
  /// Where the server hands the file out; the token follows.
  static let path = "/privacy/export/"

  let keys: AccountKeys

  /// - Returns: nil when too many were asked for.
  func issue(_ turn: Turn) throws -> String? {
    let oldest = turn.now.adding(milliseconds: -Self.lifeMs)
    try turn.database.execute(
      """
      DELETE FROM export_tickets WHERE person_id = \(turn.person.id) AND created_at <= \(oldest)
      """)
    let count: Int? = try turn.database.first(
      "SELECT count(*) AS count FROM export_tickets WHERE person_id = \(turn.person.id)")?
      .value("count")
    guard (count ?? 0) < Self.perHourMax else { return nil }
    let token = Base64URL.text(of: try keys.bytes(Self.tokenBytes))
    try turn.database.execute(
      """
      INSERT INTO export_tickets (token_hash, person_id, created_at)
      VALUES (\(keys.hash(token, for: .export)), \(turn.person.id), \(turn.now))
      """)
    return token
  }

  /// Uses a token up.
  ///
  /// - Returns: whose data it stands for; nil when it is wrong, used or too old.
  func redeem(
    _ token: String, at now: Timestamp, in database: Transaction
  ) throws -> ID<Person>? {
    try database.first(
      """
      DELETE FROM export_tickets WHERE token_hash = \(keys.hash(token, for: .export))
        AND created_at > \(now.adding(milliseconds: -Self.lifeMs))
      RETURNING person_id
      """)?.value("person_id")
  }
}
