import Conversation
import Rehearsal
import Storage
import Testing

struct ConsentTests {
  @Test(arguments: ["stop", "Stop!", "/stop", "لغو"])
  func `stop is confirmed once and then everything is silent`(word: String) throws {
    let rehearsal = try Small.atHome()
    #expect(try rehearsal.say(word).map(\.text) == ["Silence from now on."])
    #expect(try rehearsal.say(word).isEmpty)
    #expect(try rehearsal.say("hello?").isEmpty)
    #expect(try rehearsal.say("/menu").isEmpty)
    #expect(try rehearsal.deliver(.timer(name: "alarm", payload: "")).isEmpty)
    #expect(try rehearsal.deliver(.finished(job: "work", result: "1")).isEmpty)
  }

  @Test(arguments: ["stop", "Stop!", "/stop", "لغو"])
  func `a message that is edited into stop is obeyed, and so is start`(word: String) throws {
    let rehearsal = try Small.atHome(channel: .telegram)
    try rehearsal.say("one")
    #expect(
      try rehearsal.send(.edited(text: word)).map(\.text) == ["Silence from now on."])
    #expect(try rehearsal.say("hello?").isEmpty)
    #expect(try rehearsal.send(.edited(text: "hello")).isEmpty)
    #expect(
      try rehearsal.send(.edited(text: "start")).map(\.text) == ["Hello again.", "home at 1"])
  }

  @Test(arguments: ["start", "/start", "شروع"])
  func `start resumes where the person stood`(word: String) throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("one")
    try rehearsal.say("stop")
    #expect(try rehearsal.say(word).map(\.text) == ["Hello again.", "home at 1"])
    #expect(try rehearsal.say("two").map(\.text) == ["heard 2"])
  }

  @Test func `somebody who has blocked the bot is served again once they write`() throws {
    let rehearsal = try Small.atHome(channel: .telegram)
    try rehearsal.send(.blocked)
    #expect(try rehearsal.deliver(.timer(name: "alarm", payload: "")).isEmpty)
    #expect(try rehearsal.say("back").map(\.text) == ["heard 1"])
    #expect(
      try rehearsal.deliver(.timer(name: "alarm", payload: "")).map(\.text) == ["ring"])
  }

  @Test func `being let back in is no message`() throws {
    let rehearsal = try Small.atHome(channel: .telegram)
    try rehearsal.send(.blocked)
    #expect(try rehearsal.send(.unblocked).isEmpty)
    #expect(
      try rehearsal.deliver(.timer(name: "alarm", payload: "")).map(\.text) == ["ring"])
  }

  @Test func `blocking and stopping give up what has not gone out`() throws {
    for content in [Content.blocked, .text("stop")] {
      let rehearsal = try Small.atHome(channel: .telegram)
      try rehearsal.say("one")
      try rehearsal.send(content)
      let pending: Int? = try rehearsal.value(
        "SELECT count(*) AS value FROM deliveries WHERE state = 'pending'")
      #expect(pending == (content == .blocked ? 0 : 1))
    }
  }

  @Test func `staff who take over silence the bot until they leave`() throws {
    let rehearsal = try Small.atHome(channel: .telegram)
    try rehearsal.say("one")
    #expect(try changeOwner(rehearsal, to: "staff-1"))
    #expect(try rehearsal.say("help me").isEmpty)
    #expect(try rehearsal.deliver(.finished(job: "work", result: "1")).isEmpty)
    let pending: Int? = try rehearsal.value(
      "SELECT count(*) AS value FROM deliveries WHERE state = 'pending'")
    #expect(pending == 0)
    #expect(try rehearsal.value("SELECT epoch AS value FROM conversations") == 1)
    #expect(try changeOwner(rehearsal, to: "staff-1"))
    #expect(try rehearsal.value("SELECT epoch AS value FROM conversations") == 1)
    #expect(try changeOwner(rehearsal, to: ConversationRecord.botOwner))
    #expect(try rehearsal.say("two").map(\.text) == ["heard 2"])
  }

  private func changeOwner(_ rehearsal: Rehearsal, to owner: String) throws -> Bool {
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      return try rehearsal.engine.changeOwner(
        record.id, to: owner, at: rehearsal.now, in: transaction)
    }
  }
}
