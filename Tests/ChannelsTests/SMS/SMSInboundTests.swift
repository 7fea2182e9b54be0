import Channels
import Conversation
import Standins
import Storage
import Testing

struct SMSInboundTests {
  private let now = TestClock().now

  private func twilio(_ form: String) throws -> TwilioInbound.Decoded {
    try TwilioInbound.decode(FormFields(Array(form.utf8)), query: FormFields([]), at: now)
  }

  private func kavenegar(_ form: String) throws -> KavenegarInbound.Decoded {
    try KavenegarInbound.decode(FormFields(Array(form.utf8)), at: now)
  }

  private func contents(_ decoded: TwilioInbound.Decoded) -> [Content] {
    if case .inbounds(let inbounds) = decoded { inbounds.map(\.content) } else { [] }
  }

  @Test func `each file of a message is one, the words belong to the first`() throws {
    let form = """
      MessageSid=MM1&From=%2B15005550001&Body=look&NumMedia=2\
      &MediaUrl0=https%3A%2F%2Fa%2F0&MediaContentType0=image%2Fjpeg\
      &MediaUrl1=https%3A%2F%2Fa%2F1&MediaContentType1=application%2Fpdf
      """
    guard case .inbounds(let inbounds) = try twilio(form) else {
      Issue.record("no message")
      return
    }
    #expect(inbounds.map(\.key) == ["twilio/MM1", "twilio/MM1/1"])
    #expect(
      inbounds.map(\.content) == [
        .attachment(.init(kind: .image, fileID: "https://a/0", caption: "look")),
        .attachment(.init(kind: .document, fileID: "https://a/1")),
      ])
  }

  @Test(arguments: [
    ("Body=%2Fmenu", Content.command(name: "menu", argument: "")),
    ("Body=", .unsupported(kind: "empty")),
    ("Body=REVOKE&OptOutType=STOP", .text("STOP")), ("Body=yes&OptOutType=START", .text("START")),
    ("Body=help&OptOutType=HELP", .text("help")),
  ])
  func `words are commands, a stop by Twilio's own list is a stop`(
    _ body: String, _ content: Content
  ) throws {
    #expect(contents(try twilio("MessageSid=SM1&From=%2B15005550001&\(body)")) == [content])
  }

  @Test(arguments: ["whatsapp%3A%2B15005550001", "72345", "GOOGLE", ""])
  func `what no answer can be sent to is left alone`(_ from: String) throws {
    #expect(
      try twilio("MessageSid=SM1&From=\(from)&Body=hi") == .ignored(sid: nil, key: nil))
  }

  @Test(arguments: [
    "", "From=%2B15005550001&Body=hi", "MessageSid=SM1&Body=hi", "MessageSid=%2E%2E&Body=x&From=x",
    "MessageSid=SM1&From=%2B15005550001&Body=&NumMedia=1",
  ])
  func `what lacks a field is refused`(_ form: String) throws {
    #expect(throws: DecodingFault.missingFields) { try twilio(form) }
  }

  @Test func `a field with two values is refused`() throws {
    #expect(throws: DecodingFault.notJSON) {
      try twilio("MessageSid=SM1&MessageSid=SM2&From=%2B15005550001&Body=hi")
    }
    #expect(throws: DecodingFault.notJSON) {
      try kavenegar("messageid=1&MessageId=2&from=09123456789&message=hi")
    }
  }

  @Test(arguments: ["queued", "sending", "accepted", "scheduled", "something_new"])
  func `a status that says nothing new is left alone`(_ status: String) throws {
    #expect(
      try twilio("MessageSid=SM1&MessageStatus=\(status)") == .ignored(sid: "SM1", key: nil))
  }

  @Test(arguments: [
    "messageid=35850015&from=09123456789&to=10004346&message=%D8%B3%D9%84%D8%A7%D9%85",
    "MessageID=35850015&From=%2B989123456789&To=10004346&Message=%D8%B3%D9%84%D8%A7%D9%85",
  ])
  func `Kavenegar's message is one however its fields are spelled`(_ form: String) throws {
    #expect(
      try kavenegar(form)
        == .inbound(
          Inbound(
            channel: .sms, key: "kavenegar/35850015",
            sender: .init(externalID: "+989123456789", languageHint: "fa"),
            content: .text("سلام"))))
  }

  @Test(arguments: [
    (1, nil, false), (4, DeliveryReport.State.sent, false), (5, .sent, false),
    (6, .failed(.final, reason: "6 failed"), true), (10, .delivered, true),
    (11, .failed(.final, reason: "11 the phone was off or out of reach"), true),
    (13, .failed(.final, reason: "13 cancelled"), true),
    (14, .failed(.unreachable, reason: "14 the person has blocked such messages"), true),
    (100, nil, true),
  ])
  func `Kavenegar's status is a report`(
    _ code: Int, _ state: DeliveryReport.State?, _ isFinal: Bool
  ) throws {
    let expected = state.map { state in
      KavenegarInbound.Decoded.report(
        DeliveryReport(channel: .sms, providerID: "5", state: state, at: now), isFinal: isFinal)
    }
    #expect(try kavenegar("messageid=5&status=\(code)") == expected ?? .ignored)
  }

  @Test(arguments: [
    "", "messageid=5", "messageid=x&status=1", "messageid=5&status=x", "from=0912&message=hi",
    "messageid=5&message=hi", "messageid=99999999999999999999&status=1",
  ])
  func `what Kavenegar cannot have meant is refused`(_ form: String) throws {
    #expect(throws: DecodingFault.missingFields) { try kavenegar(form) }
  }
}
