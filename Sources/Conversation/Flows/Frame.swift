/// A flow on the stack of a conversation, and where it stands.
package struct Frame: Sendable, Equatable {
  package let flow: FlowName
  package let version: Int
  /// The flow's state as JSON on one line.
  package let state: String
  /// The conversation's position when the flow was begun; 0 at the bottom, and where nobody wrote
  /// it down.
  package let begunAt: Int

  package init(flow: FlowName, version: Int, state: String, begunAt: Int = 0) {
    self.flow = flow
    self.version = version
    self.state = state
    self.begunAt = begunAt
  }

  /// What tells it from the same flow begun another time.
  package struct Mark: Sendable, Equatable {
    package let flow: FlowName
    package let begunAt: Int
  }

  package var mark: Mark { Mark(flow: flow, begunAt: begunAt) }

  /// Another run of the flow that goes on from here. What one waits for is not brought to the
  /// other, which may never have begun.
  func begun(at position: Int) -> Frame {
    Frame(flow: flow, version: version, state: state, begunAt: position)
  }

  /// The same run of the flow, further on.
  func standing(at state: String, version: Int) -> Frame {
    Frame(flow: flow, version: version, state: state, begunAt: begunAt)
  }
}

/// The flows of a conversation, the running one last. Stored as one line a frame: name, version
/// (with `@` and where it was begun) and state, parted by spaces. JSON has no raw line breaks, so
/// the lines need no escaping.
package struct FlowStack: Sendable, Equatable {
  /// Deeper digressions drop the oldest one above the home flow.
  package static let depthMax = 8

  package var frames: [Frame]

  package init(_ frames: [Frame] = []) { self.frames = frames }

  package var top: Frame? { frames.last }

  package init(stored text: String) {
    // By bytes: to find the borders of characters costs more than all the rest.
    frames = text.utf8.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 2).map(Substring.init)
      guard fields.count == 3 else { return nil }
      let numbers = fields[1].utf8.split(separator: UInt8(ascii: "@")).map { Int(Substring($0)) }
      guard (1...2).contains(numbers.count), let version = numbers[0],
        let begunAt = numbers.count == 1 ? 0 : numbers[1]
      else { return nil }
      return Frame(
        flow: FlowName(String(fields[0])), version: version, state: String(fields[2]),
        begunAt: begunAt)
    }
  }

  package var stored: String {
    frames.map { frame in
      let begun = frame.begunAt == 0 ? "" : "@\(frame.begunAt)"
      return "\(frame.flow.text) \(frame.version)\(begun) \(frame.state)"
    }.joined(separator: "\n")
  }

  mutating func push(_ frame: Frame) {
    if frames.count >= Self.depthMax { frames.remove(at: 1) }
    frames.append(frame)
  }

  /// Adds a frame just below the running one, or above the home flow when that runs.
  mutating func insertBelowTop(_ frame: Frame) {
    guard frames.count > 1 else { return push(frame) }
    let top = frames.removeLast()
    push(frame)
    push(top)
  }

  /// Drops every frame of that flow above the bottom.
  mutating func forget(_ name: FlowName) {
    guard let bottom = frames.first else { return }
    frames = [bottom] + frames.dropFirst().filter { $0.flow != name }
  }

  mutating func replaceTop(_ frame: Frame) {
    if !frames.isEmpty { frames.removeLast() }
    frames.append(frame)
  }
}
