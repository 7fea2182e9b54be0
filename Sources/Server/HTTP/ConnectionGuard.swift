import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Watches one connection below the routes: a request has to arrive whole within a time however
/// its bytes drip, a malformed one ends the connection, and so does a wish to upgrade to another
/// protocol, after which no further request would be read.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// For one request, from its first byte of head to its last of body.
  static let requestTimeMax: TimeAmount = .seconds(30)

  private var deadline: Scheduled<Void>?
  private var isReading = false
  private var closesAfterResponse = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      isReading = true
      closesAfterResponse = head.headerFields[.upgrade] != nil
    case .body: break
    case .end:
      isReading = false
      deadline?.cancel()
      deadline = nil
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // A request that arrives in one piece never costs a timer.
    if isReading, deadline == nil {
      let channel = context.channel
      deadline = context.eventLoop.scheduleTask(in: Self.requestTimeMax) {
        channel.close(promise: nil)
      }
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard closesAfterResponse, case .end = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    context.writeAndFlush(data, promise: promise)
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    context.fireChannelInactive()
  }
}
