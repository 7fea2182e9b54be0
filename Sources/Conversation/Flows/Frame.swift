/// A flow on the stack of a conversation, and where it stands.
package struct Frame: Sendable, Equatable {
  package let flow: FlowName
  package let version: Int
  /// The flow's state as JSON on one line.
  package let state: String

  package init(flow: FlowName, version: Int, state: String) {
    self.flow = flow
    self.version = version
    self.state = state
  }
}

/// The flows of a conversation, the running one last. Stored as one line a frame: name, version
/// and state, parted by spaces. JSON has no raw line breaks, so the lines need no escaping.
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
      guard fields.count == 3, let version = Int(fields[1]) else { return nil }
      return Frame(
        flow: FlowName(String(fields[0])), version: version, state: String(fields[2]))
    }
  }

  package var stored: String {
    frames.map { "\($0.flow.text) \($0.version) \($0.state)" }.joined(separator: "\n")
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
