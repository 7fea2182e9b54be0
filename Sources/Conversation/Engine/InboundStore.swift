import Foundation
import Storage

/// What people sent, each message once.
enum InboundStore {
  /// - Returns: false when a message with that key is there already.
  static func insert(
    _ inbound: Inbound, conversation: ID<ConversationRecord>, position: Int,
    fault: String? = nil, at now: Timestamp, in database: Transaction
  ) throws -> Bool {
    let state = fault == nil ? "handled" : "failed"
    return try database.execute(
      """
      INSERT INTO messages (conversation_id, position, author, kind, text, state, fault,
        created_at, changed_at, channel, key)
      VALUES (\(conversation), \(position), 'person', \(inbound.content.kind),
        \(try inbound.content.stored()), \(state), \(fault), \(now), \(now),
        \(inbound.channel), \(inbound.key))
      ON CONFLICT (channel, key) WHERE key IS NOT NULL DO NOTHING
      """) == 1
  }

  static func isKnown(_ inbound: Inbound, in database: Transaction) throws -> Bool {
    try database.first(
      """
      SELECT position FROM inbounds
      WHERE channel = \(inbound.channel) AND key = \(inbound.key)
      """) != nil
  }

  /// Whether the person has written, or let us back in, after that position.
  static func hasWritten(
    _ conversation: ID<ConversationRecord>, after position: Int, in database: Transaction
  ) throws -> Bool {
    try database.first(
      """
      SELECT position FROM inbounds
      WHERE conversation_id = \(conversation) AND position > \(position) AND kind != 'blocked'
      LIMIT 1
      """) != nil
  }

  /// Claims a failed message for another run.
  static func takeFailed(
    _ conversation: ID<ConversationRecord>, position: Int, in database: Transaction
  ) throws -> Content? {
    try database.first(
      """
      UPDATE messages SET state = 'handled', fault = NULL
      WHERE conversation_id = \(conversation) AND position = \(position)
        AND state = 'failed' AND author = 'person'
      RETURNING kind, text
      """
    ).map { try Content(kind: $0.value("kind"), stored: $0.value("text")) }
  }

  static func newestFailed(
    _ conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Int? {
    try database.first(
      """
      SELECT position FROM inbounds
      WHERE conversation_id = \(conversation) AND state = 'failed'
      ORDER BY position DESC LIMIT 1
      """)?.value("position")
  }
}

extension Content {
  /// Plain text is stored as it is: it is most of what people send, and needs no JSON.
  func stored() throws -> String {
    if case .text(let text) = self { return text }
    return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
  }

  init(kind: String, stored: String) throws {
    if kind == "text" {
      self = .text(stored)
    } else {
      self = try JSONDecoder().decode(Content.self, from: Data(stored.utf8))
    }
  }
}
