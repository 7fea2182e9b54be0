/// What is wrong with a message a business sends: held against the specification, and against what
/// it says in words only.
package enum WhatsAppRequestCheck {
  private static let textLengthMax = 4_096
  private static let captionLengthMax = 1_024
  private static let referenceLengthMax = 512
  private static let rowsMax = 10
  private static let rowIDLengthMax = 200
  private static let gap = "    "

  package static func violations(
    in message: JSONValue, _ specification: GraphSpecification
  ) -> [String] {
    guard case .object(var members) = message else { return ["the body is no object"] }
    if members["status"] != nil { return readMarkViolations(members) }
    var found: [String] = []
    // Documented by Meta, though not part of this description.
    if let reference = members.removeValue(forKey: "biz_opaque_callback_data") {
      let length = reference.string?.utf16.count ?? .max
      if length > referenceLengthMax { found.append("biz_opaque_callback_data is too long") }
    }
    if let recipient = members.removeValue(forKey: "recipient") {
      if members["to"] != nil { found.append("to and recipient are both there") }
      members["to"] = recipient
    }
    if members["interactive"]?["type"] == "location_request_message" {
      return found + locationRequestViolations(&members, specification)
    }
    var validator = SchemaValidator(specification)
    validator.check(
      .object(members), ["$ref": "#/components/schemas/Message"], at: "message")
    let type = members["type"]?.string ?? ""
    if members[type] == nil { found.append("message.\(type) is missing") }
    return found + validator.violations + wordedViolations(members)
  }

  /// The specification shows it as an example only.
  private static func readMarkViolations(_ members: [String: JSONValue]) -> [String] {
    var rest = members
    let id = rest.removeValue(forKey: "message_id")?.string
    let typing = rest.removeValue(forKey: "typing_indicator")
    var found: [String] = []
    if id?.hasPrefix("wamid.") != true { found.append("message_id is no id of a message") }
    if let typing, typing != ["type": "text"] { found.append("typing_indicator is unknown") }
    if rest != ["messaging_product": "whatsapp", "status": "read"] {
      found.append("a read mark holds something else")
    }
    return found
  }

  /// Documented by Meta, though not part of this description.
  private static func locationRequestViolations(
    _ members: inout [String: JSONValue], _ specification: GraphSpecification
  ) -> [String] {
    let interactive = members.removeValue(forKey: "interactive")
    var validator = SchemaValidator(specification)
    validator.check(
      .object(members), ["$ref": "#/components/schemas/BaseMessageProperties"], at: "message")
    validator.check(
      interactive?["body"] ?? .null, ["$ref": "#/components/schemas/BodyObject"], at: "body")
    var found = validator.violations
    if members["type"] != "interactive" { found.append("message.type is wrong") }
    if interactive?["action"] != ["name": "send_location"] { found.append("action is wrong") }
    return found
  }

  private static func wordedViolations(_ members: [String: JSONValue]) -> [String] {
    var found: [String] = []
    func expect(_ holds: Bool, _ what: String) { if !holds { found.append(what) } }
    expect(members["messaging_product"] == "whatsapp", "messaging_product is wrong")
    if let text = members["text"]?["body"]?.string {
      expect((1...textLengthMax).contains(text.utf16.count), "the text has a wrong length")
    }
    for kind in ["image", "document"] {
      let length = members[kind]?["caption"]?.string?.utf16.count ?? 0
      expect(length <= captionLengthMax, "the caption is too long")
    }
    if let interactive = members["interactive"] {
      expect(isSaid(interactive["body"]?["text"]), "the body is empty")
      let buttons = (interactive["action"]?["buttons"]?.items ?? []).compactMap { $0["reply"] }
      let sections = interactive["action"]?["sections"]?.items ?? []
      let rows = sections.flatMap { $0["rows"]?.items ?? [] }
      expect(rows.count <= rowsMax, "the list has too many rows")
      for choices in [buttons, rows] {
        expect(isUnique(choices.map { $0["id"] }), "ids are not unique")
        expect(isUnique(choices.map { $0["title"] }), "titles are not unique")
        expect(choices.allSatisfy { isSaid($0["title"]) && isSaid($0["id"]) }, "one is empty")
      }
    }
    for component in members["template"]?["components"]?.items ?? [] {
      for parameter in component["parameters"]?.items ?? [] {
        let text = parameter["text"]?.string ?? ""
        expect(!text.isEmpty, "a parameter is empty")
        expect(
          !text.contains(where: { $0.isNewline || $0 == "\t" }) && !text.contains(gap),
          "a parameter holds a line break or a gap")
      }
    }
    return found
  }

  private static func isSaid(_ value: JSONValue?) -> Bool {
    value?.string?.contains { !$0.isWhitespace } ?? false
  }

  private static func isUnique(_ values: [JSONValue?]) -> Bool {
    let texts = values.compactMap { $0?.string }
    return Set(texts).count == values.count
  }
}
