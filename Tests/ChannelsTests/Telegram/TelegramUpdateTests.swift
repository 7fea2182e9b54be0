import Channels
import Conversation
import Standins
import Testing

struct TelegramUpdateTests {
  @Test func `a text brings who wrote, in what language, under the number of its update`() throws {
    let expected = Inbound(
      channel: .telegram, key: "4880412900",
      sender: .init(externalID: "5512098346", name: "Sara", languageHint: "fa"),
      content: .text("سلام 👋"))
    #expect(try decode(Sample.text("سلام 👋")) == .inbound(expected))
  }

  @Test(arguments: [
    ("/menu", "menu", ""), ("/Start REF42abc", "start", "REF42abc"),
    ("/menu@parlance_bot", "menu", ""),
    ("/learn@parlance_bot  past simple ", "learn", "past simple"),
    ("/help\nplease", "help", "please"),
  ])
  func `a command has a name in lower case and an argument`(
    _ text: String, _ name: String, _ argument: String
  ) throws {
    #expect(try content(Sample.text(text)) == .command(name: name, argument: argument))
  }

  @Test(arguments: ["/", "/ menu", "/منو", "/path/to/file", "//", "and /menu", "/a-b"])
  func `what only looks like a command is text`(_ text: String) throws {
    #expect(try content(Sample.text(text)) == .text(text))
  }

  @Test func `what Telegram marks as a command is one whatever follows it`() throws {
    let update = Sample.message([
      "text": "/start,REF",
      "entities": [["type": "bot_command", "offset": 0, "length": 6]],
    ])
    #expect(try content(update) == .command(name: "start", argument: ",REF"))
  }

  @Test(arguments: [
    ("voice", Content.Attachment.Kind.voice), ("audio", .audio), ("video", .video),
    ("video_note", .video), ("document", .document),
  ])
  func `files become attachments`(_ member: String, _ kind: Content.Attachment.Kind) throws {
    let update = Sample.message([member: Sample.file, "caption": "look"])
    let expected = Content.Attachment(
      kind: kind, fileID: "F", caption: "look", durationSeconds: 7)
    #expect(try content(update) == .attachment(expected))
  }

  @Test func `of a photo the largest size is taken wherever it stands`() throws {
    let update = Sample.message([
      "photo": [
        ["file_id": "small", "width": 90, "height": 90],
        ["file_id": "large", "width": 800, "height": 600],
        ["file_id": "middle", "width": 320, "height": 320],
      ]
    ])
    #expect(try content(update) == .attachment(.init(kind: .image, fileID: "large")))
  }

  @Test(arguments: [
    "sticker", "animation", "poll", "dice", "story", "game", "checklist", "paid_media", "invoice",
  ])
  func `kinds a person sends and nobody reads are named`(_ kind: String) throws {
    #expect(try content(Sample.message([kind: ["file_id": "F"]])) == .unsupported(kind: kind))
  }

  @Test func `an animation is not taken for the document it also is`() throws {
    let update = Sample.message(["document": Sample.file, "animation": Sample.file])
    #expect(try content(update) == .unsupported(kind: "animation"))
  }

  @Test func `kinds of the future still get an answer`() throws {
    #expect(try content(Sample.message(["hologram": [:]])) == .unsupported(kind: "unknown"))
  }

  @Test func `places come as coordinates, a venue too`() throws {
    let place: JSONValue = ["latitude": 35.6892, "longitude": 51.389]
    let expected = Content.location(latitude: 35.6892, longitude: 51.389)
    #expect(try content(Sample.message(["location": place])) == expected)
    let venue = Sample.message(["location": place, "venue": ["location": place, "title": "T"]])
    #expect(try content(venue) == expected)
  }

  @Test(arguments: [
    (JSONValue.integer(Sample.chatID), true), (.integer(5), false), (.null, false),
  ])
  func `a contact is the person's own only when Telegram says so`(
    _ owner: JSONValue, _ isOwn: Bool
  ) throws {
    let update = Sample.message([
      "contact": ["phone_number": "989121234567", "first_name": "Sara", "user_id": owner]
    ])
    #expect(
      try content(update) == .contact(phone: "989121234567", name: "Sara", isOwn: isOwn))
  }

  @Test func `an edit is one, and a live location that moves is not`() throws {
    let edit = Sample.message(["text": "better", "edit_date": 1], kind: "edited_message")
    #expect(try content(edit) == .edited(text: "better"))
    let captioned = Sample.message(
      ["photo": [["file_id": "f1"]], "caption": "STOP", "edit_date": 1], kind: "edited_message")
    #expect(try content(captioned) == .edited(text: "STOP"))
    let moved = Sample.message(
      ["location": ["latitude": 1, "longitude": 2]], kind: "edited_message")
    #expect(try decode(moved) == .ignored(.editWithoutText))
  }

  @Test(arguments: [
    Optional<JSONValue>.none,
    ["message_id": 9, "date": 0, "chat": Sample.privateChat],
    ["message_id": 9, "date": 1_767_255_000, "chat": Sample.privateChat, "text": "Which?"],
  ])
  func `a press is one with its message, without it, and when it is out of reach`(
    _ message: JSONValue?
  ) throws {
    var body: [String: JSONValue] = ["id": "77", "from": Sample.person, "data": "12:tea"]
    body["message"] = message
    let decoded = try inbound(Sample.update("callback_query", body))
    #expect(decoded.content == .choice(.init(token: "12:tea", queryID: "77")))
    #expect(decoded.sender.externalID == "5512098346")
  }

  @Test func `a reaction is the newest one, and none when it is taken back`() throws {
    func reaction(_ new: JSONValue) -> JSONValue {
      Sample.update(
        "message_reaction",
        ["chat": Sample.privateChat, "user": Sample.person, "message_id": 1, "new_reaction": new])
    }
    let two: JSONValue = [["type": "emoji", "emoji": "👍"], ["type": "emoji", "emoji": "🔥"]]
    #expect(try content(reaction(two)) == .reaction(emoji: "🔥"))
    #expect(try content(reaction([["type": "paid"]])) == .reaction(emoji: "paid"))
    #expect(try decode(reaction([])) == .ignored(.reactionWithdrawn))
  }

  @Test(arguments: [
    ("kicked", TelegramUpdate.Decoded?.none, Content?.some(.blocked)),
    ("member", nil, .unblocked),
    ("restricted", .ignored(.membership), nil),
  ])
  func `blocking and unblocking are told`(
    _ status: String, _ decoded: TelegramUpdate.Decoded?, _ content: Content?
  ) throws {
    let update = Sample.update(
      "my_chat_member",
      [
        "chat": Sample.privateChat, "from": Sample.person,
        "new_chat_member": ["status": .string(status)],
      ])
    let actual = try decode(update)
    if let decoded { #expect(actual == decoded) }
    if let content { #expect(try self.content(update) == content) }
  }

  @Test func `groups, channels and bots are left alone`() throws {
    let group = Sample.message(["text": "/menu"], chat: Sample.group)
    #expect(try decode(group) == .ignored(.notPrivate))
    let press = Sample.update(
      "callback_query",
      ["id": "1", "from": Sample.person, "message": ["chat": Sample.group], "data": "x"])
    #expect(try decode(press) == .ignored(.notPrivate))
    let bot = Sample.message(
      ["text": "hi"], from: ["id": 5, "is_bot": true, "first_name": "Bot"])
    #expect(try decode(bot) == .ignored(.bot))
    let post = Sample.update("channel_post", ["chat": Sample.group, "text": "news"])
    #expect(try decode(post) == .ignored(.unknownKind))
  }

  @Test(arguments: ["pinned_message", "successful_payment", "write_access_allowed"])
  func `Telegram's own remarks want no answer`(_ kind: String) throws {
    #expect(try decode(Sample.message([kind: [:]])) == .ignored(.serviceMessage))
  }

  @Test func `an update with nothing we know is no fault`() throws {
    #expect(try decode(["update_id": 5]) == .ignored(.unknownKind))
    #expect(try decode(["update_id": 5, "hologram": ["a": 1]]) == .ignored(.unknownKind))
    #expect(try decode(["update_id": 5, "message": .null]) == .ignored(.unknownKind))
  }

  private func decode(_ update: JSONValue) throws -> TelegramUpdate.Decoded {
    try TelegramUpdate.decode(update.encoded())
  }

  private func inbound(_ update: JSONValue) throws -> Inbound {
    guard case .inbound(let inbound) = try decode(update) else { throw NotAMessage() }
    return inbound
  }

  private func content(_ update: JSONValue) throws -> Content { try inbound(update).content }

  private struct NotAMessage: Error {}
}
