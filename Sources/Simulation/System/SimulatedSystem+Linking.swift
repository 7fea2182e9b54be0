import Accounts
package import Conversation
package import Storage

extension SimulatedSystem {
  /// Makes one person of those behind two conversations.
  package typealias Link =
    @Sendable (
      _ one: ID<ConversationRecord>, _ other: ID<ConversationRecord>, _ at: Timestamp,
      _ database: Transaction
    ) throws -> Void

  /// What a link code does, by the real merging.
  static func link(by accounts: Accounts, ids: IDSource) -> Link {
    { one, other, now, database in
      let people = try [one, other].map { id in
        guard let record = try ConversationRecord.load(id, in: database) else {
          throw Violation("a conversation is lost")
        }
        return record.person.id
      }
      _ = try accounts.merge(people[0], people[1], id: ids.next(now), at: now, in: database)
      for conversation in [one, other] {
        try Consent.record(
          .service, .granted, of: conversation,
          by: Consent.Evidence(.link, conversation: one), at: now, in: database)
      }
    }
  }
}
