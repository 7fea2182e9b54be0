extension Step {
  /// Gives an input to one run of a flow. When that has ended meanwhile nobody waits for it any
  /// more, and nothing happens.
  mutating func feed(_ input: Input, to mark: Frame.Mark) throws {
    guard let depth = record.stack.frames.lastIndex(where: { $0.mark == mark }) else { return }
    if depth == record.stack.frames.count - 1 { return try feedTop(input) }
    let frame = record.stack.frames[depth]
    let flow = try engine.flow(frame.flow)
    turn.openFlows = record.stack.frames.prefix(depth).map(\.flow)
    turn.running = mark
    turn.isInBackground = true
    defer { turn.isInBackground = false }
    keep(try flow.receive(input, frame, turn), of: flow, at: depth)
  }

  /// Where a flow stands that has heard something while another one talks. It takes no step that
  /// would need the person: what it leads to begins when it is on top again.
  private mutating func keep(_ next: Next<String>, of flow: AnyFlow, at depth: Int) {
    let frame = record.stack.frames[depth]
    switch next {
    case .wait(let state), .push(_, _, then: let state):
      record.stack.frames[depth] = frame.standing(at: state, version: flow.version)
    case .replace(let name, _):
      guard let following = engine.flows[name] else { return }
      record.stack.frames[depth] = newFrame(of: following)
    case .finish, .leave:
      if depth > 0 { record.stack.frames.remove(at: depth) }
    }
  }
}
