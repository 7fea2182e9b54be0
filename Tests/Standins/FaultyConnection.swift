import Foundation

/// The server's end of one connection, for scripts; every call blocks.
package struct FaultyConnection: Sendable {
  private static let requestBytesMax = 8 << 20
  /// Linux' POLLRDHUP, which the C library shows only to those who ask for its own extensions.
  private static let peerHasLeft: Int16 = 0x2000

  let descriptor: Int32
  var tls: TLSSession?

  /// One whole HTTP request, head and body; nil once the peer is gone.
  package func readRequest() -> String? {
    var received: [UInt8] = []
    while received.count < Self.requestBytesMax {
      if let end = Self.headEnd(of: received) {
        let head = String(decoding: received[..<end], as: UTF8.self)
        if received.count >= end + Self.contentLength(in: head) {
          return String(decoding: received, as: UTF8.self)
        }
      }
      guard let piece = read(max: 64 << 10) else { return nil }
      received += piece
    }
    return nil
  }

  /// Whatever has arrived, at most so much; nil once the peer is gone.
  package func read(max: Int) -> [UInt8]? {
    if let tls { return tls.read(max: max) }
    var buffer = [UInt8](repeating: 0, count: max)
    let count = recv(descriptor, &buffer, max, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// False once the peer is gone.
  @discardableResult
  package func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        tls?.write($0) ?? send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  package func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  /// A whole answer; the connection stays open unless the headers say otherwise.
  @discardableResult
  package func answer(_ status: String = "200 OK", headers: String = "", body: String = "") -> Bool
  {
    write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
  }

  /// Passes the time; false when the peer spoke or went away meanwhile.
  package func pause(milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) == 0
  }

  /// Passes the time until the peer leaves, whatever it says meanwhile.
  package func isGone(withinMs timeoutMs: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Self.peerHasLeft, revents: 0)
    return poll(&watched, 1, timeoutMs) > 0
  }

  /// The same connection once TLS stands; nil when the peer does not like what it sees.
  package func secured(by identity: TLSIdentity) -> FaultyConnection? {
    identity.accept(descriptor).map { FaultyConnection(descriptor: descriptor, tls: $0) }
  }

  /// False when the peer takes nothing for so long.
  package func canWrite(withinMs timeoutMs: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&watched, 1, timeoutMs) > 0
  }

  /// Says that nothing more will come, and can still listen.
  package func endOutput() {
    tls?.endOutput()
    shutdown(descriptor, Int32(SHUT_WR))
  }

  package func waitForPeerToClose() {
    while read(max: 4_096) != nil {}
  }

  private static func headEnd(of bytes: [UInt8]) -> Int? {
    bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
  }

  private static func contentLength(in head: String) -> Int {
    for line in head.split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      return Int(parts[1].trimmingCharacters(in: .whitespaces)) ?? 0
    }
    return 0
  }
}
