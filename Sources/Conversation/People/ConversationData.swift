import Storage

/// What this floor knows of a person: who they are, their channels, every message, what waits to
/// be done, and what providers posted.
package enum ConversationData {
  private static let ownTables: Set<String> = [
    "people", "conversations", "addresses", "address_conflicts", "jobs", "timers", "webhook_log",
  ]

  package static func keeper(stopList: StopList?) -> PersonDataKeeper {
    PersonDataKeeper(
      name: "conversation", tables: ownTables.union(MessageArchive.tables), export: export,
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
    let addresses = try database.all("SELECT * FROM addresses WHERE conversation_id = \(id)")
    let conflicts = try database.all(
      "SELECT * FROM address_conflicts WHERE conversation_id = \(id)")
    let jobs = try database.all("SELECT * FROM jobs WHERE conversation_id = \(id) ORDER BY id")
    let timers = try database.all(
      "SELECT * FROM timers WHERE conversation_id = \(id) ORDER BY name")
    let log = try database.all(
      "SELECT * FROM webhook_log WHERE conversation_id = \(id) ORDER BY id")
    let messages = try MessageArchive.export(id, in: database)
    return """
      {"conversation":\(RowJSON.object(conversation)),"addresses":\(RowJSON.array(addresses)),\
      "addressConflicts":\(RowJSON.array(conflicts)),"messages":\(messages),\
      "jobs":\(RowJSON.array(jobs)),"timers":\(RowJSON.array(timers)),\
      "webhookLog":\(RowJSON.array(log))}
      """
  }
}
