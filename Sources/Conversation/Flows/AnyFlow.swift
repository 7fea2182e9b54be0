import Foundation

/// A flow whose state type is hidden: states go in and out as JSON.
package struct AnyFlow: Sendable {
  package let name: FlowName
  package let version: Int
  let reads: Set<ReadableKind>
  let followsPerson: Bool
  let beginsAnew: Bool
  let begin: @Sendable (String?, Turn) throws -> Next<String>
  let receive: @Sendable (Input, Frame, Turn) throws -> Next<String>
  let resume: @Sendable (Frame, Turn) throws -> Next<String>
  let takesMore: @Sendable (Frame) throws -> Bool

  package init<F: Flow>(_ flow: F) {
    name = flow.name
    version = flow.version
    reads = flow.reads
    followsPerson = flow.followsPerson
    beginsAnew = flow.beginsAnew
    begin = { argument, turn in try Self.erase(flow.begin(argument, turn)) }
    receive = { input, frame, turn in
      guard let state = try Self.state(of: flow, in: frame) else {
        return try Self.erase(flow.begin(nil, turn))
      }
      return try Self.erase(flow.receive(input, in: state, turn))
    }
    resume = { frame, turn in
      guard let state = try Self.state(of: flow, in: frame) else {
        return try Self.erase(flow.begin(nil, turn))
      }
      return try Self.erase(flow.resume(in: state, turn))
    }
    takesMore = { frame in try Self.state(of: flow, in: frame).map(flow.takesMore) ?? false }
  }

  /// The stored state, carried over from an older version if need be; nil when it cannot be, and
  /// the flow begins anew.
  private static func state<F: Flow>(of flow: F, in frame: Frame) throws -> F.State? {
    do {
      guard frame.version == flow.version else {
        return try flow.migrate(frame.state, from: frame.version)
      }
      return try JSONDecoder().decode(F.State.self, from: Data(frame.state.utf8))
    } catch is DecodingError {
      return nil
    } catch FlowError.unreadableState {
      return nil
    }
  }

  private static func erase<State: Encodable>(_ next: Next<State>) throws -> Next<String> {
    switch next {
    case .wait(let state): .wait(try json(state))
    case .push(let name, let argument, let state):
      .push(name, argument: argument, then: try json(state))
    case .replace(let name, let argument): .replace(name, argument: argument)
    case .finish: .finish
    case .leave: .leave
    }
  }

  private static func json(_ state: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(state), as: UTF8.self)
  }
}
