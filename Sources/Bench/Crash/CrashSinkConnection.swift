import NIOCore

/// One connection of the sender: as much of HTTP/1.1 as libcurl's small requests need, so that a
/// connection can be closed at exactly the wrong moment.
final class CrashSinkConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let requestBytesMax = 1 << 20
  private static let headEnd = Array("\r\n\r\n".utf8)

  private let sink: CrashSink
  private var buffer = ByteBuffer()

  init(sink: CrashSink) { self.sink = sink }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    buffer.writeImmutableBuffer(unwrapInboundIn(data))
    while let request = nextRequest() {
      answer(request, context)
    }
    if buffer.readableBytes > Self.requestBytesMax { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func nextRequest() -> (method: String, body: [UInt8])? {
    let bytes = buffer.readableBytesView
    guard let end = bytes.firstRange(of: Self.headEnd) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    let lines = head.split(separator: "\r\n")
    let length = lines.lazy.compactMap(Self.contentLength).first ?? 0
    let total = bytes.distance(from: bytes.startIndex, to: end.upperBound) + length
    guard buffer.readableBytes >= total else { return nil }
    let body = Array(bytes[end.upperBound...].prefix(length))
    buffer.moveReaderIndex(forwardBy: total)
    buffer.discardReadBytes()
    let path = lines.first?.split(separator: " ").dropFirst().first
    return (path?.split(separator: "/").last.map(String.init) ?? "", body)
  }

  private static func contentLength(_ line: Substring) -> Int? {
    let parts = line.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "content-length" else { return nil }
    return Int(parts[1].filter { !$0.isWhitespace })
  }

  private func answer(_ request: (method: String, body: [UInt8]), _ context: ChannelHandlerContext)
  {
    let answer = sink.answer(method: request.method, body: request.body)
    guard !answer.hangsUp else { return context.close(promise: nil) }
    let response = ByteBuffer(
      string: """
        HTTP/1.1 \(answer.status) -\r\nContent-Type: application/json\r\n\
        Content-Length: \(answer.body.utf8.count)\r\n\r\n\(answer.body)
        """)
    guard answer.delayMs > 0 else {
      return context.writeAndFlush(wrapOutboundOut(response), promise: nil)
    }
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .milliseconds(answer.delayMs)) {
      channel.writeAndFlush(response, promise: nil)
    }
  }
}
