import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Synchronization
import Testing
import Transport

struct WhatsAppPortTests {
  @Test func `a question with few answers has buttons`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let reply = Reply(
        "**Tea** or _coffee_?", choices: [Choice("tea", "Tea"), .command("menu", "Menu")])
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: reply)
      #expect(try await talk.deliver() == [.accepted(providerID: "wamid.STANDIN1")])
      let call = try #require(standin.calls(.message).first)
      #expect(call.recipient == WhatsAppSample.person)
      #expect(call.text == "*Tea* or _coffee_?")
      #expect(call.body["interactive"]?["type"] == "button")
      #expect(call.choices.map(\.id) == ["2:tea", "/menu"])
      #expect(call.body["biz_opaque_callback_data"]?.string?.hasSuffix(".2.1") == true)
      #expect(standin.violations == [])
    }
  }

  @Test(arguments: [(4, 5), (10, 5), (2, 24)])
  func `more or longer answers become a list`(_ count: Int, _ titleLength: Int) async throws {
    try await WhatsAppAPIStandin.with { standin in
      let reply = Reply("?", choices: Self.choices(count, titleLength))
      _ = try await WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: reply, language: "fa"
      ).deliver()
      let call = try #require(standin.calls(.message).first)
      #expect(call.body["interactive"]?["type"] == "list")
      #expect(call.body["interactive"]?["action"]?["button"] == "انتخاب کنید")
      #expect(call.choices.map(\.title) == reply.choices.map(\.title))
      #expect(standin.violations == [])
    }
  }

  @Test(arguments: [(11, 5), (2, 25)])
  func `what fits no list is numbered`(_ count: Int, _ titleLength: Int) async throws {
    try await WhatsAppAPIStandin.with { standin in
      let reply = Reply("?", choices: Self.choices(count, titleLength))
      _ = try await WhatsAppTalk(TestWhatsApp.port(standin.url), saying: reply).deliver()
      let call = try #require(standin.calls(.message).first)
      #expect(call.type == "text")
      #expect(call.text?.contains("\n\(count). \(reply.choices[count - 1].title)") == true)
      #expect(standin.violations == [])
    }
  }

  @Test func `titles too wide for a row are numbered, not cut`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let flags = String(repeating: "🇮🇷", count: 20)
      let reply = Reply("?", choices: [Choice("a", flags), Choice("b", "B")])
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: reply)
      #expect(try await talk.deliver().count == 1)
      #expect(standin.calls(.message).first?.text == "?\n\n1. \(flags)\n2. B")
      #expect(standin.violations == [])
    }
  }

  @Test func `a long text under buttons is parted, and the last part has them`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let words = (1...700).map { "word\($0)" }.joined(separator: " ")
      let reply = Reply(words, choices: [Choice("a", "A")])
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: reply)
      #expect(try await talk.deliver().count == 3)
      let calls = standin.calls(.message)
      let sent = calls.compactMap(\.text).joined(separator: " ")
      #expect(sent.split(separator: " ").joined(separator: " ") == words)
      #expect(calls.map { $0.choices.count } == calls.dropLast().map { _ in 0 } + [1])
      #expect(standin.violations == [])
    }
  }

  @Test(arguments: [
    String(repeating: "a", count: 4_096), String(repeating: "**a** ", count: 1_000),
    "{\"quoted\"} \\\\ \u{1} <b>", "سلام **دنیا** this is\nHello سلام",
  ])
  func `whatever is said can be sent`(_ text: String) async throws {
    try await WhatsAppAPIStandin.with { standin in
      let talk = try WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: Reply(text), language: "fa")
      for outcome in try await talk.deliver() {
        guard case .accepted = outcome else {
          Issue.record("\(outcome)")
          continue
        }
      }
      #expect(standin.violations == [])
    }
  }

  @Test func `whoever keeps their number to themselves is written to by their id`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let id = "IR.13491208655302741918"
      _ = try await WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: Reply("Hi"), chat: id
      ).deliver()
      #expect(standin.calls(.message).first?.body["recipient"] == .string(id))
      #expect(standin.calls(.message).first?.body["to"] == nil)
      #expect(standin.violations == [])
    }
  }

  @Test func `a template goes out with its values on one line`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: Reply("Hi"))
      let outcomes = try await talk.deliver {
        $0.template = TemplateCall(
          name: "reply_to_open", language: "fa", parameters: ["Sara\n\tA     B", " "])
      }
      #expect(outcomes == [.accepted(providerID: "wamid.STANDIN1")])
      let template = standin.calls(.message).first?.body["template"]
      #expect(template?["language"] == ["policy": "deterministic", "code": "fa"])
      #expect(
        template?["components"]?[0]?["parameters"] == [
          ["type": "text", "text": "Sara A B"], ["type": "text", "text": "–"],
        ])
      #expect(standin.violations == [])
    }
  }

  @Test func `where somebody is can be asked for, other answers stay readable`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let reply = Reply("Where are you?", choices: [Choice("skip", "Skip")])
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: reply)
      _ = try await talk.deliver { $0.asksForLocation = true }
      let call = try #require(standin.calls(.message).first)
      #expect(call.body["interactive"]?["type"] == "location_request_message")
      #expect(call.text == "Where are you?\n\n1. Skip")
      #expect(standin.violations == [])
    }
  }

  @Test func `an empty message is refused before it is sent`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: Reply(" \n"))
      guard case .refused = try await talk.deliver().first else {
        Issue.record("not refused")
        return
      }
      #expect(standin.calls.isEmpty)
    }
  }

  private static func choices(_ count: Int, _ titleLength: Int) -> [Choice] {
    (0..<count).map { number in
      let title = "\(number)" + String(repeating: "x", count: titleLength)
      return Choice("c\(number)", String(title.prefix(titleLength)))
    }
  }
}
