import Foundation

/// What goes over the pipe in either direction: 12 bytes that say what comes, a head in JSON, and
/// a body as it is.
///
///     "PS" · version (2 bytes) · bytes of the head (4) · bytes of the body (4), big end first
package enum WorkerFrame {
  package static let version: UInt16 = 1
  package static let prefixBytes = 12
  package static let headBytesMax = 1 << 20
  /// Recordings of 20 MB, and five minutes of 16 kHz.
  package static let bodyBytesMax = 24 << 20

  private static let magic = Array("PS".utf8)

  package enum Fault: Error, Sendable, Equatable {
    /// The other side ended, between two frames or within one.
    case ended
    case late
    case tooLarge
    /// Not a frame, or one of another version.
    case unreadable
  }

  struct Lengths: Equatable {
    let head: Int
    let body: Int
  }

  package static func bytes(
    head: some Encodable, body: [UInt8]
  ) throws(Fault) -> [UInt8] {
    let text: Data
    do { text = try JSONEncoder().encode(head) } catch { throw .unreadable }
    guard text.count <= headBytesMax, body.count <= bodyBytesMax else { throw .tooLarge }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(prefixBytes + text.count + body.count)
    bytes += magic
    withUnsafeBytes(of: version.bigEndian) { bytes += $0 }
    withUnsafeBytes(of: UInt32(text.count).bigEndian) { bytes += $0 }
    withUnsafeBytes(of: UInt32(body.count).bigEndian) { bytes += $0 }
    bytes += text
    bytes += body
    return bytes
  }

  static func lengths(in prefix: [UInt8]) throws(Fault) -> Lengths {
    guard prefix.count == prefixBytes, prefix.starts(with: magic),
      number(prefix[2..<4]) == Int(version)
    else { throw .unreadable }
    let lengths = Lengths(head: number(prefix[4..<8]), body: number(prefix[8..<12]))
    guard lengths.head <= headBytesMax, lengths.body <= bodyBytesMax else { throw .tooLarge }
    return lengths
  }

  static func head<Head: Decodable>(_ type: Head.Type, in bytes: [UInt8]) throws(Fault) -> Head {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch { throw .unreadable }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
