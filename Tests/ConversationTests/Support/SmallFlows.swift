import Conversation
import Rehearsal
import Storage

/// Counts what it hears and does what it is told, so that the engine around it can be seen.
struct CountingFlow: Flow {
  struct State: Codable, Sendable, Equatable { var count = 0 }

  let name: FlowName
  var version = 1
  var reads: Set<ReadableKind> = []
  /// Whether "boom" makes a turn fail.
  var isFragile = true

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try ask("\(name) begins\(argument.map { " with \($0)" } ?? "")", State(), turn)
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try ask("\(name) at \(state.count)", state, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .text(let text): try obey(text, in: state, turn)
    case .choice(let id): try ask("chose \(id)", state, turn)
    case .finished(_, "\"boom\""), .failed("boom"): throw Boom()
    case .finished(let job, let result): try ask("\(job.text) gave \(result)", state, turn)
    case .failed(let job): try ask("\(job.text) failed", state, turn)
    case .attachment, .location, .contact, .unsupported, .timer: try ask("seen", state, turn)
    }
  }

  func migrate(_ json: String, from version: Int) throws -> State {
    guard version == 0, let count = Int(json.filter(\.isNumber)) else {
      throw FlowError.unreadableState
    }
    return State(count: count)
  }

  private func obey(_ text: String, in state: State, _ turn: Turn) throws -> Next<State> {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1] : ""
    switch words.first {
    case "push": return .push(FlowName(argument), argument: nil, then: state)
    case "replace": return .replace(FlowName(argument), argument: nil)
    case "finish": return .finish
    case "boom" where isFragile:
      try turn.say(Reply("never heard"))
      throw Boom()
    case "work":
      try turn.start(
        JobRequest(JobKind(argument.isEmpty ? "work" : argument), lateAfterMs: 5_000))
    case "alarm":
      let due = turn.now.adding(milliseconds: Int64(argument) ?? 1_000)
      try turn.setTimer(TimerRequest("alarm", dueAt: due, payload: "ring", waitsForMorning: false))
    case "nag":
      try turn.setTimer(
        TimerRequest("alarm", dueAt: turn.now, payload: "ring", waitsForMorning: true))
    case "once":
      return try turn.ask(Reply("only once", class: .atMostOnce), then: state)
    case "many":
      for number in 0..<9 { try turn.say(Reply("number \(number)")) }
    case _: break
    }
    return try ask("heard \(state.count + 1)", State(count: state.count + 1), turn)
  }

  private func ask(_ text: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(
      Reply(
        text,
        choices: [Choice("yes", "Yes 👍"), Choice("book", "کتاب یک"), Choice("no", "No")],
        acceptsText: false), then: state)
  }
}

struct Boom: Error {}

enum Small {
  static let phrases = """
    language: en
    name: English
    words:
      menu: [menu]
      start: [start, شروع]
      stop: [stop, لغو]
    phrases:
      engine:
        cannot_read_kind: "Cannot read that."
        cannot_read_voice: "Cannot hear that."
        edited: "Editing changes nothing."
        failed: "That failed."
        nothing_to_retry: "Nothing to retry."
        retry: "Retry"
        stale_button: "That button is old."
        started: "Hello again."
        stopped: "Silence from now on."
        still_working: "Still working."
        too_long: "At most {{max}}."
        unknown_command: "No such command."
    """

  static let capabilities = Capabilities(
    textLengthMax: 200, buttonsMax: 4, buttonTitleLengthMax: 20, settlesButtons: true,
    isPushed: true)
  static let fetched = Capabilities(
    textLengthMax: 200, buttonsMax: 4, buttonTitleLengthMax: 20, settlesButtons: true,
    isPushed: false)
  /// A channel that lets us write for a day after each message, and reports what became of ours.
  static let windowed = Capabilities(
    textLengthMax: 200, buttonsMax: 3, buttonTitleLengthMax: 20, settlesButtons: false,
    isPushed: true, windowMs: 86_400_000, reportsDeliveries: true, captionLengthMax: 200)

  static func engine(
    flows: [CountingFlow] = usualFlows, onAlarm: @escaping @Sendable (Turn) throws -> Void = ring
  ) throws -> Engine {
    Engine(
      phrasebook: Phrasebook([try PhraseCatalogue(yaml: phrases, file: "small.yaml")]),
      flows: flows.map { AnyFlow($0) }, home: "home", welcome: "welcome",
      commands: [
        Command("menu", .goHome), Command("lesson", .open("lesson", argument: nil)),
        Command("help", .explain { turn in try turn.notify(Reply("help")) }),
      ],
      timers: [TimerHandler("alarm") { _, turn in try onAlarm(turn) }],
      capabilities: [.telegram: capabilities, .webchat: fetched, .whatsapp: windowed],
      ids: IDSource(seed: 1))
  }

  static let usualFlows = ["home", "welcome", "lesson", "aside"].map {
    CountingFlow(name: FlowName($0))
  }

  @Sendable static func ring(_ turn: Turn) throws { try turn.notify(Reply("ring")) }

  static func rehearsal(
    _ engine: Engine? = nil, channel: Channel = .webchat
  ) throws -> Rehearsal {
    try Rehearsal(
      engine: engine ?? Small.engine(), migrations: ConversationSchema.migrations,
      channel: channel)
  }

  /// One who is past the welcome, at home.
  static func atHome(_ engine: Engine? = nil, channel: Channel = .webchat) throws -> Rehearsal {
    let rehearsal = try rehearsal(engine, channel: channel)
    try rehearsal.say("hello")
    try rehearsal.say("finish")
    return rehearsal
  }
}

extension Rehearsal {
  func texts(_ said: [Said]) -> [String] { said.map(\.text) }

  func value<Value: SQLConvertible>(_ query: SQL) throws -> Value? {
    try database.readBlocking { try $0.first(query)?.value("value") }
  }
}
