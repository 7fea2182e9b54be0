import Foundation
import Storage

extension Step {
  /// Gives an input to the flow on top. What it cannot read is answered and the question asked
  /// again.
  mutating func feedTop(_ input: Input) throws {
    guard let frame = record.stack.top else { return }
    let flow = try engine.flow(frame.flow)
    if let recording = try recording(input, unheardBy: flow), let listener = engine.listener {
      return try raise(listener) ? feedTop(input) : open(listener, argument: recording)
    }
    if let explanation = unreadable(input, by: flow) {
      try turn.notify(Reply(turn.phrase(explanation)))
      return try resumeTop()
    }
    showOpenFlows()
    try follow(flow.receive(input, frame, turn))
  }

  mutating func resumeTop() throws {
    guard let frame = record.stack.top else { return }
    showOpenFlows()
    try follow(engine.flow(frame.flow).resume(frame, turn))
  }

  mutating func begin(_ name: FlowName, argument: String?) throws {
    let flow = try engine.flow(name)
    record.stack.push(newFrame(of: flow))
    showOpenFlows()
    try follow(flow.begin(argument, turn))
  }

  mutating func goHome() throws {
    if record.stack.frames.count > 1 {
      // Open flows stay where they are, so that the home flow can offer to go on with them.
      try open(engine.home, argument: nil)
    } else {
      try resumeTop()
    }
  }

  /// Goes back to a flow that is open, or begins it on top.
  mutating func open(_ name: FlowName, argument: String?) throws {
    try fetchFromElsewhere(name)
    if let argument, try raise(name) { return try feedTop(.text(argument)) }
    let depth = record.stack.frames.lastIndex { $0.flow == name }
    let goesOn = try argument == nil && !engine.flow(name).beginsAnew
    guard let depth, goesOn, depth > 0 || name == engine.home else {
      if let depth, depth > 0 { record.stack.frames.remove(at: depth) }
      return try begin(name, argument: argument)
    }
    if depth < record.stack.frames.count - 1 {
      // The home flow stays at the bottom, too; a run of its own above is moved like any other.
      let frame =
        depth == 0
        ? record.stack.frames[0].begun(at: record.position)
        : record.stack.frames.remove(at: depth)
      if name != engine.home { record.stack.forget(engine.home) }
      record.stack.push(frame)
    }
    try resumeTop()
  }

  /// Lays an open flow that takes one more input where it stands on top of the others.
  private mutating func raise(_ name: FlowName) throws -> Bool {
    guard let depth = record.stack.frames.lastIndex(where: { $0.flow == name }), depth > 0,
      try engine.flow(name).takesMore(record.stack.frames[depth])
    else { return false }
    record.stack.push(record.stack.frames.remove(at: depth))
    return true
  }

  /// Brings a flow that follows the person over from the channel they left it on.
  private mutating func fetchFromElsewhere(_ name: FlowName) throws {
    guard !record.stack.frames.contains(where: { $0.flow == name }),
      let frame = try frameElsewhere(name)
    else { return }
    // Below what runs: whoever asked for it moves it up or begins it anew.
    record.stack.insertBelowTop(frame)
  }

  private func frameElsewhere(_ name: FlowName) throws -> Frame? {
    guard try engine.flow(name).followsPerson else { return nil }
    return try PersonConversations.takeFrame(
      of: name, person: record.person.id, except: record.id, in: database)
  }

  /// A flow whose first step is still to come.
  func newFrame(of flow: AnyFlow) -> Frame {
    Frame(flow: flow.name, version: flow.version, state: "{}", begunAt: record.position)
  }

  /// Tells the turn which flow is about to run, and what waits below it.
  private func showOpenFlows() {
    turn.openFlows = record.stack.frames.dropLast().map(\.flow)
    turn.running = record.stack.top?.mark
  }

  /// Writes down where the flow stands now and takes every step that follows from it.
  private mutating func follow(_ first: Next<String>) throws {
    var next = first
    for _ in 0..<Self.transitionsMax {
      guard let frame = record.stack.top else { return }
      let flow = try engine.flow(frame.flow)
      switch next {
      case .wait(let state):
        record.stack.replaceTop(frame.standing(at: state, version: flow.version))
        return
      case .push(let name, let argument, let state):
        record.stack.replaceTop(frame.standing(at: state, version: flow.version))
        next = try lay(name, argument: argument)
      case .replace(let name, let argument):
        record.stack.frames.removeLast()
        next = try lay(name, argument: argument)
      case .finish, .leave:
        if record.stack.frames.count > 1 { record.stack.frames.removeLast() }
        guard let below = record.stack.top else { return }
        if case .leave = next, below.flow == engine.home { return }
        showOpenFlows()
        next = try engine.flow(below.flow).resume(below, turn)
      }
    }
    throw FlowError.tooManySteps
  }

  /// Begins a flow on top, in place of the same flow further down.
  private mutating func lay(_ name: FlowName, argument: String?) throws -> Next<String> {
    let flow = try engine.flow(name)
    if name != engine.home, let depth = record.stack.frames.lastIndex(where: { $0.flow == name }),
      depth > 0
    {
      record.stack.frames.remove(at: depth)
    } else if argument == nil, let frame = try frameElsewhere(name) {
      record.stack.push(frame)
      showOpenFlows()
      return try flow.resume(frame, turn)
    }
    record.stack.push(newFrame(of: flow))
    showOpenFlows()
    return try flow.begin(argument, turn)
  }

  /// A recording that the flow does not listen to, as JSON.
  private func recording(_ input: Input, unheardBy flow: AnyFlow) throws -> String? {
    guard case .attachment(let file) = input, flow.name != engine.welcome,
      !flow.reads.contains(.voice)
    else { return nil }
    switch file.kind {
    case .audio, .voice: return String(decoding: try JSONEncoder().encode(file), as: UTF8.self)
    case .document, .image, .video: return nil
    }
  }

  private func unreadable(_ input: Input, by flow: AnyFlow) -> EnginePhrase? {
    switch input {
    case .text, .choice, .finished, .failed, .timer: nil
    case .attachment(let attachment) where attachment.kind == .voice:
      flow.reads.contains(.voice) ? nil : .cannotReadVoice
    case .attachment: flow.reads.contains(.attachment) ? nil : .cannotReadKind
    case .location: flow.reads.contains(.location) ? nil : .cannotReadKind
    case .contact: flow.reads.contains(.contact) ? nil : .cannotReadKind
    case .unsupported: .cannotReadKind
    }
  }
}

extension Engine {
  func flow(_ name: FlowName) throws -> AnyFlow {
    guard let flow = flows[name] else { throw FlowError.unknownFlow(name.text) }
    return flow
  }
}
