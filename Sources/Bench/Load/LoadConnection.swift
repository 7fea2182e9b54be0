import NIOCore

/// One keep-alive connection that sends its next request as soon as it has the answer to the last.
/// Connection i of n sends the requests i, i + n, i + 2n, …
final class LoadConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  struct Plan: Sendable {
    let head: [UInt8]
    let body: @Sendable (Int) -> [UInt8]
    let stride: Int
    let requests: Int
  }

  /// Sent through the pipeline once every connection stands, so that all begin together.
  struct Start: Sendable {
    let stopSending: NIODeadline
    let giveUp: NIODeadline
  }

  private let plan: Plan
  private let result: EventLoopPromise<LoadReport>
  private var sequence: Int
  private var report = LoadReport(seconds: 0)
  private var parser = ResponseParser()
  private var buffer = ByteBuffer()
  private var stopSending = NIODeadline.distantFuture
  private var sentAt: NIODeadline?
  private var timer: Scheduled<Void>?

  init(plan: Plan, first: Int, result: EventLoopPromise<LoadReport>) {
    self.plan = plan
    self.sequence = first
    self.result = result
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let start = event as? Start else { return context.fireUserInboundEventTriggered(event) }
    stopSending = start.stopSending
    let channel = context.channel
    timer = context.eventLoop.scheduleTask(deadline: start.giveUp) {
      channel.close(promise: nil)
    }
    sendNext(context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    parser.append(unwrapInboundIn(data))
    do {
      while let status = try parser.next() {
        record(status)
        sendNext(context)
      }
    } catch {
      context.close(promise: nil)
    }
  }

  private func record(_ status: Int) {
    guard let sentAt else { return }
    let elapsed = NIODeadline.now() - sentAt
    report.latency.record(microseconds: Int(elapsed.nanoseconds / 1000))
    report.statuses[status, default: 0] += 1
    self.sentAt = nil
  }

  private func sendNext(_ context: ChannelHandlerContext) {
    let now = NIODeadline.now()
    guard now < stopSending, sequence < plan.requests else {
      context.close(promise: nil)
      return
    }
    let body = plan.body(sequence)
    sequence += plan.stride
    buffer.clear()
    buffer.writeBytes(plan.head)
    buffer.writeString(String(body.count))
    buffer.writeString("\r\n\r\n")
    buffer.writeBytes(body)
    sentAt = now
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    if sentAt != nil { report.unanswered += 1 }
    result.succeed(report)
  }
}
