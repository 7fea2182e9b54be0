package import Conversation
package import Storage

/// Marks for staff that somebody may need a person. They say when, where and what kind, and hold no
/// word of what was said.
package struct SafetyFlag: Sendable, Equatable {
  package let person: ID<Person>
  package let conversation: ID<ConversationRecord>
  package let kind: SafetyKind
  package let at: Timestamp
}

package enum SafetyStore {
  static func raise(_ kind: SafetyKind, _ turn: Turn) throws {
    let id: ID<SafetyFlag> = turn.newID()
    try turn.database.execute(
      """
      INSERT INTO safety_flags (id, person_id, conversation_id, kind, at)
      VALUES (\(id), \(turn.person.id), \(turn.conversation), \(kind), \(turn.now))
      """)
  }

  /// The newest flags, for staff.
  package static func newest(limit: Int, in database: Transaction) throws -> [SafetyFlag] {
    try database.all(
      """
      SELECT person_id, conversation_id, kind, at FROM safety_flags
      ORDER BY at DESC, id DESC LIMIT \(limit)
      """
    ).map {
      SafetyFlag(
        person: try $0.value("person_id"), conversation: try $0.value("conversation_id"),
        kind: try $0.value("kind"), at: try $0.value("at"))
    }
  }
}
