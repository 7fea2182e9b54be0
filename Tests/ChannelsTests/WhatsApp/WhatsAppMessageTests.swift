import Channels
import Conversation
import Standins
import Testing

struct WhatsAppMessageTests {
  @Test(
    arguments: [
      ("text", ["body": "hello"], Content.text("hello")),
      ("text", ["body": "/menu now"], .command(name: "menu", argument: "now")),
      (
        "audio", ["id": "7", "voice": true],
        .attachment(.init(kind: .voice, fileID: "7"))
      ),
      ("audio", ["id": "7"], .attachment(.init(kind: .audio, fileID: "7"))),
      (
        "image", ["id": "7", "caption": "Look"],
        .attachment(.init(kind: .image, fileID: "7", caption: "Look"))
      ),
      ("video", ["id": "7"], .attachment(.init(kind: .video, fileID: "7"))),
      ("location", ["latitude": -1.5, "longitude": 2], .location(latitude: -1.5, longitude: 2)),
      ("button", ["payload": "12:yes", "text": "Yes"], .choice(.init(token: "12:yes"))),
      ("button", ["payload": "/learn", "text": "Learn"], .choice(.init(token: "/learn"))),
      ("button", ["payload": "Stop promotions", "text": "Stop"], .text("Stop")),
      (
        "interactive", ["type": "list_reply", "list_reply": ["id": "3:b", "title": "B"]],
        .choice(.init(token: "3:b"))
      ),
      (
        "interactive", ["type": "nfm_reply", "nfm_reply": ["response_json": "{}"]],
        .unsupported(kind: "nfm_reply")
      ),
      ("contacts", [["name": ["formatted_name": "N"]]], .unsupported(kind: "contacts")),
      (
        "contacts",
        [["name": ["formatted_name": "N"], "phones": [["phone": "+1", "wa_id": "1"]]]],
        .contact(phone: "+1", name: "N", isOwn: false)
      ),
      ("order", ["catalog_id": "1"], .unsupported(kind: "order")),
      ("sticker", ["id": "7"], .unsupported(kind: "sticker")),
      ("request_welcome", nil, .command(name: "start", argument: "")),
      ("reaction", ["message_id": "w", "emoji": "👍"], .reaction(emoji: "👍")),
      ("reaction", ["message_id": "w", "emoji": ""], nil),
      ("edit", ["message": ["type": "text", "text": ["body": "new"]]], .edited(text: "new")),
      ("edit", ["message": ["type": "image", "image": ["id": "1"]]], nil),
      (
        "edit", ["message": ["type": "image", "image": ["id": "1", "caption": "stop"]]],
        .edited(text: "stop")
      ),
      ("revoke", ["original_message_id": "w"], nil),
      ("system", ["type": "customer_identity_changed"], nil),
    ] as [(String, JSONValue?, Content?)])
  func `each kind is taken as what it is`(
    _ type: String, _ body: JSONValue?, _ expected: Content?
  ) throws {
    #expect(try WhatsAppSample.content(WhatsAppSample.message(type, body)) == expected)
  }

  @Test(
    arguments: [
      ("text", nil), ("text", ["body": 7]), ("audio", [:]), ("image", ["id": ""]),
      ("location", ["latitude": 91, "longitude": 0]), ("contacts", ["name": "x"]),
      ("button", [:]), ("interactive", [:]), ("interactive", ["type": "button_reply"]),
      ("reaction", ["emoji": "👍"]), ("edit", nil), ("system", nil),
      ("system", ["type": "user_changed_number"]),
    ] as [(String, JSONValue?)])
  func `a known kind of another form is refused`(_ type: String, _ body: JSONValue?) {
    #expect(throws: DecodingFault.missingFields) {
      try WhatsAppSample.content(WhatsAppSample.message(type, body))
    }
  }

  @Test func `a message without its id, its author or its time is refused`() throws {
    for name in ["id", "from", "timestamp", "type"] {
      guard case .object(var members) = WhatsAppSample.text("hello") else { continue }
      members[name] = nil
      let value = WhatsAppSample.value(messages: [.object(members)], contacts: [])
      #expect(try WhatsAppSample.decode(value).malformedCount == 1, "\(name)")
    }
  }

  @Test func `authors in a bundle are told apart by their ids`() throws {
    let contacts: [JSONValue] = [
      ["profile": ["name": "Sara"], "wa_id": "1", "user_id": "IR.1"],
      ["profile": ["name": "Omid"], "wa_id": "2", "user_id": "IR.2"],
    ]
    let decoded = try WhatsAppSample.decode(
      WhatsAppSample.value(
        messages: [
          WhatsAppSample.text("a", id: "wamid.a", from: "2"),
          WhatsAppSample.text("b", id: "wamid.b", from: "1"),
          WhatsAppSample.text("c", id: "wamid.c", from: "3"),
        ], contacts: contacts))
    #expect(decoded.messages.map(\.inbound.sender.name) == ["Omid", "Sara", nil])
    #expect(decoded.messages.map(\.inbound.sender.otherIDs) == [["IR.2"], ["IR.1"], []])
  }

  @Test func `edits of one message are told apart, repeats are not`() throws {
    func key(_ second: String) throws -> String? {
      guard
        case .object(var members) = WhatsAppSample.message(
          "edit", ["message": ["text": ["body": "new"]]])
      else { return nil }
      members["timestamp"] = .string(second)
      return try WhatsAppSample.decode(
        WhatsAppSample.value(messages: [.object(members)])
      ).messages.first?.inbound.key
    }
    #expect(try key("1767255001") == key("1767255001"))
    #expect(try key("1767255001") != key("1767255002"))
    #expect(try key("1767255001") != "wamid.1")
  }

  @Test(
    arguments: [
      (131_047, DeliveryReport.Failure.windowClosed), (131_026, .unreachable),
      (131_056, .passing(delayMs: 6_000)), (130_429, .passing(delayMs: 2_000)),
      (131_016, .passing(delayMs: 60_000)), (190, .passing(delayMs: 60_000)),
      (131_050, .final), (131_049, .final), (131_053, .final), (132_000, .final), (77, .final),
    ] as [(Int64, DeliveryReport.Failure)])
  func `a failure told later says what it means, and nothing of what was said`(
    _ code: Int64, _ expected: DeliveryReport.Failure
  ) throws {
    let status = WhatsAppSample.status("failed", code: code)
    let report = try WhatsAppSample.decode(WhatsAppSample.value(statuses: [status])).reports.first
    guard case .failed(let failure, let reason) = report?.state else {
      Issue.record("not failed")
      return
    }
    #expect(failure == expected)
    #expect(reason.hasPrefix("\(code)") && !reason.contains("Maryam"))
  }

  @Test func `statuses nobody knows are left alone, those without a time are refused`() throws {
    let unknown = WhatsAppSample.status("warning")
    #expect(
      try WhatsAppSample.decode(WhatsAppSample.value(statuses: [unknown])).ignored == [
        .unknownStatus
      ])
    for time in ["", "soon", "-1", "99999999999999999999"] as [JSONValue] {
      guard case .object(var members) = WhatsAppSample.status("read") else { continue }
      members["timestamp"] = time
      let value = WhatsAppSample.value(statuses: [.object(members)])
      #expect(try WhatsAppSample.decode(value).malformedCount == 1)
    }
  }
}
