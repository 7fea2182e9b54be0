import Conversation
import Rehearsal
import Storage
import Testing

/// Replies that carry a file.
struct MediaTests {
  private static let dayMs: Int64 = 86_400_000
  private static let file = FileFlow.file([1, 2, 3])

  private func calls(_ rehearsal: Rehearsal) throws -> [OutgoingCall] {
    let stage = SendingStage(rehearsal, capabilities: FileFlow.carrying)
    var calls: [OutgoingCall] = []
    while let call = try stage.claim() {
      try stage.settle(call, .accepted(providerID: "p\(calls.count)"))
      calls.append(call)
    }
    return calls
  }

  private func count(_ table: SQL, _ rehearsal: Rehearsal) throws -> Int {
    try rehearsal.value("SELECT count(*) AS value FROM \(sql: table)") ?? 0
  }

  private func prune(_ rehearsal: Rehearsal, after milliseconds: Int64) throws {
    rehearsal.advance(milliseconds: milliseconds)
    _ = try rehearsal.database.writeBlocking {
      try MediaStore.prune(at: rehearsal.now, limit: 100, in: $0)
    }
  }

  @Test func `short words go under the file, in one call with its bytes`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("**Look**", media: Self.file)])
    try rehearsal.say("hello")
    let calls = try calls(rehearsal)
    #expect(calls.map(\.delivery.text) == ["**Look**"])
    #expect(calls.first?.media == Self.file)
  }

  @Test(arguments: [
    Reply("words that are far too long for a caption here", media: file),
    Reply("Well?", choices: [Choice("yes", "Yes")], media: file),
    Reply("Listen", media: FileFlow.file([4], kind: .voice)),
  ])
  func `what has no place under a file follows it`(_ reply: Reply) throws {
    let rehearsal = try FileFlow.rehearsal([reply])
    try rehearsal.say("hello")
    let calls = try calls(rehearsal)
    #expect(calls.map(\.delivery.text) == ["", reply.text])
    #expect(calls.map(\.media) == [reply.media, nil])
    #expect(calls.last?.delivery.buttons.count == reply.choices.count)
  }

  @Test func `the same file is kept once, and not at all for what carries none`() throws {
    let rehearsal = try FileFlow.rehearsal([
      Reply("one", media: Self.file), Reply("two", media: Self.file), Reply("three"),
    ])
    try rehearsal.say("hello")
    try rehearsal.say("again")
    #expect(try count("media", rehearsal) == 1)
    #expect(try count("messages WHERE media_id IS NOT NULL", rehearsal) == 4)
  }

  @Test func `a turn that is undone leaves no file`() throws {
    let broken = try FileFlow.rehearsal([Reply("one", media: Self.file)], isBroken: true)
    #expect(throws: Boom.self) { try broken.say("hello") }
    #expect(try count("media", broken) == 0)

    let rehearsal = try FileFlow.rehearsal([Reply("one", media: Self.file)])
    let inbound = Inbound(
      channel: .telegram, key: "1", sender: .init(externalID: "chat-1"), content: .text("hi"))
    #expect(throws: Boom.self) {
      try rehearsal.database.writeBlocking { transaction in
        _ = try rehearsal.engine.receive(inbound, at: rehearsal.now, in: transaction)
        #expect(try transaction.first("SELECT id FROM media") != nil)
        throw Boom()
      }
    }
    #expect(try count("media", rehearsal) == 0)
  }

  @Test func `a file that is too large or empty makes the turn fail`() throws {
    let large = FileFlow.file(Array(repeating: 0, count: OutgoingMedia.imageBytesMax + 1))
    for file in [large, FileFlow.file([])] {
      let rehearsal = try FileFlow.rehearsal([Reply("one", media: file)])
      #expect(throws: FlowError.fileTooLarge) { try rehearsal.say("hello") }
    }
  }

  @Test func `a file is forgotten after its time, and its message stays`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("one", media: Self.file)])
    try rehearsal.say("hello")
    try prune(rehearsal, after: MediaStore.lifeMsDefault - 1)
    #expect(try count("media", rehearsal) == 1)
    try prune(rehearsal, after: 1)
    #expect(try count("media", rehearsal) == 0)
    #expect(try calls(rehearsal).map(\.media) == [nil])
  }

  @Test func `saying it again keeps a file longer`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("one", media: Self.file)])
    try rehearsal.say("hello")
    rehearsal.advance(milliseconds: MediaStore.lifeMsDefault - 1)
    try rehearsal.say("again")
    try prune(rehearsal, after: Self.dayMs)
    #expect(try count("media", rehearsal) == 1)
  }

  @Test func `what nothing refers to is forgotten, but not at once`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("one")])
    _ = try rehearsal.database.writeBlocking {
      try MediaStore.keep(Self.file, at: rehearsal.now, in: $0)
    }
    try prune(rehearsal, after: 3_599_999)
    #expect(try count("media", rehearsal) == 1)
    try prune(rehearsal, after: 1)
    #expect(try count("media", rehearsal) == 0)
  }

  @Test func `a person's files are deleted with them, but not those of others`() throws {
    let own = FileFlow.file([7])
    let rehearsal = try FileFlow.rehearsal([Reply("one", media: Self.file)])
    try rehearsal.say("hello")
    let other = rehearsal.beside(channel: .telegram, chat: "chat-2")
    try other.say("hello")
    let person = try rehearsal.database.writeBlocking { transaction in
      let id = try MediaStore.keep(own, at: rehearsal.now, in: transaction)
      let record = try rehearsal.record(transaction)
      try transaction.execute(
        """
        UPDATE messages SET media_id = \(id)
        WHERE conversation_id = \(record?.id) AND author = 'person'
        """)
      return record?.person.id
    }
    var cursor: String?
    repeat {
      let erasure = PersonErasure(person: try #require(person), cursor: cursor)
      cursor = try rehearsal.database.writeBlocking {
        try ConversationData.keeper(stopList: nil).erase(erasure, $0).next
      }
    } while cursor != nil
    #expect(try count("media", rehearsal) == 1)
    #expect(try calls(other).map(\.media) == [Self.file])
  }

  // MARK: Channels that carry no file

  @Test func `without a public address the words stand alone`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("Look", media: Self.file)], channel: .sms)
    #expect(try rehearsal.say("hello").map(\.text) == ["Look"])
    #expect(try count("media", rehearsal) == 0)
  }

  @Test func `with one they are followed by a link that ends`() throws {
    let links = MediaLinks(publicURL: "https://tutor.example") { _ in
      String(repeating: "ab", count: 32)
    }
    let rehearsal = try FileFlow.rehearsal(
      [Reply("Look", media: Self.file)], channel: .sms, links: links)
    let said = try #require(try rehearsal.say("hello").first?.text)
    let parts = said.split(separator: "/media/").map(String.init)
    let token = try #require(parts.last)
    #expect(parts.first == "Look\n\nhttps://tutor.example")
    #expect(token.count == MediaLinks.tokenLength)
    func open(after milliseconds: Int64) throws -> OutgoingMedia? {
      let now = rehearsal.now.adding(milliseconds: milliseconds)
      return try rehearsal.database.readBlocking { try MediaLinks.open(token, at: now, in: $0) }
    }
    #expect(try open(after: MediaLinks.lifeMs - 1) == Self.file)
    #expect(try open(after: MediaLinks.lifeMs) == nil)
    try prune(rehearsal, after: Self.dayMs)
    #expect(try open(after: 0) == Self.file)
    try prune(rehearsal, after: MediaLinks.lifeMs)
    try prune(rehearsal, after: 0)
    #expect(try count("media", rehearsal) == 0)
  }

  // MARK: Places

  @Test func `the button for a place is taken away by what is said next`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("Where are you?", asksForLocation: true)])
    try rehearsal.say("hello")
    try rehearsal.say("thanks")
    let calls = try calls(rehearsal)
    #expect(calls.map(\.asksForLocation) == [true, false])
    #expect(calls.map(\.delivery.location) == [.made, .withdrawn])
    try rehearsal.say("thanks")
    #expect(try self.calls(rehearsal).map(\.delivery.location) == [nil])
  }

  @Test func `where the next question has buttons, a sign takes it away`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("Where are you?", asksForLocation: true)])
    try rehearsal.say("hello")
    try rehearsal.send(.location(latitude: 35.7, longitude: 51.4))
    let calls = try calls(rehearsal).dropFirst()
    #expect(calls.map(\.delivery.text) == ["✓", "There!"])
    #expect(calls.map(\.delivery.location) == [.withdrawn, nil])
  }

  @Test func `asking again leaves the button where it is`() throws {
    let rehearsal = try FileFlow.rehearsal([Reply("Where are you?", asksForLocation: true)])
    try rehearsal.say("hello")
    try rehearsal.say("what?")
    #expect(try calls(rehearsal).map(\.delivery.location) == [.made, .made])
  }
}
