package import Conversation
package import Storage

/// One text to many numbers, at most five hundred: taken in durably, sent in batches, told number
/// by number.
package enum SMSBulk {
  package static let receptorsMax = 500
  package static let textLengthMax = SMSText.lengthMax
  package static let idLengthMax = 64
  static let lifeMs: Int64 = 30 * 86_400_000
  package static let windowDefault = SMSWindow(count: 10, milliseconds: 3_600_000)

  static let migration = Migration(
    "sms-2",
    [
      .clusteredTable(
        """
        CREATE TABLE sms_bulks (
          id TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, created_at INTEGER NOT NULL)
        """),
      .statement("CREATE INDEX sms_bulks_by_time ON sms_bulks (created_at)"),
      .clusteredTable(
        """
        CREATE TABLE sms_bulk_receptors (
          bulk_id TEXT NOT NULL REFERENCES sms_bulks (id), position INTEGER NOT NULL,
          number TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, provider_id TEXT,
          PRIMARY KEY (bulk_id, position))
        """),
      .statement(
        """
        CREATE INDEX sms_bulk_receptors_by_id ON sms_bulk_receptors (provider_id)
        WHERE provider_id IS NOT NULL
        """),
    ])

  /// Orders from before had no purpose and were refused by stop alone, as those for service are.
  static let purposeMigration = Migration(
    "sms-bulk-purpose",
    [.statement("ALTER TABLE sms_bulks ADD COLUMN purpose TEXT NOT NULL DEFAULT 'service'")])

  package struct Order: Sendable {
    /// The caller's own, so that an order repeated is the same order.
    package let id: String
    /// What the text is for: only who allows that by SMS gets it.
    package let purpose: Purpose
    package let text: String
    package let receptors: [String]

    package init(id: String, purpose: Purpose, text: String, receptors: [String]) {
      self.id = id
      self.purpose = purpose
      self.text = text
      self.receptors = receptors
    }
  }

  package enum Fault: Error, Equatable, Sendable {
    case badID
    /// It is not for messages of ours.
    case badPurpose
    case noText
    case textTooLong
    case noReceptors
    case tooManyReceptors
    /// The hour has had its share of bulks.
    case tooOften(retryAfterMs: Int64)
  }

  package enum State: String, Sendable, SQLConvertible {
    case waiting
    case sent
    case delivered
    case refused
    case failed
  }

  package struct Result: Sendable, Equatable {
    package let number: String
    package let state: State
    package let reason: String?
    package let providerID: String?
  }

  /// Takes an order in. A repeat changes nothing and does not count.
  ///
  /// - Parameter stopList: those who said stop and are forgotten otherwise.
  /// - Returns: whether it is a new one.
  /// - Throws: `Fault`.
  package static func take(
    _ order: Order, limit: SMSWindow, stopList: StopList?, at now: Timestamp,
    in database: Transaction
  ) throws -> Bool {
    try check(order)
    let known = try database.first("SELECT id FROM sms_bulks WHERE id = \(order.id)")
    guard known == nil else { return false }
    try checkPace(limit, at: now, in: database)
    try database.execute(
      """
      INSERT INTO sms_bulks (id, purpose, text, created_at)
      VALUES (\(order.id), \(order.purpose), \(order.text), \(now))
      """)
    let permission = SMSPermission(purpose: order.purpose, stopList: stopList)
    var seen: Set<String> = []
    for (position, receptor) in order.receptors.enumerated() {
      let number = PhoneNumber(receptor)
      let reason = try refusal(of: number, permission, seen: &seen, in: database)
      let state = reason == nil ? State.waiting : .refused
      try database.execute(
        """
        INSERT INTO sms_bulk_receptors (bulk_id, position, number, state, reason)
        VALUES (\(order.id), \(position), \(number?.e164 ?? receptor), \(state), \(reason))
        """)
    }
    return true
  }

  /// What became of each number; nil when there is no such order.
  package static func results(of id: String, in database: Transaction) throws -> [Result]? {
    guard try database.first("SELECT id FROM sms_bulks WHERE id = \(id)") != nil else { return nil }
    return try database.all(
      """
      SELECT number, state, reason, provider_id FROM sms_bulk_receptors
      WHERE bulk_id = \(id) ORDER BY position
      """
    ).map { row in
      Result(
        number: try row.value("number"), state: try row.value("state"),
        reason: try row.value("reason"), providerID: try row.value("provider_id"))
    }
  }

  /// Orders and what became of them are kept for a month.
  package static func forget(at now: Timestamp, limit: Int, in database: Transaction) throws {
    let old = now.adding(milliseconds: -lifeMs)
    let ids: [String] = try database.all(
      "SELECT id FROM sms_bulks WHERE created_at < \(old) ORDER BY created_at LIMIT \(limit)"
    ).map { try $0.value("id") }
    try database.execute("DELETE FROM sms_bulk_receptors WHERE bulk_id IN (\(list: ids))")
    try database.execute("DELETE FROM sms_bulks WHERE id IN (\(list: ids))")
  }

  private static func check(_ order: Order) throws(Fault) {
    let isGoodID =
      (1...idLengthMax).contains(order.id.utf8.count)
      && order.id.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
    guard isGoodID else { throw .badID }
    guard order.purpose.isOfMessages else { throw .badPurpose }
    guard order.text.contains(where: { !$0.isWhitespace }) else { throw .noText }
    guard order.text.utf16.count <= textLengthMax else { throw .textTooLong }
    guard !order.receptors.isEmpty else { throw .noReceptors }
    guard order.receptors.count <= receptorsMax else { throw .tooManyReceptors }
  }

  private static func checkPace(
    _ limit: SMSWindow, at now: Timestamp, in database: Transaction
  ) throws {
    let row = try database.first(
      """
      SELECT created_at FROM sms_bulks
      WHERE created_at > \(now.adding(milliseconds: -limit.milliseconds))
      ORDER BY created_at DESC LIMIT 1 OFFSET \(max(0, limit.count - 1))
      """)
    guard let row else { return }
    let oldest: Timestamp = try row.value("created_at")
    throw Fault.tooOften(
      retryAfterMs: max(1, oldest.milliseconds + limit.milliseconds - now.milliseconds))
  }

  /// Why a number is not written to, if it is not.
  private static func refusal(
    of number: PhoneNumber?, _ permission: SMSPermission, seen: inout Set<String>,
    in database: Transaction
  ) throws -> String? {
    guard let number else { return "not a phone number" }
    guard seen.insert(number.e164).inserted else { return "named twice" }
    return try permission.objection(of: number, in: database)
  }
}
