import Channels
import Conversation
import Standins

/// Posts with what every one has, around whatever a test wants to put in.
enum WhatsAppSample {
  static let number = WhatsAppAPIStandin.phoneNumberID
  static let person = "989120000417"

  static func post(_ values: JSONValue...) throws -> [UInt8] {
    let changes = values.map { JSONValue.object(["field": "messages", "value": $0]) }
    return try JSONValue.object([
      "object": "whatsapp_business_account",
      "entry": [["id": "102290129340398", "changes": .array(changes)]],
    ]).encoded()
  }

  static func value(
    messages: [JSONValue] = [], statuses: [JSONValue] = [], contacts: [JSONValue] = [contact],
    number: String = number
  ) -> JSONValue {
    [
      "messaging_product": "whatsapp",
      "metadata": ["display_phone_number": "15550783881", "phone_number_id": .string(number)],
      "contacts": .array(contacts), "messages": .array(messages), "statuses": .array(statuses),
    ]
  }

  static let contact: JSONValue = ["profile": ["name": "Sara"], "wa_id": .string(person)]

  static func message(
    _ type: String, _ body: JSONValue?, id: String = "wamid.1", from: String = person
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "from": .string(from), "id": .string(id), "timestamp": "1767255001", "type": .string(type),
    ]
    members[type] = body
    return .object(members)
  }

  static func text(
    _ text: String, id: String = "wamid.1", from: String = person
  ) -> JSONValue {
    message("text", ["body": .string(text)], id: id, from: from)
  }

  static func status(_ status: String, code: Int64? = nil, id: String = "wamid.9") -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "status": .string(status), "timestamp": "1767255001",
      "recipient_id": .string(person),
    ]
    if let code { members["errors"] = [["code": .integer(code), "title": "About Maryam"]] }
    return .object(members)
  }

  static func decode(_ values: JSONValue...) throws -> WhatsAppPost.Decoded {
    let changes = values.map { JSONValue.object(["field": "messages", "value": $0]) }
    let bytes = try JSONValue.object([
      "object": "whatsapp_business_account", "entry": [["changes": .array(changes)]],
    ]).encoded()
    return try WhatsAppPost.decode(bytes, phoneNumberID: number)
  }

  /// What one message means; nil when it is left alone.
  static func content(_ message: JSONValue) throws -> Content? {
    let decoded = try decode(value(messages: [message]))
    if decoded.malformedCount > 0 { throw DecodingFault.missingFields }
    return decoded.messages.first?.inbound.content
  }
}
