import Standins
import Storage
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct WhatsAppJourneyTests {
  private static let lessonStepsMax = 120

  @Test func `a newcomer is onboarded and finishes a lesson`() async throws {
    try await WhatsAppVisitor.with { visitor in
      var heard = try await visitor.say("hi")
      #expect(!heard.choices.isEmpty)
      let words = ["English", "Sara", "Done", "Done", "10", "08:00", "Tehran", "B1", "Skip"]
      for word in words {
        // A button where there is one, as a person would.
        if let choice = heard.choices.first(where: { $0.title == word }) {
          heard = try await visitor.press(choice)
        } else {
          heard = try await visitor.say(word)
        }
      }
      let profile = try await visitor.standin.call {
        $0.text?.contains("Your profile") == true
      }
      #expect(profile.text?.contains("Sara") == true)

      heard = try await visitor.say("learn")
      for _ in 0..<Self.lessonStepsMax where heard.text?.contains("Lesson complete") != true {
        let isDone = visitor.standin.calls(.message).contains {
          $0.text?.contains("Lesson complete") == true
        }
        if isDone { break }
        if let onward = heard.choices.first(where: { !$0.id.hasPrefix("/") }) {
          heard = try await visitor.press(onward)
        } else {
          heard = try await visitor.say("1")
        }
      }
      try await visitor.standin.call { $0.text?.contains("Lesson complete") == true }
      try await visitor.standin.call(of: .readMark)
    }
  }

  @Test func `a person's data comes as a document`() async throws {
    try await WhatsAppVisitor.with { visitor in
      for (number, text) in ["hi", "privacy", "download"].enumerated() {
        let post = WhatsAppVisitor.post([WhatsAppVisitor.text(text, id: "wamid.\(number)")])
        #expect(try await visitor.post(post).status == 200)
      }
      let document = try await visitor.standin.call { $0.type == "document" }
      #expect(document.body["document"]?["filename"] == "parlance-data.txt")
      let file = try #require(visitor.standin.calls(.upload).first?.file)
      #expect(file.contentType == "text/plain")
      #expect(try JSONValue(parsing: file.bytes)["format"]?.string == "parlance-person-1")
    }
  }

  @Test func `an answer that WhatsApp holds back is sent a little later`() async throws {
    try await WhatsAppVisitor.with { visitor in
      visitor.standin.script(.unavailable)
      _ = try await visitor.post(
        WhatsAppVisitor.post([WhatsAppVisitor.text("hi", id: "wamid.1")]))
      let again = try await visitor.standin.call(2)
      #expect(again.messageID != nil)
    }
  }

  @Test func `everybody in a bundle is answered, each of them once`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let people = (0..<60).map { "98935000\(1_000 + $0)" }
      let messages = people.map { WhatsAppVisitor.text("hi", id: "wamid.\($0)", from: $0) }
      for part in [messages, Array(messages.prefix(20)), messages] {
        #expect(try await visitor.post(WhatsAppVisitor.post(part)).status == 200)
      }
      for person in people { try await visitor.standin.call { $0.recipient == person } }
      #expect(try await visitor.count("inbounds") == people.count)
      #expect(try await visitor.count("conversations") == people.count)
      #expect(visitor.standin.calls(.message).count == people.count)
    }
  }

  @Test func `one person's messages in a bundle stay in their order`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let words = ["hi", "English", "Sara"]
      let messages = words.enumerated().map {
        WhatsAppVisitor.text($0.element, id: "wamid.\($0.offset)")
      }
      #expect(try await visitor.post(WhatsAppVisitor.post(messages)).status == 200)
      try await visitor.standin.call { $0.text?.contains("Sara") == true }
    }
  }

  @Test func `a person who takes another number along is answered there`() async throws {
    try await WhatsAppVisitor.with { visitor in
      _ = try await visitor.say("hi")
      let move = WhatsAppVisitor.message(
        [
          "type": "system",
          "system": ["type": "user_changed_number", "wa_id": "989350000999", "body": "moved"],
        ], id: "wamid.moved")
      #expect(try await visitor.post(WhatsAppVisitor.post([move])).status == 200)
      let next = WhatsAppVisitor.text("English", id: "wamid.next", from: "989350000999")
      #expect(try await visitor.post(WhatsAppVisitor.post([next])).status == 200)
      let answer = try await visitor.standin.call { $0.recipient == "989350000999" }
      #expect(answer.text?.contains("What may I call you?") == true)
      #expect(try await visitor.count("conversations") == 1)
    }
  }

  @Test func `what became of a message is known, and never goes backwards`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let id = try #require(try await visitor.say("hi").messageID)
      for status in ["read", "delivered", "sent", "read"] {
        let taken = try await visitor.post(
          WhatsAppVisitor.post([], statuses: [Self.status(status, of: id)]))
        #expect(taken.status == 200)
      }
      #expect(try await visitor.deliveryState() == "read")
    }
  }

  @Test
  func `when the window turns out to be closed a template asks to write, and then it goes out`()
    async throws
  {
    try await WhatsAppVisitor.with { visitor in
      let first = try await visitor.say("hi")
      let id = try #require(first.messageID)
      let failed = Self.status("failed", of: id, code: 131_047)
      let taken = try await visitor.post(WhatsAppVisitor.post([], statuses: [failed]))
      #expect(taken.status == 200)
      let template = try await visitor.standin.call { $0.type == "template" }
      #expect(template.body["template"]?["name"] == "reply_to_open")
      let back = WhatsAppVisitor.text("here I am", id: "wamid.back")
      _ = try await visitor.post(WhatsAppVisitor.post([back]))
      try await visitor.standin.call(2) { $0.text == first.text }
    }
  }

  @Test func `a person is one whichever of their ids a post has`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let scoped: JSONValue = "IR.13491208655302741918"
      let phone = JSONValue.string(WhatsAppVisitor.person)
      let people: [(words: String, ids: [String: JSONValue])] = [
        ("hi", ["from_user_id": scoped]), ("English", ["from": phone, "from_user_id": scoped]),
        ("Sara", ["from": phone]),
      ]
      for (words, ids) in people {
        let message = JSONValue.object(
          ids.merging([
            "id": .string("wamid.\(words)"), "timestamp": "1767255001", "type": "text",
            "text": ["body": .string(words)],
          ]) { $1 })
        let taken = try await visitor.post(WhatsAppVisitor.post([message]))
        #expect(taken.status == 200)
      }
      let answer = try await visitor.standin.call { $0.text?.contains("Sara") == true }
      #expect(answer.recipient == WhatsAppVisitor.person)
      #expect(try await visitor.count("conversations") == 1)
    }
  }

  private static func status(_ status: String, of id: String, code: Int64? = nil) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(id), "status": .string(status), "timestamp": "1767255002",
      "recipient_id": .string(WhatsAppVisitor.person),
    ]
    if let code { members["errors"] = [["code": .integer(code), "title": "x"]] }
    return .object(members)
  }
}
