import Conversation
import Rehearsal
import Storage
import Testing

struct RoutingTests {
  @Test func `the first message begins the welcome over the home flow`() throws {
    let rehearsal = try Small.rehearsal()
    let said = try rehearsal.say("hello")
    #expect(said.map(\.text) == ["welcome begins"])
    #expect(try rehearsal.openFlows() == ["home", "welcome"])
  }

  @Test func `a deep link's payload reaches the welcome`() throws {
    let said = try Small.rehearsal().say("/start friend-7")
    #expect(said.map(\.text) == ["welcome begins with friend-7"])
  }

  @Test func `a repeated message changes nothing`() throws {
    let rehearsal = try Small.atHome()
    let inbound = Inbound(
      channel: .webchat, key: "repeated", sender: .init(externalID: rehearsal.chat),
      content: .text("one"))
    let receive = { (inbound: Inbound) in
      try rehearsal.database.writeBlocking {
        try rehearsal.engine.receive(inbound, at: rehearsal.now, in: $0)
      }
    }
    #expect(try receive(inbound).outcome == .handled)
    let before = try rehearsal.messages()
    #expect(try receive(inbound).outcome == .duplicate)
    let stolen = Inbound(
      channel: .webchat, key: "repeated", sender: .init(externalID: "somebody-else"),
      content: .text("one"))
    #expect(try receive(stolen).outcome == .duplicate)
    #expect(try rehearsal.messages() == before)
    #expect(try rehearsal.value("SELECT count(*) AS value FROM people") == 1)
  }

  @Test func `a button of an older question is refused and the question asked again`() throws {
    let rehearsal = try Small.atHome()
    let old = try #require(try rehearsal.say("one").last?.tokens.first)
    try rehearsal.say("two")
    let said = try rehearsal.send(.choice(.init(token: old)))
    #expect(said.map(\.text) == ["That button is old.", "home at 2"])
  }

  @Test(arguments: ["", ":", "x", "9:nonsense", "-1:yes", "٣:yes", "999999999999999999999:yes"])
  func `a button that means nothing is answered`(token: String) throws {
    let said = try Small.atHome().send(.choice(.init(token: token)))
    #expect(said.map(\.text) == ["That button is old.", "home at 0"])
  }

  @Test(arguments: [
    ("1", "yes"), ("1.", "yes"), ("۲", "book"), ("٢", "book"), ("b", "book"), ("ب", "book"),
    ("C", "no"), ("yes", "yes"), ("YES!", "yes"), ("كتاب يك", "book"), ("کتاب\u{200C} یک", "book"),
  ])
  func `a choice can be typed`(typed: String, id: String) throws {
    #expect(try Small.atHome().say(typed).map(\.text) == ["chose \(id)"])
  }

  @Test(arguments: ["4", "0", "-1", "z", "yes please"])
  func `what names no choice is plain text`(typed: String) throws {
    #expect(try Small.atHome().say(typed).map(\.text) == ["heard 1"])
  }

  @Test func `commands work by slash and by word and unknown ones are answered`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("one")
    #expect(try rehearsal.say("/help").map(\.text) == ["help", "home at 1"])
    #expect(try rehearsal.say("Menu").map(\.text) == ["home at 1"])
    #expect(try rehearsal.say("/dance").map(\.text) == ["No such command.", "home at 1"])
  }

  @Test func `text that is too long is refused kindly and the question stays`() throws {
    let rehearsal = try Small.atHome()
    let said = try rehearsal.say(String(repeating: "x", count: Engine.textLengthMax + 1))
    #expect(said.map(\.text) == ["At most 4000."])
    #expect(try rehearsal.say("1").map(\.text) == ["chose yes"])
  }

  @Test func `kinds a flow cannot read are answered and the question asked again`() throws {
    let rehearsal = try Small.atHome()
    let voice = Content.attachment(.init(kind: .voice, fileID: "v"))
    #expect(try rehearsal.send(voice).map(\.text) == ["Cannot hear that.", "home at 0"])
    let others: [Content] = [
      .attachment(.init(kind: .image, fileID: "i")), .location(latitude: 1, longitude: 2),
      .contact(phone: "1", name: "n", isOwn: true), .unsupported(kind: "dice"),
    ]
    for content in others {
      #expect(try rehearsal.send(content).map(\.text) == ["Cannot read that.", "home at 0"])
    }
  }

  @Test func `a flow gets the kinds it reads`() throws {
    var flows = Small.usualFlows
    flows[0].reads = [.voice, .location]
    let rehearsal = try Small.atHome(Small.engine(flows: flows))
    let voice = Content.attachment(.init(kind: .voice, fileID: "v"))
    #expect(try rehearsal.send(voice).map(\.text) == ["seen"])
    #expect(try rehearsal.send(.location(latitude: 1, longitude: 2)).map(\.text) == ["seen"])
  }

  @Test func `an edit is noted and a reaction is let pass`() throws {
    let rehearsal = try Small.atHome()
    #expect(
      try rehearsal.send(.edited(text: "other")).map(\.text) == ["Editing changes nothing."])
    #expect(try rehearsal.send(.reaction(emoji: "👍")).isEmpty)
  }

  @Test func `a used button is marked in its message`() throws {
    let rehearsal = try Small.atHome()
    let asked = try #require(try rehearsal.say("one").last)
    try rehearsal.press("No")
    let chosen: String? = try rehearsal.value(
      "SELECT chosen AS value FROM deliveries WHERE chosen IS NOT NULL ORDER BY position DESC")
    #expect(chosen == asked.tokens.last)
  }
}
