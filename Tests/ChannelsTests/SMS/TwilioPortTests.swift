import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Testing

struct TwilioPortTests {
  private static let number = SMSTalk.american

  @Test func `a message goes out with the address its status is wanted at`() async throws {
    try await TwilioStandin.with { standin in
      let talk = try SMSTalk(
        twilio: standin, saying: Reply("It’s **fine**"), number: Self.number,
        statusURL: "https://tutor.example/gateway/webhook/sms/twilio")
      #expect(try await talk.deliver() == [.accepted(providerID: standin.messages[0].sid)])
      let call = try #require(standin.calls.all.first)
      #expect(call.form["Body"] == "It's fine")
      #expect(call.form["To"] == Self.number)
      #expect(call.form["From"] == TwilioStandin.number)
      #expect(
        call.form["StatusCallback"]?.hasPrefix(
          "https://tutor.example/gateway/webhook/sms/twilio?key=") == true)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [
    SMSFault.closeAfter, .garbageAfter(status: 502), .garbageAfter(status: 200), .closeBefore,
    .refuse(status: 500, code: 20500), .refuse(status: 503, code: 20503),
  ])
  func `whatever happens to the first try, one message arrives`(_ fault: SMSFault) async throws {
    try await TwilioStandin.with { standin in
      standin.script(fault)
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: Self.number)
      talk.clock.moveToMachine()
      guard case .failed? = try await talk.deliver().first else {
        Issue.record("the first try did not fail")
        return
      }
      talk.clock.advance(milliseconds: 60_000)
      #expect(try await talk.deliver() == [.accepted(providerID: standin.messages[0].sid)])
      #expect(standin.messages.count == 1)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `the same words sent on purpose are sent twice`() async throws {
    try await TwilioStandin.with { standin in
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: Self.number)
      talk.clock.moveToMachine()
      _ = try await talk.deliver()
      try talk.rehearsal.say("/menu")
      standin.script(.closeBefore)
      _ = try await talk.deliver()
      talk.clock.advance(milliseconds: 60_000)
      _ = try await talk.deliver()
      #expect(standin.messages.filter { $0.body == "Hi" }.count == 2)
    }
  }

  @Test func `a look that fails keeps the message from going out twice`() async throws {
    try await TwilioStandin.with { standin in
      standin.script(.closeAfter)
      standin.script(.refuse(status: 500, code: 20500), operation: "GET Messages")
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: Self.number)
      talk.clock.moveToMachine()
      for _ in 0..<3 {
        _ = try await talk.deliver()
        talk.clock.advance(milliseconds: 60_000)
      }
      #expect(standin.messages.count == 1)
      #expect(
        standin.calls.all.map(\.operation) == ["POST Messages", "GET Messages", "GET Messages"])
    }
  }

  @Test func `a status that names our key tells that a message whose answer was lost has gone out`()
    async throws
  {
    try await TwilioStandin.with { standin in
      standin.script(.closeAfter)
      let talk = try SMSTalk(
        twilio: standin, saying: Reply("Hi"), number: Self.number,
        statusURL: "https://tutor.example/x")
      _ = try await talk.deliver()
      let sent = try #require(standin.messages.first)
      let url = try #require(sent.statusCallback)
      let query = try FormFields(Array(url.split(separator: "?")[1].utf8))
      let form = TwilioStandin.status("sent", of: sent).map { "\($0.name)=\($0.value)" }
        .joined(separator: "&").replacing("+", with: "%2B")
      let decoded = try TwilioInbound.decode(
        FormFields(Array(form.utf8)), query: query, at: talk.clock.now)
      guard case .report(let report, let key) = decoded else {
        Issue.record("no report")
        return
      }
      try talk.rehearsal.database.writeBlocking {
        _ = try SMSReports.take(report, by: .twilio, key: key, isFinal: false, in: $0)
      }
      talk.clock.advance(milliseconds: 60_000)
      #expect(try await talk.deliver() == [.accepted(providerID: sent.sid)])
      #expect(standin.calls.all.count == 1)
    }
  }

  @Test(arguments: [
    (400, 21211, SendOutcome.unreachablePerson(reason: "21211")),
    (400, 21610, .unreachablePerson(reason: "21610")),
    (400, 21614, .unreachablePerson(reason: "21614")),
    (400, 21617, .refused(reason: "21617")), (400, 21408, .refused(reason: "21408")),
    (400, 21606, .holdChannel(delayMs: 300_000)), (401, 20003, .holdChannel(delayMs: 300_000)),
    (404, 20404, .holdChannel(delayMs: 300_000)), (429, 20429, .holdChannel(delayMs: 10_000)),
  ])
  func `Twilio's codes mean what they say`(
    _ status: Int, _ code: Int, _ outcome: SendOutcome
  ) async throws {
    try await TwilioStandin.with { standin in
      standin.script(.refuse(status: status, code: code))
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: Self.number)
      #expect(try await talk.deliver() == [outcome])
    }
  }

  @Test
  func `Iran's numbers go by Kavenegar, others by Twilio, and one does not hold up the other`()
    async throws
  {
    try await KavenegarStandin.with { kavenegar in
      try await TwilioStandin.with { twilio in
        kavenegar.script(.kavenegar(418))
        let iranian = try SMSTalk(kavenegar: kavenegar, twilio: twilio, saying: Reply("Hi"))
        #expect(try await iranian.deliver() == [.holdChat(delayMs: 300_000)])
        #expect(twilio.calls.all.isEmpty)
        let american = try SMSTalk(
          kavenegar: kavenegar, twilio: twilio, saying: Reply("Hi"), number: Self.number)
        #expect(try await american.deliver() == [.accepted(providerID: twilio.messages[0].sid)])
        #expect(kavenegar.calls.all.count == 1)
      }
    }
  }

  @Test(arguments: [
    ("sent", nil, DeliveryReport.State.sent), ("delivered", nil, .delivered),
    ("read", nil, .read),
    ("undelivered", 30003, .failed(.passing(delayMs: 600_000), reason: "undelivered 30003")),
    ("undelivered", 30005, .failed(.unreachable, reason: "undelivered 30005")),
    ("failed", 30007, .failed(.final, reason: "failed 30007")),
    ("canceled", nil, .failed(.final, reason: "canceled")),
  ])
  func `a status is a report`(
    _ status: String, _ errorCode: Int?, _ state: DeliveryReport.State
  ) throws {
    let error = errorCode.map { "&ErrorCode=\($0)" } ?? ""
    let form = try FormFields(Array("MessageSid=SM1&MessageStatus=\(status)\(error)".utf8))
    let now = TestClock().now
    let decoded = try TwilioInbound.decode(form, query: FormFields([]), at: now)
    let report = DeliveryReport(channel: .sms, providerID: "SM1", state: state, at: now)
    #expect(decoded == .report(report, key: nil))
  }
}
