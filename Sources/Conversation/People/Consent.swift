package import Storage

/// What a message is for. Each purpose is allowed or not on each of a person's addresses.
package enum Purpose: String, Sendable, CaseIterable, SQLConvertible {
  /// Answers, and what follows from what the person does. Allowed until they say stop.
  case service
  /// What the person asked to be reminded of. Allowed unless withdrawn.
  case reminders
  /// What nobody has asked for. Never without an explicit yes.
  case marketing
  /// Not a message of ours: the person's own words, shown to a language model. Never without an
  /// explicit yes, said on any address, which holds for all of them.
  case model
  /// Nor this: the sound of their voice, given to a recogniser of somebody else. As above.
  case speech

  /// How long a message of that purpose is worth sending; nil without an end of its own.
  var lifeMs: Int64? {
    switch self {
    case .service: nil
    case .reminders: 86_400_000
    case .marketing: 2 * 86_400_000
    case .model, .speech: nil
    }
  }

  /// Whether it is messages of ours that are allowed, which a word such as STOP silences.
  package var isOfMessages: Bool {
    switch self {
    case .service, .reminders, .marketing: true
    case .model, .speech: false
    }
  }

  /// Where nothing has been said.
  var isAllowedUnasked: Bool {
    switch self {
    case .service, .reminders: true
    case .marketing, .model, .speech: false
    }
  }
}

/// One entry of the ledger: on one address, for one purpose, consent was given or withdrawn. The
/// ledger is only ever added to; the newest entry counts.
package struct Consent: Sendable, Equatable {
  package enum State: String, Sendable, SQLConvertible {
    case granted
    case withdrawn
  }

  /// How it was said.
  package enum Source: String, Sendable, SQLConvertible {
    case button
    case command
    /// Said on another of the person's addresses.
    case elsewhere
    /// Two addresses were linked.
    case link
    /// Told by the provider, which keeps a list of its own.
    case provider
    /// Chosen where the person keeps their settings.
    case setting
    case staff
    /// A word such as STOP.
    case typed
  }

  /// What proves it.
  package struct Evidence: Sendable, Equatable {
    package let source: Source
    /// The word or button, normalised.
    package let word: String?
    /// The message in which it was said.
    package let conversation: ID<ConversationRecord>?
    package let position: Int?

    package init(
      _ source: Source, word: String? = nil, conversation: ID<ConversationRecord>? = nil,
      position: Int? = nil
    ) {
      self.source = source
      self.word = word
      self.conversation = conversation
      self.position = position
    }
  }

  package let conversation: ID<ConversationRecord>
  package let channel: Channel
  package let purpose: Purpose
  package let state: State
  package let evidence: Evidence
  package let at: Timestamp
}

extension Consent {
  /// Adds to the ledger what was said of one address. What is so already is not written again,
  /// unless something else may have been said elsewhere that counts for here, too.
  package static func record(
    _ purpose: Purpose, _ state: State, of conversation: ID<ConversationRecord>,
    by evidence: Evidence, at now: Timestamp, in database: Transaction
  ) throws {
    let isNews = try newest(purpose, conversation, in: database)?.state != state
    guard isNews || !purpose.isOfMessages else { return }
    try database.execute(
      """
      INSERT INTO consents (conversation_id, purpose, number, state, source, word,
        said_in, said_at_position, at)
      VALUES (\(conversation), \(purpose),
        (SELECT coalesce(max(number), 0) + 1 FROM consents
          WHERE conversation_id = \(conversation) AND purpose = \(purpose)),
        \(state), \(evidence.source), \(evidence.word), \(evidence.conversation),
        \(evidence.position), \(now))
      """)
  }

  /// What was said last of a purpose on one address; nil when nothing was.
  package static func newest(
    _ purpose: Purpose, _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> (state: State, source: Source)? {
    try database.first(
      """
      SELECT state, source FROM consents
      WHERE conversation_id = \(conversation) AND purpose = \(purpose)
      ORDER BY number DESC LIMIT 1
      """
    ).map { (try $0.value("state"), try $0.value("source")) }
  }

  /// Whether a message of that purpose may go to an address, as far as the ledger tells.
  package static func allows(
    _ purpose: Purpose, _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Bool {
    try newest(purpose, conversation, in: database).map { $0.state == .granted }
      ?? purpose.isAllowedUnasked
  }

  /// Whether what a person writes or says may go to a service of others, for a purpose that is not
  /// of messages: what they said last, on whichever of their addresses.
  package static func allowsOutside(
    _ purpose: Purpose, _ person: ID<Person>, in database: Transaction
  ) throws -> Bool {
    let row = try database.first(
      """
      SELECT s.state FROM conversations c JOIN consents s ON s.conversation_id = c.id
      WHERE c.person_id = \(person) AND s.purpose = \(purpose)
      ORDER BY s.at DESC, s.state DESC, s.number DESC LIMIT 1
      """)
    return try row?.value("state", as: State.self) == .granted
  }

  /// All a person has said, on every address, the oldest first.
  package static func history(
    of person: ID<Person>, in database: Transaction
  ) throws -> [Consent] {
    try database.all(
      """
      SELECT s.conversation_id, c.channel, s.purpose, s.state, s.source, s.word, s.said_in,
        s.said_at_position, s.at
      FROM conversations c JOIN consents s ON s.conversation_id = c.id
      WHERE c.person_id = \(person) ORDER BY s.at, s.conversation_id, s.purpose, s.number
      """
    ).map(Consent.init)
  }

  /// Deletes what was said of an address, when its person wants to be forgotten.
  package static func forget(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws {
    try database.execute("DELETE FROM consents WHERE conversation_id = \(conversation)")
    try database.execute("DELETE FROM delivery_purposes WHERE conversation_id = \(conversation)")
  }

  private init(_ row: Row) throws {
    conversation = try row.value("conversation_id")
    channel = try row.value("channel")
    purpose = try row.value("purpose")
    state = try row.value("state")
    evidence = Evidence(
      try row.value("source"), word: try row.value("word"),
      conversation: try row.value("said_in"), position: try row.value("said_at_position"))
    at = try row.value("at")
  }
}
