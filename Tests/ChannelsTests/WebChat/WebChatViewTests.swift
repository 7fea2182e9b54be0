import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Testing

struct WebChatViewTests {
  private static let chat = "chat-aaaaaaaaaaaaaaaa"
  private static let question = Reply(
    "**Tea**, <i>or</i> \"coffee\"?", choices: [Choice("tea", "Tea"), .command("menu", "Menu")])

  @Test func `a conversation is shown from both sides, in order`() throws {
    let rehearsal = try rehearsal()
    try rehearsal.say("سلام", languageHint: "fa")
    try rehearsal.press("Tea")
    let messages = try messages(rehearsal)
    #expect(messages.map { $0["from"]?.string } == ["person", "bot", "person", "bot"])
    #expect(messages.map { $0["id"]?.string } == ["1", "2", "3", "4"])
    #expect(
      messages.map { $0["text"]?.string } == [
        "سلام", "Tea, <i>or</i> \"coffee\"?", "Tea", "Thank you",
      ])
    #expect(
      messages[1]
        == [
          "id": "2", "from": "bot", "text": "Tea, <i>or</i> \"coffee\"?",
          "markup": "**Tea**, <i>or</i> \"coffee\"?", "language": "fa", "media": .null,
          "choices": [["id": "2:tea", "title": "Tea"], ["id": "/menu", "title": "Menu"]],
          "chosen": "2:tea", "at": .integer(Rehearsal.start.milliseconds),
        ])
    #expect(
      messages[0]
        == [
          "id": "1", "from": "person", "text": "سلام", "media": .null, "choices": [],
          "clientId": "1", "at": .integer(Rehearsal.start.milliseconds),
        ])
  }

  @Test func `a command's button shows its title, a typed one itself`() throws {
    let rehearsal = try rehearsal()
    try rehearsal.say("hello")
    try rehearsal.press("Menu")
    try rehearsal.say("/menu now")
    try rehearsal.send(.choice(.init(token: "99:forged")))
    let said = try messages(rehearsal).filter { $0["from"] == "person" }
    #expect(said.map { $0["text"]?.string } == ["hello", "Menu", "/menu now", "99:forged"])
  }

  @Test func `a file is shown by its address, for this chat alone`() throws {
    let image = OutgoingMedia(
      kind: .image, mediaType: "image/png", fileName: "a \"b\".png", bytes: [1])
    let engine = try TestEngine.make(
      saying: Reply("Look", media: image), [.webchat: WebChat.capabilities])
    let rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations, chat: Self.chat)
    try rehearsal.say("hello")
    #expect(
      try messages(rehearsal)[1]["media"] == [
        "url": .string("/gateway/webchat/\(Self.chat)/media/2"), "kind": "image",
        "name": "a \"b\".png",
      ])
    func file(_ chat: String, _ position: Int) throws -> OutgoingMedia? {
      try rehearsal.database.readBlocking {
        try ChatHistory.file(channel: .webchat, chatID: chat, position: position, in: $0)
      }
    }
    #expect(try file(Self.chat, 2) == image)
    #expect(try file(Self.chat, 1) == nil)
    #expect(try file("chat-bbbbbbbbbbbbbbbb", 2) == nil)
  }

  @Test func `one goes on after what one has, and begins with the newest`() throws {
    let rehearsal = try rehearsal()
    for number in 1...150 { try rehearsal.say("message \(number)") }
    let newest = try messages(rehearsal)
    #expect(newest.count == 200)
    #expect(newest.first?["id"] == "101")
    #expect(newest.last?["id"] == "300")
    let after = try messages(rehearsal, after: 0, limit: 3)
    #expect(after.map { $0["id"]?.string } == ["1", "2", "3"])
    #expect(try messages(rehearsal, after: 300).isEmpty)
    #expect(try messages(rehearsal, after: 0, limit: 100_000).count == 200)
    #expect(try messages(rehearsal, after: 0, limit: -1).isEmpty)
  }

  @Test func `a colleague's words are told from the bot's`() throws {
    let rehearsal = try rehearsal()
    try rehearsal.say("hello")
    try rehearsal.database.writeBlocking {
      try $0.execute("UPDATE messages SET author = 'staff-1' WHERE author = 'bot'")
    }
    let last = try #require(try messages(rehearsal).last)
    #expect(last["from"] == "staff")
    #expect(last["markup"] == nil)
  }

  @Test func `nobody sees another's chat`() throws {
    let rehearsal = try rehearsal()
    try rehearsal.say("hello")
    let other = try rehearsal.database.readBlocking {
      try WebChatView.messages(chatID: "chat-bbbbbbbbbbbbbbbb", in: $0)
    }
    #expect(other == "{\"messages\":[]}")
  }

  private func rehearsal() throws -> Rehearsal {
    try Rehearsal(
      engine: TestEngine.make(saying: Self.question, [.webchat: WebChat.capabilities]),
      migrations: ConversationSchema.migrations, channel: .webchat, chat: Self.chat)
  }

  private func messages(
    _ rehearsal: Rehearsal, after: Int? = nil, limit: Int = WebChatView.limitMax
  ) throws -> [JSONValue] {
    let json = try rehearsal.database.readBlocking {
      try WebChatView.messages(chatID: Self.chat, after: after, limit: limit, in: $0)
    }
    return try JSONValue(parsing: Array(json.utf8))["messages"]?.items ?? []
  }
}
