package import NIOCore

package enum ResponseFault: Error {
  case notHTTP
  case headTooLong
}

/// Reads as much of HTTP/1.1 answers as a load generator needs: the status, and where one ends.
package struct ResponseParser {
  private static let headBytesMax = 65_536
  private static let headEnd = Array("\r\n\r\n".utf8)
  private static let lineEnd = Array("\r\n".utf8)

  private enum State {
    case head
    case body(status: Int, bytesLeft: Int)
    case chunks(status: Int)
  }

  private var state = State.head
  private var buffer = ByteBuffer()

  package init() {}

  package mutating func append(_ bytes: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.writeImmutableBuffer(bytes)
    }
  }

  /// The status of the next complete answer; nil when more bytes are needed.
  package mutating func next() throws(ResponseFault) -> Int? {
    if case .head = state { try readHead() }
    switch state {
    case .head:
      return nil
    case .body(let status, let bytesLeft):
      let taken = min(bytesLeft, buffer.readableBytes)
      buffer.moveReaderIndex(forwardBy: taken)
      state = taken == bytesLeft ? .head : .body(status: status, bytesLeft: bytesLeft - taken)
      return taken == bytesLeft ? status : nil
    case .chunks(let status):
      while let size = try readChunk() {
        guard size == 0 else { continue }
        state = .head
        return status
      }
      return nil
    }
  }

  private mutating func readHead() throws(ResponseFault) {
    guard let length = offset(of: Self.headEnd) else {
      if buffer.readableBytes > Self.headBytesMax { throw .headTooLong }
      return
    }
    guard let head = buffer.readString(length: length + Self.headEnd.count) else { return }
    let lines = head.utf8.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, let status = Self.status(in: first) else { throw .notHTTP }
    state = .body(status: status, bytesLeft: 0)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = line[..<colon]
      let value = line[line.index(after: colon)...]
      if Self.equal(name, "content-length"), let length = Self.number(value) {
        state = .body(status: status, bytesLeft: length)
      } else if Self.equal(name, "transfer-encoding") {
        state = .chunks(status: status)
      }
    }
  }

  /// Takes one whole chunk with its frame and tells its size; nil when it has not all arrived.
  private mutating func readChunk() throws(ResponseFault) -> Int? {
    guard let length = offset(of: Self.lineEnd) else { return nil }
    guard let line = buffer.getString(at: buffer.readerIndex, length: length),
      let size = Int(line.prefix { $0.isHexDigit }, radix: 16), size >= 0
    else { throw .notHTTP }
    let whole = length + Self.lineEnd.count + size + Self.lineEnd.count
    guard buffer.readableBytes >= whole else { return nil }
    buffer.moveReaderIndex(forwardBy: whole)
    return size
  }

  private func offset(of pattern: [UInt8]) -> Int? {
    buffer.withUnsafeReadableBytes { bytes in
      guard bytes.count >= pattern.count else { return nil }
      return (0...(bytes.count - pattern.count)).first { start in
        bytes[start] == pattern[0]
          && pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] }
      }
    }
  }

  /// `HTTP/1.1 200 OK` → 200.
  private static func status(in line: Substring.UTF8View) -> Int? {
    guard line.starts(with: "HTTP/1.".utf8) else { return nil }
    return number(line.dropFirst(9).prefix(3))
  }

  private static func number(_ digits: Substring.UTF8View) -> Int? {
    var value: Int?
    for byte in digits {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int(byte - UInt8(ascii: "0"))
        guard (value ?? 0) < Int.max / 100 else { return nil }
        value = (value ?? 0) * 10 + digit
      case UInt8(ascii: " "), UInt8(ascii: "\r"):
        continue
      default:  // any other byte makes it no number
        return nil
      }
    }
    return value
  }

  private static func equal(_ name: Substring.UTF8View, _ lowercased: StaticString) -> Bool {
    guard name.count == lowercased.utf8CodeUnitCount else { return false }
    return lowercased.withUTF8Buffer { wanted in
      zip(name, wanted).allSatisfy { $0 | 0x20 == $1 }
    }
  }
}
