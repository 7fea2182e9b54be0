import Foundation
import Storage

/// What we say: planned by a turn, worked off by the sender.
enum DeliveryStore {
  static func insert(
    _ delivery: Delivery, author: String, state: Delivery.State, now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO messages (conversation_id, position, author, kind, text, state, created_at,
        changed_at, buttons, target, language, epoch, class, expires_at, media_id, asks_location)
      VALUES (\(delivery.conversation), \(delivery.position), \(author), \(delivery.kind),
        \(delivery.text), \(state), \(now), \(now), \(stored(delivery.buttons)),
        \(delivery.target), \(delivery.language), \(delivery.epoch),
        \(delivery.deliveryClass), \(delivery.expiresAt), \(delivery.mediaID),
        \(delivery.location))
      """)
  }

  /// The first delivery of a conversation that is not settled yet.
  ///
  /// - Parameter position: none before this one is unsettled.
  static func head(
    _ conversation: ID<ConversationRecord>, from position: Int, in database: Transaction
  ) throws -> (delivery: Delivery, state: Delivery.State)? {
    let row = try database.first(
      """
      SELECT \(sql: columns), state FROM messages
      WHERE conversation_id = \(conversation) AND position >= \(position)
        AND state IN ('pending', 'sending')
      ORDER BY position LIMIT 1
      """)
    return try row.map { (try Delivery($0), try $0.value("state")) }
  }

  /// The same where a message can come back after later ones have gone out: what is still taken
  /// to be under way comes first, so that no two calls are ever open.
  static func headOfReopened(
    _ conversation: ID<ConversationRecord>, from position: Int, in database: Transaction
  ) throws -> (delivery: Delivery, state: Delivery.State)? {
    let row = try database.first(
      """
      SELECT \(sql: columns), state FROM messages
      WHERE conversation_id = \(conversation) AND position >= \(position)
        AND state IN ('pending', 'sending')
      ORDER BY state DESC, position LIMIT 1
      """)
    return try row.map { (try Delivery($0), try $0.value("state")) }
  }

  /// Before this position everything is settled; nil when all is.
  static func unsentFrom(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Int? {
    try database.first("SELECT unsent_from FROM conversations WHERE id = \(conversation)")?
      .value("unsent_from")
  }

  static func find(
    _ conversation: ID<ConversationRecord>, _ position: Int, in database: Transaction
  ) throws -> (delivery: Delivery, state: Delivery.State)? {
    let row = try database.first(
      """
      SELECT \(sql: columns), state FROM messages
      WHERE conversation_id = \(conversation) AND position = \(position)
      """)
    return try row.map { (try Delivery($0), try $0.value("state")) }
  }

  /// Puts a delivery back among those that wait to be sent.
  static func reopen(
    _ delivery: Delivery, fault: String, attempt: Int, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET state = 'pending', fault = \(fault), attempt = \(attempt),
        changed_at = \(now)
      WHERE conversation_id = \(delivery.conversation) AND position = \(delivery.position)
      """)
  }

  /// The same for one whose last call ended without anybody knowing how.
  static func doubt(
    _ delivery: Delivery, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET state = 'pending', unknown_count = unknown_count + 1,
        changed_at = \(now)
      WHERE conversation_id = \(delivery.conversation) AND position = \(delivery.position)
      """)
  }

  static func mark(
    _ delivery: Delivery, _ state: Delivery.State, providerID: String? = nil,
    fault: String? = nil, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET state = \(state), fault = \(fault), changed_at = \(now),
        provider_id = coalesce(\(providerID), provider_id)
      WHERE conversation_id = \(delivery.conversation) AND position = \(delivery.position)
      """)
  }

  /// One more try begins; `after` is the state the last one has left it in.
  static func markSending(
    _ delivery: Delivery, after state: Delivery.State, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET state = 'sending', fault = NULL, changed_at = \(now),
        attempt = attempt + 1, unknown_count = unknown_count + \(state == .sending)
      WHERE conversation_id = \(delivery.conversation) AND position = \(delivery.position)
      """)
  }

  /// Gives up what has not gone out: the person blocked us, said stop, or staff took over.
  static func cancelPending(
    _ conversation: ID<ConversationRecord>, fault: String, at now: Timestamp,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET state = 'cancelled', fault = \(fault), changed_at = \(now)
      WHERE conversation_id = \(conversation) AND state = 'pending'
        AND position >= (SELECT unsent_from FROM conversations WHERE id = \(conversation))
      """)
    // A call that is under way cannot be called back, but it must not be tried again.
    try database.execute(
      """
      UPDATE messages SET expires_at = 0
      WHERE conversation_id = \(conversation) AND state = 'sending'
        AND position >= (SELECT unsent_from FROM conversations WHERE id = \(conversation))
      """)
  }

  static func choose(
    _ token: String, position: Int, conversation: ID<ConversationRecord>,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE messages SET chosen = \(token)
      WHERE conversation_id = \(conversation) AND position = \(position)
      """)
  }

  /// What a message said, and the provider's id of it once it has one.
  static func sentMessage(
    _ conversation: ID<ConversationRecord>, position: Int, in database: Transaction
  ) throws -> (text: String, providerID: String?)? {
    try database.first(
      """
      SELECT text, provider_id FROM messages
      WHERE conversation_id = \(conversation) AND position = \(position)
      """
    ).map { (try $0.value("text"), try $0.value("provider_id")) }
  }

  static let columns: SQL = """
    conversation_id, position, kind, text, buttons, target, language, epoch, class, attempt,
    unknown_count, expires_at, created_at, media_id, asks_location
    """

  private static func stored(_ buttons: [Delivery.Button]) -> String? {
    guard !buttons.isEmpty else { return nil }
    let items = buttons.map {
      "{\"token\":\(JSONText.quoted($0.token)),\"title\":\(JSONText.quoted($0.title))}"
    }
    return "[" + items.joined(separator: ",") + "]"
  }
}

extension Delivery {
  init(_ row: Row) throws {
    conversation = try row.value("conversation_id")
    position = try row.value("position")
    kind = try row.value("kind")
    text = try row.value("text")
    let stored: String? = try row.value("buttons")
    buttons = try Self.buttons(stored)
    target = try row.value("target")
    language = try row.value("language")
    epoch = try row.value("epoch")
    deliveryClass = try row.value("class")
    attempt = try row.value("attempt")
    unknownCount = try row.value("unknown_count")
    expiresAt = try row.value("expires_at")
    createdAt = try row.value("created_at")
    mediaID = try row.value("media_id")
    location = try row.value("asks_location")
  }

  static func buttons(_ stored: String?) throws -> [Button] {
    guard let stored else { return [] }
    return try JSONDecoder().decode([Button].self, from: Data(stored.utf8))
  }
}

extension DeliveryClass: SQLConvertible {}
