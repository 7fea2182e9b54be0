import Conversation

/// Who wrote the messages of one change. People are known by their phone number (`wa_id`), by an
/// id that is theirs towards this business alone (`user_id`), or by both; somebody with a user name
/// may keep the number to themselves.
struct WhatsAppContacts {
  private let contacts: [JSONElement]
  private let messageCount: Int

  init(_ value: JSONElement) {
    contacts = value["contacts"]?.items ?? []
    messageCount = value["messages"]?.items.count ?? 0
  }

  func author(of message: JSONElement) -> JSONElement? {
    let phone = message["from"]?.string
    let userID = message["from_user_id"]?.string
    let named = contacts.first { contact in
      (phone != nil && contact["wa_id"]?.string == phone)
        || (userID != nil && contact["user_id"]?.string == userID)
    }
    // A lone contact beside a lone message is its author, whatever spelling the number has.
    return named ?? (contacts.count == 1 && messageCount == 1 ? contacts.first : nil)
  }

  /// Answers go to the phone number where it is known, as every kind of message can; the other ids
  /// lead to the same conversation.
  static func sender(
    of message: JSONElement, contact: JSONElement?
  ) throws(DecodingFault) -> Inbound.Sender {
    var ids: [String] = []
    for element in [
      message["from"], contact?["wa_id"], message["from_user_id"], contact?["user_id"],
      message["from_parent_user_id"], contact?["parent_user_id"],
    ] {
      guard let element else { continue }
      guard let id = WhatsAppMessage.name(element) else { throw .missingFields }
      if !ids.contains(id) { ids.append(id) }
    }
    guard let first = ids.first else { throw .missingFields }
    return Inbound.Sender(
      externalID: first, name: contact?["profile"]?["name"]?.string,
      otherIDs: Array(ids.dropFirst()))
  }
}
