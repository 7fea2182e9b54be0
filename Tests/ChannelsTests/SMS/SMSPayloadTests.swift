import Channels
import Conversation
import Foundation
import Rehearsal
import Standins
import Storage
import Testing

/// What the providers' own samples are taken for.
@Suite(.enabled(if: Project.shared != nil))
struct SMSPayloadTests {
  private let now = Rehearsal.start
  private let none: FormFields

  init() throws { none = try FormFields([]) }

  private func twilio(_ name: String) throws -> TwilioInbound.Decoded {
    let payload = try #require(try TestSMS.payload("twilio/\(name).json"))
    let body = try #require(payload["raw_body"]?.string)
    return try TwilioInbound.decode(FormFields(Array(body.utf8)), query: none, at: now)
  }

  @Test(arguments: [
    ("inbound_sms", "Test", "SMedbc692d9f072246566a5b8c9f69c312"),
    ("inbound_sms_persian_plus_sign", "سلام 1+1", "SM681a1f26d9ec591431ce406e8f399525"),
  ])
  func `Twilio's messages are texts of a person`(
    _ name: String, _ text: String, _ sid: String
  ) throws {
    #expect(
      try twilio(name)
        == .inbounds([
          Inbound(
            channel: .sms, key: "twilio/\(sid)", sender: .init(externalID: "+15005550001"),
            content: .text(text))
        ]))
  }

  @Test func `Twilio's status is a report`() throws {
    let report = DeliveryReport(
      channel: .sms, providerID: "SMe287d7109a5a925f182f0e07fe5b223b", state: .delivered, at: now)
    #expect(try twilio("status_delivered") == .report(report, key: nil))
  }

  @Test func `Twilio's requests that are no message are refused`() throws {
    let payload = try #require(try TestSMS.payload("twilio/signature_form_duplicate_keys.json"))
    let body = try #require(payload["raw_body"]?.string)
    #expect(throws: DecodingFault.missingFields) {
      try TwilioInbound.decode(FormFields(Array(body.utf8)), query: none, at: now)
    }
  }

  @Test(arguments: ["send_ok_two_receptors", "verify_lookup_ok"])
  func `Kavenegar's answers to a message name it`(_ name: String) async throws {
    try await KavenegarStandin.with { standin in
      let payload = try #require(try TestSMS.payload("kavenegar/\(name).json"))
      standin.script(.answer(status: 200, payload))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try await talk.deliver() == [.accepted(providerID: "8792343")])
    }
  }

  @Test func `Kavenegar's refusal of a number is for good`() async throws {
    try await KavenegarStandin.with { standin in
      let payload = try #require(try TestSMS.payload("kavenegar/error_411_invalid_receptor.json"))
      standin.script(.answer(status: 411, try #require(payload["body"])))
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(
        try await talk.deliver() == [.unreachablePerson(reason: "411 the number is not valid")])
    }
  }

  @Test func `Kavenegar's statuses are reports, once for each message`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      try await stage.send(ids: [85_463_238, 85_463_239])
      standin.script(
        .answer(status: 200, try #require(try TestSMS.payload("kavenegar/status_ok.json"))),
        method: "sms/status")
      stage.clock.advance(milliseconds: 60_000)
      #expect(await stage.polling.fetchStatuses() == .done)
      #expect(stage.reports.map(\.providerID) == ["85463238", "85463239"])
      #expect(stage.reports.map(\.state) == [.delivered, .sent])
    }
  }

  @Test func `Kavenegar's masked senders are nobody`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      let payload = try #require(try TestSMS.payload("kavenegar/receive_poll_ok.json"))
      standin.script(.answer(status: 200, payload), method: "sms/receive", times: 2)
      #expect(await stage.polling.fetchMessages() == .done)
      #expect(stage.accepted.isEmpty)
    }
  }

  @Test func `Kavenegar's credit is read from an object, not a list`() async throws {
    try await KavenegarStandin.with { standin in
      let payload = try #require(try TestSMS.payload("kavenegar/account_info_ok.json"))
      standin.script(.answer(status: 200, payload), method: "account/info")
      #expect(await TestSMS.client(standin).remainingCredit().rial == 1_500_000)
    }
  }

  @Test func `Twilio's answer names the message`() async throws {
    try await TwilioStandin.with { standin in
      let payload = try #require(try TestSMS.payload("twilio/api_response_message_created.json"))
      standin.script(.answer(status: 201, payload))
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: SMSTalk.american)
      let sid = try #require(payload["sid"]?.string)
      #expect(try await talk.deliver() == [.accepted(providerID: sid)])
    }
  }
}
