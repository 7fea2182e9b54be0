import Channels
import Conversation
import Foundation
import Rehearsal
import Testing

struct WebChatMessageTests {
  private static let chat = "Zx9_-aaaaaaaaaaaaaaaaa"

  @Test func `typed words are text under the page's own id`() throws {
    let inbound = try decode(#"{"id":"c-1:2.3_Z","text":" سلام "}"#)
    #expect(inbound.channel == .webchat)
    #expect(inbound.key == "\(Self.chat)/c-1:2.3_Z")
    #expect(inbound.sender == .init(externalID: Self.chat, languageHint: "fa-IR"))
    #expect(inbound.content == .text(" سلام "))
  }

  @Test func `commands and choices are what they are elsewhere`() throws {
    #expect(
      try decode(#"{"id":"1","text":"/Menu"}"#).content == .command(name: "menu", argument: ""))
    #expect(
      try decode(#"{"id":"1","choice":"12:tea"}"#).content == .choice(.init(token: "12:tea")))
    #expect(
      try decode(#"{"id":"1","choice":"12:tea","text":null}"#).content
        == .choice(.init(token: "12:tea")))
  }

  @Test(arguments: [
    "{}", "[]", "null", #"{"text":"a"}"#, #"{"id":"1"}"#, #"{"id":"","text":"a"}"#,
    #"{"id":"a b","text":"a"}"#, #"{"id":"a/b","text":"a"}"#, #"{"id":"é","text":"a"}"#,
    #"{"id":5,"text":"a"}"#, #"{"id":"1","text":""}"#, #"{"id":"1","text":" \n "}"#,
    #"{"id":"1","text":7}"#, #"{"id":"1","choice":""}"#, #"{"id":"1","choice":["a"]}"#,
    #"{"id":"1","text":"a","choice":"b"}"#,
  ])
  func `what lacks something is told so`(_ body: String) {
    #expect(throws: DecodingFault.missingFields) { try decode(body) }
  }

  @Test func `limits hold to the letter`() throws {
    func body(_ id: Int, text: Int? = nil, choice: Int? = nil) -> String {
      let name = text == nil ? "choice" : "text"
      let value = String(repeating: "a", count: text ?? choice ?? 0)
      return "{\"id\":\"\(String(repeating: "i", count: id))\",\"\(name)\":\"\(value)\"}"
    }
    for good in [body(64, text: 4_000), body(1, choice: 64)] { _ = try decode(good) }
    for bad in [body(65, text: 1), body(1, text: 4_001), body(1, choice: 65)] {
      #expect(throws: DecodingFault.missingFields) { try decode(bad) }
    }
  }

  @Test(arguments: [
    "", "{", "id=1&text=a", "{\"id\":\"1\",\"text\":\"\u{1}\"}", "{\"id\":\"1\"} x",
  ])
  func `what is not JSON is told so`(_ body: String) {
    #expect(throws: DecodingFault.notJSON) { try decode(body) }
  }

  @Test func `a visitor's id is long and plain`() {
    for good in [String(repeating: "a", count: 16), String(repeating: "Z", count: 128), Self.chat] {
      #expect(WebChat.isChatID(good))
    }
    for bad in [
      "", String(repeating: "a", count: 15), String(repeating: "a", count: 129),
      "aaaaaaaaaaaaaaaa/", "aaaaaaaaaaaaaaa a", "aaaaaaaaaaaaaaaaé", "../../../../../../etc",
    ] {
      #expect(!WebChat.isChatID(bad))
    }
  }

  @Test func `our own samples are read`() throws {
    #expect(
      try decode(Project.text("Webhooks/webchat/text.json")).content
        == .text("سلام، از کجا شروع کنم؟"))
    #expect(
      try decode(Project.text("Webhooks/webchat/choice.json")).content
        == .choice(.init(token: "12:tea")))
  }

  private func decode(_ body: String) throws -> Inbound {
    try WebChatMessage.decode(Array(body.utf8), chatID: Self.chat, languageHint: "fa-IR")
  }
}
