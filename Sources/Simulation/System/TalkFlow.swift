import Conversation
import Storage

/// Numbers what it hears, asks with buttons, and does a little of all a flow can do.
struct TalkFlow: Flow {
  struct State: Codable, Sendable, Equatable {
    var heard = 0
  }

  let name: FlowName
  let version = 1
  var reads: Set<ReadableKind> { [.voice] }

  private static let asideHeardMax = 3

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try ask("Here is \(name)", State(), turn)
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try ask("Again \(name)", state, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .text(let text): try hear(text, in: state, turn)
    case .choice(let choice): try choose(choice, in: state, turn)
    case .finished(let job, let result): try take(job, result, in: state, turn)
    case .failed(let job): try lose(job, in: state, turn)
    case .attachment, .location, .contact, .unsupported, .timer:
      try ask("Seen", state, turn)
    }
  }

  private func hear(_ text: String, in state: State, _ turn: Turn) throws -> Next<State> {
    if Effects.counts(text) { try Effects.record(text, turn) }
    // The effect has been written when it throws: undoing it is part of what is tested.
    if let until = Trap.until(text), turn.now < until { throw SimulatedFault() }
    var state = state
    state.heard += 1
    if name == SmallTalk.welcome || (name != SmallTalk.home && state.heard >= Self.asideHeardMax) {
      try turn.say(Reply("Goodbye from \(name)"))
      return .finish
    }
    if turn.random.next() % 8 == 0 {
      let token: ID<TalkFlow> = turn.newID()
      try turn.say(Reply(Effects.asidePrefix + token.text))
    }
    return try ask("\(state.heard) heard", state, turn)
  }

  private func choose(_ choice: String, in state: State, _ turn: Turn) throws -> Next<State> {
    switch choice {
    case "deeper" where name != SmallTalk.deeper:
      return .push(SmallTalk.deeper, argument: nil, then: state)
    case "aside" where name == SmallTalk.home:
      return .push(SmallTalk.aside, argument: nil, then: state)
    case "aside":
      return .replace(SmallTalk.aside, argument: nil)
    case "leave" where name != SmallTalk.home:
      return .finish
    case "work":
      try startWork(turn)
    case "alarm":
      try setAlarm(turn)
    case _: break
    }
    return try ask("Chosen", state, turn)
  }

  private func startWork(_ turn: Turn) throws {
    let draw = turn.random.next()
    let token: ID<Job> = turn.newID()
    try turn.start(
      JobRequest(
        draw % 16 == 0 ? SmallTalk.stubbornWork : SmallTalk.work, payload: "job:\(token)",
        delayMs: Int64(draw >> 8 % 3) * 1_000,
        uniqueKey: draw >> 16 % 8 == 0 ? "only:\(turn.conversation)" : nil,
        lateAfterMs: draw >> 24 % 2 == 0 ? 3_000 : nil))
  }

  private func setAlarm(_ turn: Turn) throws {
    let draw = turn.random.next()
    let token: ID<TalkFlow> = turn.newID()
    let alarm = Alarm(
      dueAt: turn.now.adding(milliseconds: 1_000 + Int64(draw % 600_000)),
      waitsForMorning: draw >> 32 % 2 == 0, isPoison: draw >> 40 % 16 == 0,
      token: "alarm:\(token)")
    // The timer of that name takes the place of the one before.
    try Effects.expectNothing(turn)
    if !alarm.isPoison { try Effects.expect(alarm.token, turn) }
    try turn.setTimer(
      TimerRequest(
        SmallTalk.alarmName, dueAt: alarm.dueAt, payload: alarm.payload,
        waitsForMorning: alarm.waitsForMorning))
  }

  private func take(
    _ job: JobKind, _ result: String, in state: State, _ turn: Turn
  ) throws -> Next<State> {
    if job == SmallTalk.stubbornWork { throw SimulatedFault() }
    try Effects.record(result, turn)
    return try ask("Done", state, turn)
  }

  private func lose(_ job: JobKind, in state: State, _ turn: Turn) throws -> Next<State> {
    if job == SmallTalk.stubbornWork { throw SimulatedFault() }
    return try ask("Lost", state, turn)
  }

  private func ask(_ text: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    let isFleeting = turn.random.next() % 8 == 0
    return try turn.ask(
      Reply(
        text,
        choices: [
          Choice("deeper", "Deeper"), Choice("aside", "Aside"), Choice("work", "Work"),
          Choice("alarm", "Alarm"), Choice("leave", "Leave"), .command("menu", "Menu"),
        ], acceptsText: turn.channel != .sms, class: isFleeting ? .atMostOnce : .atLeastOnce),
      then: state)
  }
}

/// A text that makes the flow throw until a certain time.
enum Trap {
  static let prefix = "trap "

  static func text(until: Timestamp, token: String) -> String {
    "\(prefix)\(until.milliseconds) \(token)"
  }

  static func until(_ text: String) -> Timestamp? {
    guard text.hasPrefix(prefix) else { return nil }
    let digits = text.dropFirst(prefix.count).prefix { $0 != " " }
    return Int64(digits).map(Timestamp.init(milliseconds:))
  }
}
