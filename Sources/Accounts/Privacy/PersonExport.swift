import Conversation
import Storage

/// All that is known of a person as one JSON document, a part for each capability.
struct PersonExport: Sendable {
  static let format = "parlance-person-1"

  let keepers: [PersonDataKeeper]

  func json(of person: ID<Person>, at now: Timestamp, in database: Transaction) throws -> String {
    let parts = try keepers.map { keeper in
      "\(JSONText.quoted(keeper.name)):\(try keeper.export(person, database))"
    }
    let head = "\"format\":\"\(Self.format)\",\"exportedAt\":\(now.milliseconds)"
    return "{\(head),\(parts.joined(separator: ","))}"
  }
}
