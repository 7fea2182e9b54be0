import Conversation
import Rehearsal
import Storage
import Testing

struct FlowStackTests {
  @Test func `a flow that was pushed aside resumes where it stood`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("one")
    try rehearsal.say("two")
    #expect(try rehearsal.say("push lesson").map(\.text) == ["lesson begins"])
    try rehearsal.say("three")
    #expect(try rehearsal.say("finish").map(\.text) == ["home at 2"])
    #expect(try rehearsal.openFlows() == ["home"])
  }

  @Test func `a command digresses and finishing leads back`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("push aside")
    try rehearsal.say("one")
    #expect(try rehearsal.say("/lesson").map(\.text) == ["lesson begins"])
    #expect(try rehearsal.openFlows() == ["home", "aside", "lesson"])
    #expect(try rehearsal.say("finish").map(\.text) == ["aside at 1"])
  }

  @Test func `opening a flow that is open goes back to it`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("/lesson")
    try rehearsal.say("one")
    try rehearsal.say("push aside")
    #expect(try rehearsal.say("/lesson").map(\.text) == ["lesson at 1"])
    #expect(try rehearsal.openFlows() == ["home", "aside", "lesson"])
  }

  @Test func `replacing ends the flow in its place`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("push aside")
    #expect(try rehearsal.say("replace lesson").map(\.text) == ["lesson begins"])
    #expect(try rehearsal.openFlows() == ["home", "lesson"])
  }

  @Test func `the home flow is laid on top once however often it is asked for`() throws {
    let rehearsal = try Small.atHome()
    try rehearsal.say("one")
    try rehearsal.say("/lesson")
    for _ in 0..<20 {
      #expect(try rehearsal.say("/menu").map(\.text) == ["home at 1"])
    }
    #expect(try rehearsal.openFlows() == ["home", "lesson", "home"])
    #expect(try rehearsal.say("finish").map(\.text) == ["lesson at 0"])
  }

  @Test func `the stack has a bound and home stays at its bottom`() throws {
    let flows = (0..<20).map { CountingFlow(name: FlowName("flow-\($0)")) }
    let rehearsal = try Small.atHome(Small.engine(flows: Small.usualFlows + flows))
    for number in 0..<20 { try rehearsal.say("push flow-\(number)") }
    let open = try rehearsal.openFlows()
    #expect(open.count == FlowStack.depthMax)
    #expect(open.first == "home")
    #expect(open.last == "flow-19")
  }

  @Test func `the state of an older version is carried over`() throws {
    let rehearsal = try Small.atHome()
    try store("home 0 {\"n\":41}", in: rehearsal)
    #expect(try rehearsal.say("more").map(\.text) == ["heard 42"])
  }

  @Test(arguments: ["home 1 {broken", "home 7 {}", "home 1 {\"count\":\"x\"}"])
  func `a state nobody can read begins anew`(stored: String) throws {
    let rehearsal = try Small.atHome()
    try store(stored, in: rehearsal)
    #expect(try rehearsal.say("more").map(\.text) == ["home begins"])
  }

  @Test func `flows that lead to each other without end fail instead of hanging`() throws {
    struct Circle: Flow {
      struct State: Codable, Sendable, Equatable {}
      let name: FlowName
      let version = 1
      func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
        .push("circle", argument: nil, then: State())
      }
      func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> { .finish }
      func resume(in state: State, _ turn: Turn) throws -> Next<State> { .finish }
    }
    let engine = Engine(
      phrasebook: Phrasebook([]), flows: [AnyFlow(Circle(name: "circle"))], home: "circle",
      welcome: "circle", commands: [], timers: [], capabilities: [.webchat: Small.fetched],
      ids: IDSource(seed: 1))
    let rehearsal = try Small.rehearsal(engine)
    #expect(throws: FlowError.tooManySteps) { try rehearsal.say("hello") }
  }

  @Test func `a flow that says too much in one turn fails`() throws {
    let rehearsal = try Small.atHome()
    #expect(throws: FlowError.tooManyReplies) { try rehearsal.say("many") }
  }

  private func store(_ stack: String, in rehearsal: Rehearsal) throws {
    try rehearsal.database.writeBlocking { transaction in
      try transaction.execute("UPDATE conversations SET stack = \(stack)")
    }
  }
}
