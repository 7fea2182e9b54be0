import Foundation

/// Sends HTTP requests over libcurl.
///
/// All transfers of one client run on one thread of its own, so nothing here ever blocks the
/// cooperative pool. Connections are kept and reused, HTTP/2 is spoken where TLS offers it.
/// Redirects are answers like any other. A request that is not safe to repeat goes out at most
/// once, even when a kept connection turns out to be dead.
package final class HTTPClient: Sendable {
  /// What one client may use at most.
  package struct Limits: Sendable {
    /// Requests that wait for a free slot; one more is refused as `overloaded`.
    package var waitingMax: Int
    /// Requests on their way at the same time.
    package var runningMax: Int
    /// Connections to one host.
    package var connectionsPerHostMax: Int
    /// Connections kept, idle ones included.
    package var connectionsMax: Int
    /// The body of one request.
    package var requestBytesMax: Int

    package init(
      waitingMax: Int = 4_096, runningMax: Int = 256, connectionsPerHostMax: Int = 64,
      connectionsMax: Int = 128, requestBytesMax: Int = 128 << 20
    ) {
      self.waitingMax = waitingMax
      self.runningMax = runningMax
      self.connectionsPerHostMax = connectionsPerHostMax
      self.connectionsMax = connectionsMax
      self.requestBytesMax = requestBytesMax
    }
  }

  private static let threadStackBytes = 1 << 20

  private let queue: TransferQueue
  private let limits: Limits
  private let timeouts: HTTPRequest.Timeouts

  /// The thread starts with the first request.
  ///
  /// - Parameters:
  ///   - timeouts: for requests that name none of their own.
  ///   - caFile: authorities to trust in place of the system's, as PEM.
  package init(
    limits: Limits = Limits(), timeouts: HTTPRequest.Timeouts = HTTPRequest.Timeouts(),
    caFile: String? = nil
  ) {
    self.limits = limits
    self.timeouts = timeouts
    queue = TransferQueue(waitingMax: limits.waitingMax) { queue in
      let thread = Thread {
        TransferLoop(queue: queue, limits: limits, caFile: caFile).run()
      }
      thread.name = "parlance-http"
      thread.stackSize = Self.threadStackBytes
      thread.start()
    }
  }

  deinit {
    // The thread holds the queue, not the client: it cleans up and ends by itself.
    queue.close(by: .now)
  }

  /// Sends one request and gives its answer, whatever the status. Cancelling the calling task
  /// aborts the transfer.
  package func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let ticket = TransferTicket()
    var transfer = try transfer(request, ticket)
    guard let upload = request.upload else { return try await run(transfer).get() }
    let buffer = UploadBuffer { [queue] in queue.resume(ticket) }
    transfer.upload = buffer
    let filling = Task { await buffer.fill(from: upload) }
    defer { filling.cancel() }
    return try await run(transfer).get()
  }

  /// Sends one request and gives its answer as soon as its head is there.
  package func stream(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponseStream {
    guard request.upload == nil else { throw .invalidRequest(.body) }
    let streamed = StreamedTransfer(queue: queue)
    var transfer = try transfer(request, streamed.ticket, finish: streamed.buffer.finish)
    transfer.stream = streamed.buffer
    queue.submit(transfer)
    return HTTPResponseStream(try await streamed.head(), streamed)
  }

  private func transfer(
    _ request: HTTPRequest, _ ticket: TransferTicket,
    finish: @escaping @Sendable (TransferOutcome) -> Void = { _ in }
  ) throws(HTTPFailure) -> Transfer {
    let timeouts = request.timeouts ?? timeouts
    let host = try RequestCheck.host(of: request, timeouts, limits)
    return Transfer(
      request: request, host: host, timeouts: timeouts,
      deadline: .now + .milliseconds(timeouts.totalMs), ticket: ticket, finish: finish)
  }

  private func run(_ transfer: Transfer) async -> TransferOutcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        var transfer = transfer
        transfer.finish = { continuation.resume(returning: $0) }
        queue.submit(transfer)
      }
    } onCancel: {
      queue.cancel(transfer.ticket)
    }
  }

  /// Refuses new requests, lets those under way finish within the given time, aborts the rest,
  /// closes every connection and returns once the thread has done its work.
  package func shutdown(finishWithinMs: Int = 0) async {
    queue.close(by: .now + .milliseconds(finishWithinMs))
    await queue.ended()
  }
}
