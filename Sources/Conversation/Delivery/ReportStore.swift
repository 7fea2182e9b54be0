import Storage

/// The tables that lead from a provider's id to our delivery, and the reports that came before the
/// answer to their own call.
enum ReportStore {
  /// Receipts that people's phones send later than this are not waited for.
  static let lifeMs: Int64 = 30 * 86_400_000
  /// A call's answer comes within minutes of its reports.
  static let earlyLifeMs: Int64 = 86_400_000
  /// Reports of messages that are not ours would fill the store without end.
  static let earlyCountMax = 2_000

  /// A provider that knows a message again gives a later try the id of an earlier one.
  static func remember(
    _ call: CallReference, as providerID: String, on channel: Channel, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO provider_messages
        (channel, provider_id, conversation_id, position, attempt, kept_at)
      VALUES (\(channel), \(providerID), \(call.conversation), \(call.position),
        \(call.attempt), \(now))
      ON CONFLICT (channel, provider_id) DO UPDATE SET attempt = max(attempt, excluded.attempt)
      WHERE conversation_id = excluded.conversation_id AND position = excluded.position
      """)
  }

  static func call(
    _ providerID: String, on channel: Channel, in database: Transaction
  ) throws -> CallReference? {
    try database.first(
      """
      SELECT conversation_id, position, attempt FROM provider_messages
      WHERE channel = \(channel) AND provider_id = \(providerID)
      """
    ).map(CallReference.init)
  }

  /// Keeps a report for the answer that is still to come. Of several for one message the one that
  /// counts is kept.
  static func keepEarly(
    _ report: DeliveryReport, at now: Timestamp, in database: Transaction
  ) throws {
    let known = try takeEarly(report.providerID, on: report.channel, in: database)
    let kept = known.map { $0.state.isFollowed(by: report.state) ? report : $0 } ?? report
    if known == nil { try makeRoom(in: database) }
    let fields = EarlyFields(kept.state)
    try database.execute(
      """
      INSERT INTO early_reports (channel, provider_id, state, delay_ms, reason, reported_at,
        conversation_id, position, attempt, kept_at)
      VALUES (\(kept.channel), \(kept.providerID), \(fields.state), \(fields.delayMs),
        \(fields.reason), \(kept.at), \(kept.reference?.conversation),
        \(kept.reference?.position), \(kept.reference?.attempt), \(now))
      """)
  }

  static func takeEarly(
    _ providerID: String, on channel: Channel, in database: Transaction
  ) throws -> DeliveryReport? {
    try database.first(
      """
      DELETE FROM early_reports WHERE channel = \(channel) AND provider_id = \(providerID)
      RETURNING \(sql: earlyColumns)
      """
    ).flatMap(DeliveryReport.init(early:))
  }

  /// The report of a call whose answer was lost.
  static func takeEarly(
    of call: CallReference, on channel: Channel, in database: Transaction
  ) throws -> DeliveryReport? {
    try database.first(
      """
      DELETE FROM early_reports
      WHERE conversation_id = \(call.conversation) AND position = \(call.position)
        AND attempt = \(call.attempt) AND channel = \(channel)
      RETURNING \(sql: earlyColumns)
      """
    ).flatMap(DeliveryReport.init(early:))
  }

  /// - Returns: how many rows it forgot, of each table at most `limit`.
  static func prune(at now: Timestamp, limit: Int, in database: Transaction) throws -> Int {
    let messages = try database.execute(
      """
      DELETE FROM provider_messages WHERE (channel, provider_id) IN (
        SELECT channel, provider_id FROM provider_messages
        WHERE kept_at < \(now.adding(milliseconds: -lifeMs)) ORDER BY kept_at LIMIT \(limit))
      """)
    let early = try database.execute(
      """
      DELETE FROM early_reports WHERE (channel, provider_id) IN (
        SELECT channel, provider_id FROM early_reports
        WHERE kept_at < \(now.adding(milliseconds: -earlyLifeMs)) ORDER BY kept_at
        LIMIT \(limit))
      """)
    return messages + early
  }

  static func forget(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws {
    try database.execute(
      """
      DELETE FROM provider_messages WHERE (channel, provider_id) IN (
        SELECT c.channel, d.provider_id FROM deliveries d
        JOIN conversations c ON c.id = d.conversation_id
        WHERE d.conversation_id = \(conversation) AND d.provider_id IS NOT NULL)
      """)
    try database.execute("DELETE FROM early_reports WHERE conversation_id = \(conversation)")
  }

  /// Drops the oldest once there are too many.
  private static func makeRoom(in database: Transaction) throws {
    let count = try database.first("SELECT count(*) AS n FROM early_reports")?
      .value("n", as: Int.self)
    guard let count, count >= earlyCountMax else { return }
    try database.execute(
      """
      DELETE FROM early_reports WHERE (channel, provider_id) IN (
        SELECT channel, provider_id FROM early_reports ORDER BY kept_at
        LIMIT \(count - earlyCountMax + 1))
      """)
  }

  private static let earlyColumns: SQL = """
    channel, provider_id, state, delay_ms, reason, reported_at, conversation_id, position, attempt
    """
}

extension CallReference {
  fileprivate init(_ row: Row) throws {
    conversation = try row.value("conversation_id")
    position = try row.value("position")
    attempt = try row.value("attempt")
  }
}

/// A report's state as columns.
private struct EarlyFields {
  let state: String
  var delayMs: Int64?
  var reason: String?

  init(_ state: DeliveryReport.State) {
    switch state {
    case .sent: self.state = "sent"
    case .delivered: self.state = "delivered"
    case .read: self.state = "read"
    case .failed(let failure, let reason):
      self.reason = reason
      switch failure {
      case .final: self.state = "final"
      case .passing(let delayMs):
        self.state = "passing"
        self.delayMs = delayMs
      case .windowClosed: self.state = "window_closed"
      case .unreachable: self.state = "unreachable"
      }
    }
  }
}

extension DeliveryReport {
  fileprivate init?(early row: Row) throws {
    let reason: String = try row.value("reason", as: String?.self) ?? ""
    let stored: String = try row.value("state")
    let state: State
    switch stored {
    case "sent": state = .sent
    case "delivered": state = .delivered
    case "read": state = .read
    case "final": state = .failed(.final, reason: reason)
    case "passing":
      let delayMs: Int64? = try row.value("delay_ms")
      state = .failed(.passing(delayMs: delayMs ?? 0), reason: reason)
    case "window_closed": state = .failed(.windowClosed, reason: reason)
    case "unreachable": state = .failed(.unreachable, reason: reason)
    case _: return nil
    }
    let conversation: ID<ConversationRecord>? = try row.value("conversation_id")
    self.init(
      channel: try row.value("channel"), providerID: try row.value("provider_id"), state: state,
      at: try row.value("reported_at"),
      reference: conversation == nil ? nil : try CallReference(row))
  }
}
