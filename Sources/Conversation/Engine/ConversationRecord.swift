package import Storage

/// One person on one channel: where their conversation stands.
package struct ConversationRecord: Sendable {
  package static let botOwner = "bot"

  package let id: ID<ConversationRecord>
  package let channel: Channel
  package let externalID: String
  package var person: Person
  package var stack: FlowStack
  package var prompt: Prompt?
  /// The bot, or the member of staff who has taken over.
  package var owner: String
  /// Grows with each change of owner; what was planned under an older one is not sent.
  package var epoch: Int
  /// The number of the newest message, counted from 1 over both directions.
  package var position: Int
  /// When the sender should look at this conversation again; nil when nothing waits.
  package var sendDueAt: Timestamp?
  /// Before this position every delivery is settled; nil when all are.
  package var unsentFrom: Int?
  package var blockedAt: Timestamp?
  package var stoppedAt: Timestamp?
  /// Until when we may write freely, where the channel sets an end to that.
  package var windowUntil: Timestamp?
  /// Whether messages wait for the person to write.
  package var waitsForWindow: Bool

  package var isOwnedByBot: Bool { owner == Self.botOwner }

  /// Whether the bot may speak of its own accord: nobody has blocked, stopped or replaced it.
  package var isServed: Bool { blockedAt == nil && stoppedAt == nil && isOwnedByBot }

  mutating func takePosition() -> Int {
    position += 1
    return position
  }
}

extension ConversationRecord {
  private static let columns: SQL = """
    c.id, c.channel, c.external_id, c.person_id, c.stack, c.prompt, c.owner, c.epoch,
    c.position, c.send_due_at, c.unsent_from, c.blocked_at, c.stopped_at, c.window_until,
    c.waits_for_window, p.name, p.language, p.time_zone
    """

  package static func load(
    channel: Channel, externalID: String, in database: Transaction
  ) throws -> ConversationRecord? {
    try database.first(
      """
      SELECT \(sql: columns) FROM addresses a
      JOIN conversations c ON c.id = a.conversation_id JOIN people p ON p.id = c.person_id
      WHERE a.channel = \(channel) AND a.external_id = \(externalID)
      """
    ).map(ConversationRecord.init)
  }

  package static func load(
    _ id: ID<ConversationRecord>, in database: Transaction
  ) throws -> ConversationRecord? {
    try database.first(
      """
      SELECT \(sql: columns) FROM conversations c JOIN people p ON p.id = c.person_id
      WHERE c.id = \(id)
      """
    ).map(ConversationRecord.init)
  }

  private init(_ row: Row) throws {
    id = try row.value("id")
    channel = try row.value("channel")
    externalID = try row.value("external_id")
    person = Person(
      id: try row.value("person_id"), name: try row.value("name"),
      language: try row.value("language"), timeZone: try row.value("time_zone"))
    stack = FlowStack(stored: try row.value("stack"))
    prompt = try row.value("prompt", as: String?.self).flatMap(Prompt.init(stored:))
    owner = try row.value("owner")
    epoch = try row.value("epoch")
    position = try row.value("position")
    sendDueAt = try row.value("send_due_at")
    unsentFrom = try row.value("unsent_from")
    blockedAt = try row.value("blocked_at")
    stoppedAt = try row.value("stopped_at")
    windowUntil = try row.value("window_until")
    waitsForWindow = try row.value("waits_for_window")
  }

  /// A guest: a new person, a new conversation and the address that leads to it.
  static func create(
    _ inbound: Inbound, language: LanguageCode, ids: IDSource, now: Timestamp,
    in database: Transaction
  ) throws -> ConversationRecord {
    let record = ConversationRecord(
      id: ids.next(now), channel: inbound.channel, externalID: inbound.sender.externalID,
      person: Person(id: ids.next(now), name: nil, language: language, timeZone: nil),
      stack: FlowStack(), prompt: nil, owner: botOwner, epoch: 0, position: 0, sendDueAt: nil,
      unsentFrom: nil, blockedAt: nil, stoppedAt: nil, windowUntil: nil, waitsForWindow: false)
    try database.execute(
      """
      INSERT INTO people (id, language, created_at)
      VALUES (\(record.person.id), \(language), \(now))
      """)
    try database.execute(
      """
      INSERT INTO conversations
        (id, person_id, channel, external_id, stack, owner, epoch, position, started_at, seen_at)
      VALUES (\(record.id), \(record.person.id), \(record.channel), \(record.externalID), '',
        \(record.owner), \(record.epoch), \(record.position), \(now), \(now))
      """)
    try database.execute(
      """
      INSERT INTO addresses (channel, external_id, conversation_id)
      VALUES (\(record.channel), \(record.externalID), \(record.id))
      """)
    return record
  }

  func save(at now: Timestamp, in database: Transaction) throws {
    try database.execute(
      """
      UPDATE conversations SET stack = \(stack.stored), prompt = \(prompt?.stored),
        owner = \(owner), epoch = \(epoch), position = \(position),
        send_due_at = \(sendDueAt), unsent_from = \(unsentFrom), blocked_at = \(blockedAt),
        stopped_at = \(stoppedAt), window_until = \(windowUntil),
        waits_for_window = \(waitsForWindow), seen_at = \(now)
      WHERE id = \(id)
      """)
  }
}
