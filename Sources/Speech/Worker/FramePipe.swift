import Foundation

/// Sends and receives frames over descriptors, blocking the thread it is called on, until a
/// deadline if there is one.
package struct FramePipe: Sendable {
  private static let chunkBytes = 1 << 16

  private let input: Int32
  private let output: Int32

  /// The descriptors stay the caller's. For a deadline to hold, they must not block.
  package init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  package func send(
    _ head: some Encodable, body: [UInt8], until deadline: ContinuousClock.Instant? = nil
  ) throws(WorkerFrame.Fault) {
    let bytes = try WorkerFrame.bytes(head: head, body: body)
    var sent = 0
    while sent < bytes.count {
      try wait(for: output, Int16(POLLOUT), until: deadline)
      let count = bytes.withUnsafeBytes { bytes in
        write(output, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      guard count > 0 else { throw .ended }
      sent += count
    }
  }

  package func receive<Head: Decodable>(
    _ type: Head.Type, until deadline: ContinuousClock.Instant? = nil
  ) throws(WorkerFrame.Fault) -> (head: Head, body: [UInt8]) {
    let lengths = try WorkerFrame.lengths(in: bytes(WorkerFrame.prefixBytes, until: deadline))
    let head = try bytes(lengths.head, until: deadline)
    let body = try bytes(lengths.body, until: deadline)
    return (head: try WorkerFrame.head(type, in: head), body: body)
  }

  /// Grows with what has come: a length alone must not cost memory.
  private func bytes(
    _ count: Int, until deadline: ContinuousClock.Instant?
  ) throws(WorkerFrame.Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(count, Self.chunkBytes))
    while bytes.count < count {
      try wait(for: input, Int16(POLLIN), until: deadline)
      let wanted = min(count - bytes.count, chunk.count)
      let got = chunk.withUnsafeMutableBytes { read(input, $0.baseAddress, wanted) }
      if got < 0, errno == EAGAIN || errno == EINTR { continue }
      guard got > 0 else { throw .ended }
      bytes += chunk[..<got]
    }
    return bytes
  }

  private func wait(
    for descriptor: Int32, _ events: Int16, until deadline: ContinuousClock.Instant?
  ) throws(WorkerFrame.Fault) {
    guard let deadline else { return }
    while true {
      let restMs = (deadline - .now) / .milliseconds(1)
      guard restMs > 0 else { throw .late }
      var waited = pollfd(fd: descriptor, events: events, revents: 0)
      let count = poll(&waited, 1, Int32(min(restMs.rounded(.up), 60_000)))
      if count > 0 { return }
      guard count == 0 || errno == EINTR else { throw .ended }
    }
  }
}
