/// A request body that is fetched piece by piece while it goes out. Used once.
package struct HTTPUpload: Sendable {
  /// Gives the next piece, nil at the end; it is asked only when there is room.
  package typealias Source = @Sendable () async throws -> [UInt8]?

  enum Segment: Sendable {
    case bytes([UInt8])
    case source(Source)
  }

  /// Of the whole body, told to the peer beforehand. A body that turns out otherwise is cut off.
  package let byteCount: Int
  let segments: [Segment]

  package init(byteCount: Int, source: @escaping Source) {
    self.byteCount = byteCount
    segments = [.source(source)]
  }

  private init(byteCount: Int, segments: [Segment]) {
    self.byteCount = byteCount
    self.segments = segments
  }

  /// The same with something before and after it.
  func enclosed(by head: [UInt8], and tail: [UInt8]) -> HTTPUpload {
    HTTPUpload(
      byteCount: head.count + byteCount + tail.count,
      segments: [.bytes(head)] + segments + [.bytes(tail)])
  }
}
