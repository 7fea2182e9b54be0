import Foundation
import Rehearsal
import Standins
import Testing

/// The judge of our requests is judged itself.
@Suite(.enabled(if: Project.shared != nil, "the specification is not beside the project"))
struct WhatsAppSpecificationTests {
  private static let path = "/{Version}/{Phone-Number-ID}/messages"

  @Test func `the examples of the specification pass`() throws {
    let specification = try #require(try GraphSpecification.located())
    let file = try #require(Project.shared).appending(
      path: "specs/whatsapp-cloud-api.trimmed.json")
    let description = try JSONValue(parsing: Array(Data(contentsOf: file)))
    let examples = description["paths"]?[Self.path]?["post"]?["requestBody"]?["content"]?[
      "application/json"]?["examples"]
    for name in [
      "Send Reply Button", "Send List Message", "Send Audio Message by ID",
      "Send Image Message by ID", "Send Document Message by ID", "Send Text Message",
    ] {
      let example = try #require(examples?[name]?["value"])
      #expect(WhatsAppRequestCheck.violations(in: example, specification) == [], "\(name)")
    }
  }

  @Test(
    arguments: [
      [:], ["to": nil], ["recipient_type": nil], ["type": "speech"], ["extra": 1],
      ["text": ["body": 7]], ["text": ["body": ""]], ["text": ["body": "x", "more": 1]],
      ["recipient": "IR.1"], ["status": "read"],
      ["biz_opaque_callback_data": .string(String(repeating: "x", count: 513))],
    ] as [[String: JSONValue?]])
  func `a message of another form does not pass`(_ changes: [String: JSONValue?]) throws {
    let specification = try #require(try GraphSpecification.located())
    var message: [String: JSONValue] = [
      "messaging_product": "whatsapp", "recipient_type": "individual", "to": "1",
      "type": "text", "text": ["body": "x", "preview_url": false],
    ]
    for (name, value) in changes { message[name] = value }
    let violations = WhatsAppRequestCheck.violations(in: .object(message), specification)
    #expect(violations.isEmpty == changes.isEmpty)
  }

  @Test(arguments: [
    (["type": "button", "body": ["text": "?"], "action": ["buttons": []]] as JSONValue),
    [
      "type": "button", "body": ["text": "?"],
      "action": [
        "buttons": [["type": "reply", "reply": ["id": "a", "title": "123456789012345678901"]]]
      ],
    ],
    [
      "type": "button", "body": ["text": " "],
      "action": ["buttons": [["type": "reply", "reply": ["id": "a", "title": "A"]]]],
    ],
    [
      "type": "button", "body": ["text": "?"],
      "action": [
        "buttons": [
          ["type": "reply", "reply": ["id": "a", "title": "A"]],
          ["type": "reply", "reply": ["id": "b", "title": "A"]],
        ]
      ],
    ],
    ["type": "list", "body": ["text": "?"], "action": ["sections": []]],
    ["type": "location_request_message", "body": ["text": "?"], "action": ["name": "x"]],
  ])
  func `buttons and lists of another form do not pass`(_ interactive: JSONValue) throws {
    let specification = try #require(try GraphSpecification.located())
    let message: JSONValue = [
      "messaging_product": "whatsapp", "recipient_type": "individual", "to": "1",
      "type": "interactive", "interactive": interactive,
    ]
    #expect(!WhatsAppRequestCheck.violations(in: message, specification).isEmpty)
  }
}
