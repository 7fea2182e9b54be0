import Storage

/// What this floor knows of a person: who they are, their channels, every message, what waits to
/// be done, and what providers posted.
package enum ConversationData {
  private static var tables: Set<String> {
    MessageArchive.tables.union(["people", "conversations"])
      .union(ConversationPart.all.map(\.table))
  }

  package static func keeper(stopList: StopList?) -> PersonDataKeeper {
    PersonDataKeeper(
      name: "conversation", tables: tables, export: export,
      merge: ConversationMerge.merge, unmerge: ConversationMerge.unmerge,
      erase: { try ConversationErasure(stopList: stopList).step($0, in: $1) })
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let row = try database.first("SELECT * FROM people WHERE id = \(person)")
    let conversations = try PersonConversations.all(of: person, in: database).map {
      try export($0.id, in: database)
    }
    return """
      {"person":\(RowJSON.object(row)),"conversations":[\(conversations.joined(separator: ","))]}
      """
  }

  private static func export(
    _ id: ID<ConversationRecord>, in database: Transaction
  ) throws -> String {
    let conversation = try database.first("SELECT * FROM conversations WHERE id = \(id)")
    let messages = try MessageArchive.export(id, in: database)
    let parts = try ConversationPart.all.map { part in
      "\(JSONText.quoted(part.name)):\(RowJSON.array(try database.all(part.rows(id))))"
    }
    return """
      {"conversation":\(RowJSON.object(conversation)),"messages":\(messages),\
      \(parts.joined(separator: ","))}
      """
  }
}
