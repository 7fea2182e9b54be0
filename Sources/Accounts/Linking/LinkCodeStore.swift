import Conversation
import Storage

/// The codes that were given out and the wrong ones that were tried, for as long as the limits
/// look back.
enum LinkCodeStore {
  static let windowMs: Int64 = 3_600_000
  /// Old rows forgotten with each new one.
  static let forgottenPerStep = 32

  struct Found: Equatable {
    let hash: String
    let conversation: ID<ConversationRecord>
  }

  static func add(
    _ hash: String, person: ID<Person>, conversation: ID<ConversationRecord>, at now: Timestamp,
    in database: Transaction
  ) throws {
    try forget(before: now.adding(milliseconds: -windowMs), in: database)
    try database.execute(
      """
      INSERT INTO link_codes (code_hash, person_id, conversation_id, created_at)
      VALUES (\(hash), \(person), \(conversation), \(now))
      """)
  }

  /// Those given to a person within the last hour.
  static func count(
    of person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws -> Int {
    try database.first(
      """
      SELECT count(*) AS count FROM link_codes
      WHERE person_id = \(person) AND created_at > \(now.adding(milliseconds: -windowMs))
      """)?.value("count") ?? 0
  }

  /// A code that is neither used nor too old.
  static func find(
    _ hash: String, at now: Timestamp, in database: Transaction
  ) throws -> Found? {
    try database.first(
      """
      SELECT code_hash, conversation_id FROM link_codes
      WHERE code_hash = \(hash) AND used_at IS NULL
        AND created_at > \(now.adding(milliseconds: -LinkCode.lifeMs))
      """
    ).map { Found(hash: try $0.value("code_hash"), conversation: try $0.value("conversation_id")) }
  }

  /// - Returns: false when it was used before.
  static func use(_ found: Found, at now: Timestamp, in database: Transaction) throws -> Bool {
    try database.execute(
      """
      UPDATE link_codes SET used_at = \(now) WHERE code_hash = \(found.hash) AND used_at IS NULL
      """) == 1
  }

  // MARK: Wrong codes

  static func addTry(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws {
    try forget(before: now.adding(milliseconds: -windowMs), in: database)
    try database.execute(
      "INSERT INTO link_tries (conversation_id, tried_at) VALUES (\(conversation), \(now))")
  }

  static func tries(
    in conversation: ID<ConversationRecord>, at now: Timestamp, _ database: Transaction
  ) throws -> Int {
    try database.first(
      """
      SELECT count(*) AS count FROM link_tries WHERE conversation_id = \(conversation)
        AND tried_at > \(now.adding(milliseconds: -windowMs))
      """)?.value("count") ?? 0
  }

  static func triesOfAll(at now: Timestamp, _ database: Transaction) throws -> Int {
    try database.first(
      """
      SELECT count(*) AS count FROM link_tries
      WHERE tried_at > \(now.adding(milliseconds: -windowMs))
      """)?.value("count") ?? 0
  }

  private static func forget(before: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      DELETE FROM link_codes WHERE code_hash IN (SELECT code_hash FROM link_codes
        WHERE created_at < \(before) ORDER BY created_at LIMIT \(forgottenPerStep))
      """)
    try database.execute(
      """
      DELETE FROM link_tries WHERE id IN (SELECT id FROM link_tries
        WHERE tried_at < \(before) ORDER BY tried_at LIMIT \(forgottenPerStep))
      """)
  }
}
