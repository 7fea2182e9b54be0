import Channels
import Conversation
import Standins
import Storage
import Testing

struct KavenegarPortTests {
  @Test func `a question goes out as plain text with numbered choices`() async throws {
    try await KavenegarStandin.with { standin in
      let reply = Reply(
        "**Tea** or _coffee_?", choices: [Choice("tea", "Tea"), Choice("coffee", "Coffee")])
      let talk = try SMSTalk(kavenegar: standin, saying: reply)
      let outcomes = try await talk.deliver()
      let message = try #require(standin.messages.first)
      #expect(outcomes == [.accepted(providerID: "\(message.id)")])
      #expect(message.text == "Tea or coffee?\n\n1. Tea\n2. Coffee")
      #expect(message.receptor == "09123456789")
      #expect(message.localID > 0)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `Persian goes out as it was written`() async throws {
    try await KavenegarStandin.with { standin in
      let text = "می‌خواهید درس را شروع کنید؟"
      let talk = try SMSTalk(
        kavenegar: standin, saying: Reply(text, choices: [Choice("y", "بله")]), language: "fa")
      _ = try await talk.deliver()
      #expect(standin.messages.first?.text == text + "\n\n1. بله")
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `more than a message holds is parted, in order`() async throws {
    try await KavenegarStandin.with { standin in
      let words = (1...400).map { "واژه\($0)" }.joined(separator: " ")
      let talk = try SMSTalk(kavenegar: standin, saying: Reply(words), language: "fa")
      #expect(try await talk.deliver().count > 2)
      let sent = standin.messages.map(\.text).joined(separator: " ")
      #expect(sent.split(separator: " ").joined(separator: " ") == words)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [
    SMSFault.kavenegar(409), .kavenegar(402), .closeBefore, .closeAfter, .garbageAfter(status: 502),
    .garbageAfter(status: 200),
  ])
  func `whatever happens to the first try, one message arrives`(_ fault: SMSFault) async throws {
    try await KavenegarStandin.with { standin in
      standin.script(fault)
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      guard case .failed? = try await talk.deliver().first else {
        Issue.record("the first try did not fail")
        return
      }
      talk.clock.advance(milliseconds: 60_000)
      let message = try #require(try await talk.deliver().first)
      #expect(standin.messages.count == 1)
      #expect(message == .accepted(providerID: "\(standin.messages[0].id)"))
      #expect(Set(standin.calls.all.map { $0.form["localid"] }).count == 1)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `without credit all waits, an alarm is raised, and lowered when it goes on`()
    async throws
  {
    try await KavenegarStandin.with { standin in
      standin.script(.kavenegar(418))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.holdChannel(delayMs: 300_000)])
      #expect(talk.alarms.all == [.creditExhausted])
      #expect(talk.holds.alarm(of: .kavenegar) == .creditExhausted)
      #expect(try await talk.deliver().isEmpty)
      talk.clock.advance(milliseconds: 300_000)
      #expect(try await talk.deliver().count == 1)
      #expect(talk.alarms.all == [.creditExhausted, nil])
      #expect(standin.messages.count == 1)
    }
  }

  @Test(arguments: [401, 403, 407, 412, 416, 426, 427, 429, 430, 501])
  func `what operators have to put right keeps the message`(_ code: Int) async throws {
    try await KavenegarStandin.with { standin in
      standin.script(.kavenegar(code))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.holdChannel(delayMs: 300_000)])
      #expect(talk.alarms.all == [.misconfigured])
    }
  }

  @Test(arguments: [400, 413, 420, 422, 607])
  func `what this message holds is refused for good`(_ code: Int) async throws {
    try await KavenegarStandin.with { standin in
      standin.script(.kavenegar(code))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.refused(reason: "\(code)")])
      #expect(talk.alarms.all.isEmpty)
    }
  }

  @Test func `too many calls make all wait a minute`() async throws {
    try await KavenegarStandin.with { standin in
      standin.script(.kavenegar(451))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.holdChannel(delayMs: 60_000)])
      #expect(talk.alarms.all.isEmpty)
    }
  }

  @Test func `another country is not Kavenegar's`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"), number: SMSTalk.american)
      #expect(
        try await talk.deliver() == [.refused(reason: "no provider for this country is set up")])
      #expect(standin.calls.all.isEmpty)
    }
  }

  @Test func `no more than the window's share goes out, whoever restarts meanwhile`()
    async throws
  {
    try await KavenegarStandin.with { standin in
      let words = (1...400).map { "واژه\($0)" }.joined(separator: " ")
      let talk = try SMSTalk(
        kavenegar: standin, saying: Reply(words), language: "fa",
        window: SMSWindow(count: 2, milliseconds: 900_000))
      let outcomes = try await talk.deliver()
      #expect(outcomes.count == 3)
      #expect(outcomes.last == .holdChannel(delayMs: 900_000))
      #expect(standin.messages.count == 2)
      talk.clock.advance(milliseconds: 899_999)
      #expect(try await talk.deliver().isEmpty)
      talk.clock.advance(milliseconds: 1)
      #expect(try await talk.deliver().count >= 2)
      #expect(standin.messages.count >= 3)
    }
  }

  @Test func `the key is in no log and in no outcome`() async throws {
    try await KavenegarStandin.with { standin in
      for fault in [SMSFault.closeBefore, .closeAfter, .garbageAfter(status: 404)] {
        standin.script(fault)
        let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
        let told = try await talk.deliver().map { "\($0)" } + talk.logs.lines
        #expect(!told.joined().contains(KavenegarStandin.key))
      }
      let client = TestSMS.client(standin)
      var dumped = ""
      dump(client, to: &dumped)
      #expect(!(dumped + "\(client)").contains(KavenegarStandin.key))
    }
  }
}
