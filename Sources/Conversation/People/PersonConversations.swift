package import Storage

/// The conversations of one person, seen together: the only place where a turn reaches beyond its
/// own.
package enum PersonConversations {
  /// Nobody has more channels than these.
  package static let countMax = 16

  package struct Entry: Sendable, Equatable {
    package let id: ID<ConversationRecord>
    package let channel: Channel
    package let externalID: String
    package let blockedAt: Timestamp?
    package let stoppedAt: Timestamp?
    package let isOwnedByBot: Bool
    package let startedAt: Timestamp

    package var isServed: Bool { blockedAt == nil && stoppedAt == nil && isOwnedByBot }
  }

  /// In the order in which they began.
  package static func all(
    of person: ID<Person>, in database: Transaction
  ) throws -> [Entry] {
    try database.all(
      """
      SELECT id, channel, external_id, blocked_at, stopped_at, owner, started_at
      FROM conversations WHERE person_id = \(person)
      ORDER BY started_at, id LIMIT \(countMax)
      """
    ).map(Entry.init)
  }

  /// The one the person wrote in last, of those to which messages of that purpose may go.
  package static func lastServed(
    of person: ID<Person>, for purpose: Purpose, in database: Transaction
  ) throws -> Entry? {
    let served = try all(of: person, in: database).filter {
      try $0.isServed && Consent.allows(purpose, $0.id, in: database)
    }
    guard served.count > 1 else { return served.first }
    let heard = try served.map { entry in
      (entry, try MessageArchive.lastReceivedAt(entry.id, in: database)?.milliseconds ?? 0)
    }
    return heard.max { $0.1 < $1.1 }?.0
  }

  /// Whether a flow waits on another channel of the person.
  package static func hasFrame(
    of flow: FlowName, person: ID<Person>, except own: ID<ConversationRecord>,
    in database: Transaction
  ) throws -> Bool {
    try stacks(person, except: own, in: database).contains { _, stack in
      stack.frames.contains { $0.flow == flow }
    }
  }

  /// Takes a flow off the other channels of the person. Where it was open, its question is no
  /// longer waited for.
  ///
  /// - Returns: the one that was left last.
  static func takeFrame(
    of flow: FlowName, person: ID<Person>, except own: ID<ConversationRecord>,
    in database: Transaction
  ) throws -> Frame? {
    var taken: Frame?
    for (id, stack) in try stacks(person, except: own, in: database) {
      guard let frame = stack.frames.dropFirst().last(where: { $0.flow == flow }) else { continue }
      if taken == nil {
        taken = frame
        try JobStore.move(frame.mark, from: id, to: own, in: database)
      }
      let wasOpen = stack.top?.flow == flow
      var rest = stack
      rest.forget(flow)
      try database.execute(
        """
        UPDATE conversations SET stack = \(rest.stored),
          prompt = CASE WHEN \(wasOpen) THEN NULL ELSE prompt END
        WHERE id = \(id)
        """)
    }
    return taken
  }

  /// The last used first.
  private static func stacks(
    _ person: ID<Person>, except own: ID<ConversationRecord>, in database: Transaction
  ) throws -> [(ID<ConversationRecord>, FlowStack)] {
    try database.all(
      """
      SELECT id, stack FROM conversations WHERE person_id = \(person) AND id <> \(own)
      ORDER BY seen_at DESC LIMIT \(countMax)
      """
    ).map { (try $0.value("id"), FlowStack(stored: try $0.value("stack"))) }
  }
}

extension PersonConversations.Entry {
  fileprivate init(_ row: Row) throws {
    id = try row.value("id")
    channel = try row.value("channel")
    externalID = try row.value("external_id")
    blockedAt = try row.value("blocked_at")
    stoppedAt = try row.value("stopped_at")
    isOwnedByBot = try row.value("owner", as: String.self) == ConversationRecord.botOwner
    startedAt = try row.value("started_at")
  }
}
