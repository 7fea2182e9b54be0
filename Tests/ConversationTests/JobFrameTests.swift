import Conversation
import Rehearsal
import Storage
import Testing

/// Whom a job's end reaches, while flows come and go above and below.
struct JobFrameTests {
  private let rehearsal: Rehearsal
  private let queue: WorkQueue

  init() throws {
    rehearsal = try Small.atHome()
    queue = WorkQueue(
      engine: rehearsal.engine,
      handlers: [JobHandler("work", attemptsMax: 1) { _ in .done(result: "unused") }])
  }

  private func settleAll(
    _ outcome: JobOutcome = .done(result: "7"), of other: Rehearsal? = nil
  ) throws -> [String] {
    let stage = other ?? rehearsal
    let before = try stage.messages().count
    try stage.database.writeBlocking { transaction in
      var random = RandomSource(seed: 1)
      for job in try queue.claim(at: stage.now, limit: 10, in: transaction).jobs {
        _ = try queue.settle(job, outcome, at: stage.now, random: &random, in: transaction)
      }
    }
    return try stage.messages().dropFirst(before).map(\.text)
  }

  @Test func `a result reaches its flow below another, which keeps its question`() throws {
    try rehearsal.say("push lesson")
    try rehearsal.say("work")
    let asked = try #require(try rehearsal.say("push aside").last)
    #expect(asked.text == "aside begins")
    #expect(try settleAll() == ["work gave 7"])
    #expect(try rehearsal.messages().last?.buttons.isEmpty == true)
    #expect(try rehearsal.openFlows() == ["home", "lesson", "aside"])
    let token = try #require(asked.tokens.first)
    let answered = try rehearsal.send(.choice(.init(token: token)))
    #expect(rehearsal.texts(answered) == ["chose yes"])
    #expect(rehearsal.texts(try rehearsal.say("finish")) == ["lesson at 1"])
  }

  @Test func `a failure reaches its flow below another`() throws {
    try rehearsal.say("work")
    try rehearsal.say("push aside")
    #expect(try settleAll(.discard(reason: "no")) == ["work failed"])
    #expect(try rehearsal.openFlows() == ["home", "aside"])
  }

  @Test func `a flow that has ended is told nothing, nor is another in its place`() throws {
    try rehearsal.say("push lesson")
    try rehearsal.say("work")
    try rehearsal.say("finish")
    try rehearsal.say("push lesson")
    #expect(try settleAll().isEmpty)
    #expect(try rehearsal.openFlows() == ["home", "lesson"])
  }

  @Test func `a flow that goes up and down the stack is still the same`() throws {
    try rehearsal.say("push lesson")
    try rehearsal.say("work")
    try rehearsal.say("/menu")
    try rehearsal.say("/lesson")
    #expect(try rehearsal.openFlows().last == "lesson")
    let answer = try settleAll()
    #expect(answer == ["work gave 7"])
    #expect(try rehearsal.messages().last?.buttons.isEmpty == false)
  }

  @Test func `what the home flow began on top is not brought to the one at the bottom`() throws {
    try rehearsal.say("push lesson")
    try rehearsal.say("/menu")
    try rehearsal.say("work")
    // Leaves the lesson on top, and only the home flow at the bottom.
    try rehearsal.say("finish")
    #expect(try rehearsal.openFlows() == ["home", "lesson"])
    #expect(try settleAll().isEmpty)
  }

  @Test func `nor when the very first message laid it on top`() throws {
    let stage = try Small.rehearsal(rehearsal.engine, channel: .webchat)
    try stage.say("/menu")
    try stage.say("work")
    try stage.say("finish")
    #expect(try stage.openFlows() == ["home", "welcome"])
    #expect(try settleAll(of: stage).isEmpty)
  }

  @Test func `a message sent meanwhile is answered before the result`() throws {
    try rehearsal.say("work")
    #expect(rehearsal.texts(try rehearsal.say("hello")) == ["heard 2"])
    #expect(try settleAll() == ["work gave 7"])
    #expect(rehearsal.texts(try rehearsal.say("hello")) == ["heard 3"])
  }

  @Test func `work begun before flows had a mark goes to the one on top`() throws {
    try rehearsal.say("push lesson")
    try rehearsal.say("work")
    try rehearsal.database.writeBlocking {
      try $0.execute("UPDATE jobs SET flow = NULL, flow_begun_at = NULL")
    }
    try rehearsal.say("push aside")
    #expect(try settleAll() == ["work gave 7"])
    #expect(try rehearsal.messages().last?.buttons.isEmpty == false)
  }

  @Test func `a stack written without marks is read, and keeps what it has`() throws {
    let stored = "home 1 {}\nlesson 2@57 {\"count\":1}"
    let stack = FlowStack(stored: stored)
    #expect(stack.frames.map(\.begunAt) == [0, 57])
    #expect(stack.frames.map(\.version) == [1, 2])
    #expect(stack.stored == stored)
    #expect(FlowStack(stored: "home 1@2@3 {}\nhome x@1 {}\nhome 1@y {}").frames.isEmpty)
  }
}
