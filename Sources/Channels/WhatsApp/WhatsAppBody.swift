import Conversation

/// What a message says, as the Graph API wants it: its type and the object of that name.
struct WhatsAppBody: Sendable, Equatable {
  let type: String
  let json: String

  private init(_ type: String, _ json: String) {
    self.type = type
    self.json = json
  }

  static func text(_ text: String) -> WhatsAppBody {
    WhatsAppBody("text", "{\"preview_url\":false,\"body\":\(JSONText.quoted(text))}")
  }

  static func template(_ template: TemplateCall) -> WhatsAppBody {
    let parameters = template.parameters.map {
      "{\"type\":\"text\",\"text\":\(JSONText.quoted(oneLine($0)))}"
    }
    var components = ""
    if !parameters.isEmpty {
      let list = parameters.joined(separator: ",")
      components = ",\"components\":[{\"type\":\"body\",\"parameters\":[\(list)]}]"
    }
    return WhatsAppBody(
      "template",
      "{\"name\":\(JSONText.quoted(template.name)),\"language\":{\"policy\":\"deterministic\","
        + "\"code\":\(JSONText.quoted(template.language))}\(components)}")
  }

  static func media(
    _ kind: OutgoingMedia.Kind, id: String, caption: String, fileName: String
  ) -> WhatsAppBody {
    var json = "{\"id\":\(JSONText.quoted(id))"
    switch kind {
    // A voice message has no caption.
    case .voice: return WhatsAppBody("audio", json + ",\"voice\":true}")
    case .image: break
    case .document: json += ",\"filename\":\(JSONText.quoted(fileName))"
    }
    if !caption.isEmpty { json += ",\"caption\":\(JSONText.quoted(caption))" }
    return WhatsAppBody(kind.rawValue, json + "}")
  }

  static func locationRequest(_ text: String) -> WhatsAppBody {
    interactive("location_request_message", text, action: "{\"name\":\"send_location\"}")
  }

  static func buttons(_ buttons: [Delivery.Button], under text: String) -> WhatsAppBody {
    let json = buttons.map {
      "{\"type\":\"reply\",\"reply\":{\"id\":\(JSONText.quoted($0.token)),"
        + "\"title\":\(JSONText.quoted(fitted($0.title, WhatsAppButtons.titleLengthMax)))}}"
    }
    return interactive("button", text, action: "{\"buttons\":[\(json.joined(separator: ","))]}")
  }

  static func list(_ rows: [Delivery.Button], label: String, under text: String) -> WhatsAppBody {
    let json = rows.map {
      "{\"id\":\(JSONText.quoted($0.token)),"
        + "\"title\":\(JSONText.quoted(fitted($0.title, WhatsAppButtons.rowTitleLengthMax)))}"
    }
    let title = JSONText.quoted(fitted(label, WhatsAppButtons.titleLengthMax))
    return interactive(
      "list", text,
      action: "{\"button\":\(title),\"sections\":[{\"rows\":[\(json.joined(separator: ","))]}]}")
  }

  /// That a message was read, and perhaps that an answer is being written.
  static func readMark(_ messageID: String, isTyping: Bool) -> String {
    let typing = isTyping ? ",\"typing_indicator\":{\"type\":\"text\"}" : ""
    return "{\"messaging_product\":\"whatsapp\",\"status\":\"read\","
      + "\"message_id\":\(JSONText.quoted(messageID))\(typing)}"
  }

  /// The whole message.
  ///
  /// - Parameter reference: comes back in the message's statuses.
  func addressed(to externalID: String, reference: String) -> String {
    "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\","
      + "\"\(Self.addressMember(externalID))\":\(JSONText.quoted(externalID)),"
      + "\"type\":\"\(type)\",\"\(type)\":\(json),"
      + "\"biz_opaque_callback_data\":\(JSONText.quoted(reference))}"
  }

  /// A business-scoped id has a country, a dot and letters and digits; all else is a phone number.
  private static func addressMember(_ externalID: String) -> String {
    let country = externalID.utf8.prefix { (0x41...0x5A).contains($0) }
    let isScoped = country.count == 2 && externalID.utf8.dropFirst(2).first == UInt8(ascii: ".")
    return isScoped ? "recipient" : "to"
  }

  private static func interactive(
    _ type: String, _ text: String, action: String
  ) -> WhatsAppBody {
    WhatsAppBody(
      "interactive",
      "{\"type\":\"\(type)\",\"body\":{\"text\":\(JSONText.quoted(text))},\"action\":\(action)}")
  }

  /// Titles are measured in code units; a character is never cut in two.
  private static func fitted(_ title: String, _ lengthMax: Int) -> String {
    guard title.utf16.count > lengthMax else { return title }
    var cut = title
    while cut.utf16.count > lengthMax - 1 { cut.removeLast() }
    return cut + "…"
  }

  /// A parameter may hold no line break, no tab and no wide gap, and cannot be empty.
  private static func oneLine(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? "–" : words
  }
}

/// What fits under a message.
enum WhatsAppButtons {
  static let max = 3
  static let titleLengthMax = 20
  static let tokenLengthMax = 200
  static let rowsMax = 10
  static let rowTitleLengthMax = 24
}
