package import Conversation

/// Reads what Meta posts: entries of changes of messages and statuses, any number of each.
package enum WhatsAppPost {
  package struct Decoded: Sendable {
    package var messages: [Message] = []
    package var reports: [DeliveryReport] = []
    package var moves: [Move] = []
    package var ignored: [Reason] = []
    /// What WhatsApp says went wrong on its side, outside of any message.
    package var errorCodes: [Int] = []
    /// How many messages and statuses were not of their form. The others are sound.
    package var malformedCount = 0
  }

  package struct Message: Sendable {
    package let inbound: Inbound
    let origin: Origin
  }

  /// A person took another phone number with them.
  package struct Move: Sendable, Equatable {
    package let from: String
    package let to: String
  }

  /// Why something sound is not a message to us.
  package enum Reason: String, Sendable, Equatable {
    /// Sent to another number of the same business.
    case foreignNumber
    case notPrivate
    case unknownField
    case unknownObject
    case unknownStatus
    /// WhatsApp's own remarks: a changed security code.
    case systemNotice
    case editWithoutText
    /// The person deleted a message; what was answered stands.
    case revoked
    case reactionWithdrawn
  }

  /// - Parameter phoneNumberID: our number's id; what is for another is left alone.
  package static func decode(
    _ bytes: [UInt8], phoneNumberID: String
  ) throws(DecodingFault) -> Decoded {
    let root: JSONElement
    do {
      root = try JSONDocument(bytes).root
    } catch {
      throw .notJSON
    }
    guard let object = root["object"]?.string, let entries = root["entry"], entries.isArray else {
      throw .missingFields
    }
    var decoded = Decoded()
    guard object == "whatsapp_business_account" else {
      decoded.ignored.append(.unknownObject)
      return decoded
    }
    for entry in entries.items {
      guard let changes = entry["changes"], changes.isArray else { throw .missingFields }
      for change in changes.items {
        guard let field = change["field"]?.string else { throw .missingFields }
        guard field == "messages" else {
          decoded.ignored.append(.unknownField)
          continue
        }
        try read(change["value"], ofNumber: phoneNumberID, into: &decoded)
      }
    }
    return decoded
  }

  private static func read(
    _ value: JSONElement?, ofNumber phoneNumberID: String, into decoded: inout Decoded
  ) throws(DecodingFault) {
    guard let value, let metadata = value["metadata"],
      let number = metadata["phone_number_id"]?.string
    else { throw .missingFields }
    guard number == phoneNumberID else { return decoded.ignored.append(.foreignNumber) }
    let contacts = WhatsAppContacts(value)
    for message in try items(value["messages"]) {
      do {
        let contact = contacts.author(of: message)
        let origin = Origin(metadata: metadata, contact: contact, message: message)
        try read(origin, into: &decoded)
      } catch {
        decoded.malformedCount += 1
      }
    }
    for status in try items(value["statuses"]) {
      do {
        switch try WhatsAppStatus.report(of: status) {
        case let report?: decoded.reports.append(report)
        case nil: decoded.ignored.append(.unknownStatus)
        }
      } catch {
        decoded.malformedCount += 1
      }
    }
    decoded.errorCodes += (value["errors"]?.items ?? []).map(WhatsAppError.code)
  }

  private static func items(_ list: JSONElement?) throws(DecodingFault) -> [JSONElement] {
    guard let list else { return [] }
    guard list.isArray else { throw .missingFields }
    return list.items
  }

  private static func read(
    _ origin: Origin, into decoded: inout Decoded
  ) throws(DecodingFault) {
    let message = origin.message
    if message["group_id"] != nil { return decoded.ignored.append(.notPrivate) }
    guard let id = WhatsAppMessage.name(message["id"]) else { throw .missingFields }
    let sender = try WhatsAppContacts.sender(of: message, contact: origin.contact)
    switch try WhatsAppMessage.meaning(of: message, from: sender.externalID) {
    case .content(let content, let key):
      let inbound = Inbound(
        channel: .whatsapp, key: id + key, sender: sender, content: content)
      decoded.messages.append(Message(inbound: inbound, origin: origin))
    case .moved(let address):
      decoded.moves.append(Move(from: sender.externalID, to: address))
    case .ignored(let reason): decoded.ignored.append(reason)
    }
  }
}

/// Where in a post a message lies.
struct Origin: Sendable {
  let metadata: JSONElement
  let contact: JSONElement?
  let message: JSONElement
}

extension WhatsAppPost.Message {
  /// A post with this message alone, in the bytes it came in.
  package var payload: String {
    let contacts =
      origin.contact.map { "\"contacts\":[\(String(decoding: $0.rawBytes, as: UTF8.self))]," } ?? ""
    return """
      {"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{\
      "messaging_product":"whatsapp",\
      "metadata":\(String(decoding: origin.metadata.rawBytes, as: UTF8.self)),\(contacts)\
      "messages":[\(String(decoding: origin.message.rawBytes, as: UTF8.self))]}}]}]}
      """
  }
}
