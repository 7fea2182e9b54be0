import Synchronization

/// Where the pieces of an upload wait for curl, a bounded number of bytes at a time.
final class UploadBuffer: Sendable {
  static let bytesMax = 256 << 10

  enum Supply: Sendable {
    case bytes(Int)
    /// Nothing is there yet; curl is woken once there is.
    case wait
    case end
    case abort
  }

  private struct State {
    var bytes: [UInt8] = []
    var taken = 0
    var isComplete = false
    var isBroken = false
    var isStarved = false
    var writer: CheckedContinuation<Void, Never>?

    var waiting: Int { bytes.count - taken }

    mutating func append(_ piece: [UInt8]) {
      if taken >= bytesMax {
        bytes.removeFirst(taken)
        taken = 0
      }
      bytes += piece
    }

    mutating func take(
      into room: UnsafeMutableRawBufferPointer
    ) -> Supply {
      if isBroken { return .abort }
      guard waiting > 0 else {
        isStarved = !isComplete
        return isComplete ? .end : .wait
      }
      let count = min(room.count, waiting)
      room.copyBytes(from: bytes[taken..<(taken + count)])
      taken += count
      if taken == bytes.count {
        bytes.removeAll(keepingCapacity: true)
        taken = 0
      }
      return .bytes(count)
    }

    mutating func takeWriter() -> CheckedContinuation<Void, Never>? {
      defer { writer = nil }
      return writer
    }
  }

  private let state = Mutex(State())
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called when curl has been waiting and can go on.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Whether curl waits for us.
  var isStarved: Bool { state.withLock { $0.isStarved } }

  /// Fetches the pieces until the end, or until the task is cancelled.
  func fill(from upload: HTTPUpload) async {
    var rest = upload.byteCount
    do {
      for segment in upload.segments {
        switch segment {
        case .bytes(let bytes): try await write(bytes, &rest)
        case .source(let next):
          while let piece = try await next() { try await write(piece, &rest) }
        }
      }
      guard rest == 0 else { throw WrongLength() }
      settle { $0.isComplete = true }
    } catch {
      settle { $0.isBroken = true }
    }
  }

  private struct WrongLength: Error {}

  private func write(_ bytes: [UInt8], _ rest: inout Int) async throws {
    rest -= bytes.count
    guard rest >= 0 else { throw WrongLength() }
    try Task.checkCancellation()
    settle { $0.append(bytes) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mayGoOn = state.withLock { state in
          let mayGoOn = state.waiting < Self.bytesMax || state.isBroken
          if !mayGoOn { state.writer = continuation }
          return mayGoOn
        }
        if mayGoOn { continuation.resume() }
      }
    } onCancel: {
      settle { $0.isBroken = true }
    }
  }

  private func settle(_ change: (inout State) -> Void) {
    let (isStarved, writer) = state.withLock { state in
      change(&state)
      defer { state.isStarved = false }
      return (state.isStarved, state.isBroken ? state.takeWriter() : nil)
    }
    writer?.resume()
    if isStarved { wake() }
  }

  // MARK: The transfer thread's side

  var isBroken: Bool { state.withLock { $0.isBroken } }

  func take(into room: UnsafeMutableRawBufferPointer) -> Supply {
    let (supply, writer) = state.withLock { state in
      (state.take(into: room), state.waiting < Self.bytesMax ? state.takeWriter() : nil)
    }
    writer?.resume()
    return supply
  }
}
