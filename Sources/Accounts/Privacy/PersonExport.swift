import Conversation
import Storage

/// All that is known of a person as one JSON document, a part for each capability.
struct PersonExport: Sendable {
  static let format = "parlance-person-1"

  /// How much of the files people have sent goes with it where it is fetched by a link …
  static let linkedBytesMax = 32 << 20
  /// … and where it is itself a file in a chat: in Base64 they leave it room for the rest.
  static let sentBytesMax = OutgoingMedia.bytesMax / 2

  let keepers: [PersonDataKeeper]
  let filesBytesMax: Int

  func json(of person: ID<Person>, at now: Timestamp, in database: Transaction) throws -> String {
    let parts = try keepers.map { keeper in
      "\(JSONText.quoted(keeper.name)):\(try keeper.export(person, database))"
    }
    let head = "\"format\":\"\(Self.format)\",\"exportedAt\":\(now.milliseconds)"
    let files = try ReceivedFiles.export(of: person, bytesMax: filesBytesMax, in: database)
    return "{\(head),\(parts.joined(separator: ",")),\"files\":\(files)}"
  }
}
