package import Storage

/// Something to happen later in a conversation, one per name.
package struct TimerRequest: Sendable, Equatable {
  package let name: String
  package let payload: String
  package let dueAt: Timestamp
  /// Whether it may wait until the person's quiet hours are over.
  package let waitsForMorning: Bool

  package init(
    _ name: String, dueAt: Timestamp, payload: String = "", waitsForMorning: Bool = true
  ) {
    self.name = name
    self.dueAt = dueAt
    self.payload = payload
    self.waitsForMorning = waitsForMorning
  }
}

/// What a timer does when it comes, beside whatever flow is on top.
package struct TimerHandler: Sendable {
  package let name: String
  /// Whether it has work to do even where nobody may be written to; what it says there is dropped.
  package let runsUnserved: Bool
  package let fire: @Sendable (_ payload: String, _ turn: Turn) throws -> Void

  package init(
    _ name: String, runsUnserved: Bool = false,
    fire: @escaping @Sendable (_ payload: String, _ turn: Turn) throws -> Void
  ) {
    self.name = name
    self.runsUnserved = runsUnserved
    self.fire = fire
  }
}

/// Sets timers from outside a turn.
package enum ConversationTimers {
  package static func set(
    _ timer: TimerRequest, in conversation: ID<ConversationRecord>, _ database: Transaction
  ) throws {
    try TimerStore.set(timer, conversation: conversation, in: database)
  }

  /// Whether it has still to come.
  package static func waits(
    _ name: String, in conversation: ID<ConversationRecord>, _ database: Transaction
  ) throws -> Bool {
    try database.first(
      "SELECT name FROM timers WHERE conversation_id = \(conversation) AND name = \(name)") != nil
  }
}

enum TimerStore {
  struct Due: Sendable {
    let conversation: ID<ConversationRecord>
    let name: String
    let payload: String
    let waitsForMorning: Bool
  }

  static func set(
    _ timer: TimerRequest, conversation: ID<ConversationRecord>, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO timers (conversation_id, name, payload, due_at, waits_for_morning)
      VALUES (\(conversation), \(timer.name), \(timer.payload), \(timer.dueAt),
        \(timer.waitsForMorning))
      ON CONFLICT (conversation_id, name) DO UPDATE SET payload = excluded.payload,
        due_at = excluded.due_at, waits_for_morning = excluded.waits_for_morning
      """)
  }

  static func cancel(
    _ name: String, conversation: ID<ConversationRecord>, in database: Transaction
  ) throws {
    try database.execute(
      "DELETE FROM timers WHERE conversation_id = \(conversation) AND name = \(name)")
  }

  static func due(at now: Timestamp, limit: Int, in database: Transaction) throws -> [Due] {
    try database.all(
      """
      SELECT conversation_id, name, payload, waits_for_morning FROM timers
      WHERE due_at <= \(now) ORDER BY due_at LIMIT \(limit)
      """
    ).map { row in
      Due(
        conversation: try row.value("conversation_id"), name: try row.value("name"),
        payload: try row.value("payload"), waitsForMorning: try row.value("waits_for_morning"))
    }
  }

  static func nextDueAt(in database: Transaction) throws -> Timestamp? {
    try database.first("SELECT due_at FROM timers ORDER BY due_at LIMIT 1")?.value("due_at")
  }
}
