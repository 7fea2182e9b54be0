/// Just enough of HTTP/2 to answer requests: what they say is not looked at.
private struct HTTP2Connection {
  private static let preface = 24
  private static let frameHead = 9

  enum Kind: UInt8 {
    case data = 0
    case headers = 1
    case settings = 4
    case ping = 6
    case goAway = 7
  }

  struct Frame {
    let kind: Kind?
    let flags: UInt8
    let stream: UInt32
    let payload: [UInt8]

    static let endsStream: UInt8 = 0x1
    static let isAcknowledgement: UInt8 = 0x1
    static let endsHeaders: UInt8 = 0x4
    /// `:status: 200` in the static table of RFC 7541.
    static let statusOK: [UInt8] = [0x88]

    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
  }

  let connection: FaultyConnection
  private var received: [UInt8] = []

  /// Nil when the peer does not begin as HTTP/2 wants it.
  init?(_ connection: FaultyConnection) {
    self.connection = connection
    guard let preface = take(Self.preface), preface.starts(with: "PRI * HTTP/2.0\r\n".utf8) else {
      return nil
    }
    write(.settings, 0, 0, [])
  }

  /// The next stream on which a whole request has come; nil once the peer is gone.
  mutating func nextRequest() -> UInt32? {
    while let frame = nextFrame() {
      switch frame.kind {
      case .data, .headers: if frame.has(Frame.endsStream) { return frame.stream }
      case .settings, .ping:
        guard !frame.has(Frame.isAcknowledgement), let kind = frame.kind else { continue }
        write(kind, Frame.isAcknowledgement, 0, kind == .ping ? frame.payload : [])
      case .goAway: return nil
      case nil: continue
      }
    }
    return nil
  }

  func answer(_ stream: UInt32, body: String) {
    write(.headers, Frame.endsHeaders, stream, Frame.statusOK)
    write(.data, Frame.endsStream, stream, Array(body.utf8))
  }

  private mutating func nextFrame() -> Frame? {
    guard let head = take(Self.frameHead) else { return nil }
    let length = head[0..<3].reduce(0) { $0 << 8 | Int($1) }
    let stream = head[5..<9].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    guard let payload = take(length) else { return nil }
    return Frame(kind: Kind(rawValue: head[3]), flags: head[4], stream: stream, payload: payload)
  }

  private func write(_ kind: Kind, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
    let length = [16, 8, 0].map { UInt8(truncatingIfNeeded: payload.count >> $0) }
    let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: stream >> $0) }
    connection.write(length + [kind.rawValue, flags] + number + payload)
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    while received.count < count {
      guard let piece = connection.read(max: 16 << 10) else { return nil }
      received += piece
    }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }
}

extension FaultyServer {
  /// Speaks HTTP/2 and keeps silent until so many requests wait on the connection at the same time.
  package static func multiplexing(_ count: Int, body: String = "") -> Script {
    { connection in
      guard var http = HTTP2Connection(connection) else { return }
      while true {
        var waiting: [UInt32] = []
        while waiting.count < count {
          guard let stream = http.nextRequest() else { return }
          waiting.append(stream)
        }
        // The last to come is the first to be answered: streams do not wait for each other.
        for stream in waiting.reversed() { http.answer(stream, body: body) }
      }
    }
  }
}
