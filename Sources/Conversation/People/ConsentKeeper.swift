import Storage

/// Stop and start, over all of a person's addresses. The word silences every address we write to
/// of our own accord; START wakes the address it is written on and those that were silenced along
/// with another, but none on which the person said stop there.
struct ConsentKeeper {
  /// Nobody has more addresses than this.
  static let addressesMax = 32

  let record: ConversationRecord
  let evidence: Consent.Evidence
  let capabilities: [Channel: Capabilities]
  let now: Timestamp
  let database: Transaction

  func stop() throws {
    for purpose in Purpose.allCases where purpose.isOfMessages {
      try write(purpose, .withdrawn, of: record.id, by: evidence)
    }
    for other in try others(areStopped: false) {
      try DeliveryStore.cancelPending(other, fault: "stopped", at: now, in: database)
      try database.execute("UPDATE conversations SET stopped_at = \(now) WHERE id = \(other)")
      for purpose in Purpose.allCases where purpose.isOfMessages {
        try write(purpose, .withdrawn, of: other, by: elsewhere)
      }
    }
  }

  func start() throws {
    try resume(record.id, by: evidence)
    for other in try others(areStopped: true) {
      let said = try Consent.newest(.service, other, in: database)
      guard said?.source == .elsewhere else { continue }
      try database.execute("UPDATE conversations SET stopped_at = NULL WHERE id = \(other)")
      try resume(other, by: elsewhere)
    }
  }

  /// Service and reminders are as they were before. Marketing has to be asked for anew.
  private func resume(
    _ conversation: ID<ConversationRecord>, by evidence: Consent.Evidence
  ) throws {
    try write(.service, .granted, of: conversation, by: evidence)
    let reminders = try Consent.newest(.reminders, conversation, in: database)
    guard let reminders, reminders.source != .setting else { return }
    try write(.reminders, .granted, of: conversation, by: evidence)
  }

  private func write(
    _ purpose: Purpose, _ state: Consent.State, of conversation: ID<ConversationRecord>,
    by evidence: Consent.Evidence
  ) throws {
    try Consent.record(purpose, state, of: conversation, by: evidence, at: now, in: database)
  }

  private var elsewhere: Consent.Evidence {
    Consent.Evidence(
      .elsewhere, word: evidence.word, conversation: evidence.conversation,
      position: evidence.position)
  }

  private func others(areStopped: Bool) throws -> [ID<ConversationRecord>] {
    try database.all(
      """
      SELECT id, channel FROM conversations
      WHERE person_id = \(record.person.id) AND id != \(record.id)
        AND (stopped_at IS NOT NULL) = \(areStopped)
      ORDER BY id LIMIT \(Self.addressesMax)
      """
    ).compactMap { row in
      let isPushed = capabilities[try row.value("channel", as: Channel.self)]?.isPushed ?? true
      return isPushed ? try row.value("id") : nil
    }
  }
}
