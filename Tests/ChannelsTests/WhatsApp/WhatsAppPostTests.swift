import Channels
import Conversation
import Standins
import Storage
import Testing

struct WhatsAppPostTests {
  @Test func `everything bundled in a post is found, in its order`() throws {
    let decoded = try WhatsAppSample.decode(
      WhatsAppSample.value(messages: [
        WhatsAppSample.text("one", id: "wamid.1"), WhatsAppSample.text("two", id: "wamid.2"),
      ]),
      WhatsAppSample.value(statuses: [
        WhatsAppSample.status("read"), WhatsAppSample.status("delivered"),
      ]),
      WhatsAppSample.value(messages: [WhatsAppSample.text("three", id: "wamid.3")]))
    #expect(decoded.messages.map(\.inbound.key) == ["wamid.1", "wamid.2", "wamid.3"])
    #expect(decoded.reports.map(\.state) == [.read, .delivered])
    #expect(decoded.reports.map(\.at.milliseconds) == [1_767_255_001_000, 1_767_255_001_000])
  }

  @Test func `what is for another number is left alone`() throws {
    let decoded = try WhatsAppSample.decode(
      WhatsAppSample.value(
        messages: [WhatsAppSample.text("hello")], statuses: [WhatsAppSample.status("failed")],
        number: "999"))
    #expect(decoded.messages.isEmpty && decoded.reports.isEmpty)
    #expect(decoded.ignored == [.foreignNumber])
  }

  @Test func `one message of a wrong form does not take the others with it`() throws {
    let decoded = try WhatsAppSample.decode(
      WhatsAppSample.value(messages: [
        WhatsAppSample.text("one", id: "wamid.1"), WhatsAppSample.message("text", [:]),
        WhatsAppSample.text("three", id: "wamid.3"),
      ]))
    #expect(decoded.messages.map(\.inbound.key) == ["wamid.1", "wamid.3"])
    #expect(decoded.malformedCount == 1)
  }

  @Test func `a message taken out of a post is a post of its own`() throws {
    let decoded = try WhatsAppSample.decode(
      WhatsAppSample.value(messages: [
        WhatsAppSample.text("one", id: "wamid.1"), WhatsAppSample.text("دو", id: "wamid.2"),
      ]))
    let alone = try WhatsAppPost.decode(
      Array(decoded.messages[1].payload.utf8), phoneNumberID: WhatsAppSample.number)
    #expect(alone.messages.map(\.inbound) == [decoded.messages[1].inbound])
  }

  @Test(arguments: [
    "", "{", "nonsense", "[1,2", "{\"object\":\"whatsapp_business_account\",}", "\u{FEFF}{}",
  ])
  func `what is not JSON is told apart`(_ text: String) {
    #expect(throws: DecodingFault.notJSON) {
      try WhatsAppPost.decode(Array(text.utf8), phoneNumberID: "1")
    }
  }

  @Test(arguments: [
    "{}", "[]", "null", #"{"object":"whatsapp_business_account"}"#,
    #"{"object":"whatsapp_business_account","entry":{}}"#,
    #"{"object":"whatsapp_business_account","entry":[{}]}"#,
    #"{"object":"whatsapp_business_account","entry":[{"changes":[{}]}]}"#,
    #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages"}]}]}"#,
    #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":"#
      + #"{"metadata":{"phone_number_id":1}}}]}]}"#,
  ])
  func `an envelope without its parts is refused`(_ text: String) {
    #expect(throws: DecodingFault.missingFields) {
      try WhatsAppPost.decode(Array(text.utf8), phoneNumberID: "1")
    }
  }

  @Test func `objects and fields nobody knows are left alone`() throws {
    let page = #"{"object":"page","entry":[{"id":"1"}]}"#
    #expect(
      try WhatsAppPost.decode(Array(page.utf8), phoneNumberID: "1").ignored == [.unknownObject])
    let field =
      #"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"news","value":7}]}]}"#
    #expect(
      try WhatsAppPost.decode(Array(field.utf8), phoneNumberID: "1").ignored == [.unknownField])
  }

  @Test func `every beginning of a post is refused, and none crashes`() throws {
    let post = try WhatsAppSample.post(
      WhatsAppSample.value(
        messages: [WhatsAppSample.text("سلام 🌱")], statuses: [WhatsAppSample.status("read")]))
    for length in 0..<post.count {
      #expect(throws: DecodingFault.notJSON) {
        try WhatsAppPost.decode(Array(post.prefix(length)), phoneNumberID: WhatsAppSample.number)
      }
    }
  }
}
